package io.tributary.bigquery.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** The records of a source, and where each partition ends. */
final class Topics {
  private final List<SinkRecord> deleted = new ArrayList<>();
  private final List<SinkRecord> log = new ArrayList<>();
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private long createdMillis;

  /** A partition that is empty so far. */
  void open(TopicPartition partition) {
    ends.put(partition, 0L);
  }

  void add(SinkRecord each) {
    ends.put(At.of(each).partition(), each.kafkaOffset() + 1);
    log.add(each);
  }

  /** Offsets that no record has. */
  void skip(TopicPartition partition, long count) {
    ends.merge(partition, count, Long::sum);
  }

  /** The next offset. */
  long end(TopicPartition partition) {
    return ends.getOrDefault(partition, 0L);
  }

  /** Every record so far, those of deleted topics under other names. */
  List<SinkRecord> all() {
    List<SinkRecord> all = new ArrayList<>(deleted);
    all.addAll(log);
    return all;
  }

  /** Where the last record stands. */
  At last() {
    return At.of(log.get(log.size() - 1));
  }

  /** All records of the present topics but the first ones. */
  List<SinkRecord> behind(int first) {
    return List.copyOf(log.subList(first, log.size()));
  }

  /** The records of a partition from an offset on. */
  List<SinkRecord> from(TopicPartition partition, long offset, int most) {
    return log.stream()
        .filter(each -> At.of(each).partition().equals(partition) && each.kafkaOffset() >= offset)
        .limit(most)
        .toList();
  }

  /** Up to where each partition would be committed if all were applied. */
  Map<TopicPartition, Long> committable() {
    Map<TopicPartition, Long> committed = new HashMap<>();
    ends.keySet().forEach(partition -> committed.put(partition, 0L));
    log.forEach(each -> committed.put(At.of(each).partition(), each.kafkaOffset() + 1));
    return committed;
  }

  /** All topics are deleted, and created anew at a time. */
  void recreate(long millis) {
    for (SinkRecord each : log) {
      deleted.add(copy(each, At.former(At.of(each).partition()), each.kafkaOffset()));
    }
    log.clear();
    ends.replaceAll((partition, end) -> 0L);
    createdMillis = millis;
  }

  /** Which topic a record is of, by the time when Kafka got it. */
  At lifeOf(At at, long kafkaMillis) {
    return kafkaMillis < createdMillis ? at.former() : at;
  }

  /** What some changes tell, taken off again: the stream is behind. */
  List<SinkRecord> untold(Runnable changes) {
    Map<TopicPartition, Long> before = Map.copyOf(ends);
    int first = log.size();
    changes.run();
    List<SinkRecord> told = behind(first);
    log.subList(first, log.size()).clear();
    ends.putAll(before);
    return told;
  }

  /** Records come at the ends of their partitions. */
  void tell(List<SinkRecord> records) {
    for (SinkRecord each : records) {
      TopicPartition partition = At.of(each).partition();
      add(copy(each, partition, end(partition)));
    }
  }

  static SinkRecord copy(SinkRecord each, TopicPartition partition, long offset) {
    return new SinkRecord(
        partition.topic(),
        partition.partition(),
        each.keySchema(),
        each.key(),
        each.valueSchema(),
        each.value(),
        offset,
        each.timestamp(),
        each.timestampType(),
        each.headers());
  }
}
