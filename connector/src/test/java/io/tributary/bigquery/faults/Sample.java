package io.tributary.bigquery.faults;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What could be seen at one moment.
 *
 * @param rows of the table, or in mode append of its view
 * @param kept where the changes stand that a table of mode append holds, one for each row
 * @param committed up to where Kafka was told
 */
public record Sample(List<Row> rows, List<At> kept, Map<TopicPartition, Long> committed) {
  /** The same when these topics are deleted, and others get their names. */
  Sample ofFormerTopics() {
    Map<TopicPartition, Long> former = new HashMap<>();
    committed.forEach((partition, end) -> former.put(At.former(partition), end));
    return new Sample(rows, kept.stream().map(At::former).toList(), former);
  }

  boolean covers(At at) {
    return at.offset() < committed.getOrDefault(at.partition(), 0L);
  }
}
