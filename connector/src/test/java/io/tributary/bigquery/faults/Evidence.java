package io.tributary.bigquery.faults;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * All that a run left behind.
 *
 * @param topics every record that was there to read
 * @param whole whether the run had to come to the end of the topics
 * @param samples one for every preCommit, the last one from after the run
 * @param poison where the records stand that belong in the dead letter queue
 * @param deadLetters what the queue holds
 * @param accepted rows that were appended with success
 * @param stored rows of these that are there, each counted once
 * @param injected how often each fault struck, by name
 * @param recoveredMillis from the first fault to the end of the run
 * @param putMillis how long each put took
 */
public record Evidence(
    Mode mode,
    List<SinkRecord> topics,
    boolean whole,
    List<Sample> samples,
    Set<At> poison,
    List<At> deadLetters,
    long accepted,
    long stored,
    Map<String, Long> injected,
    long recoveredMillis,
    List<Long> putMillis,
    long peakHeapMegabytes) {}
