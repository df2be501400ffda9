package io.tributary.systemtests.faults;

import io.tributary.bigquery.faults.At;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Writes changes of a table {@code items} all the time; seeded. */
interface Source extends AutoCloseable {
  /** Waits until so many more changes were made. */
  void more(int changes);

  /** Writes so many times as much from now on. */
  void times(int factor);

  /** Up to where the broker has the records. */
  Map<TopicPartition, Long> sent();

  /** Where the records stand that belong in the dead letter queue. */
  Set<At> poison();

  /** SQL for where in the source's log the change sits that wrote a row, as a text. */
  String place();

  /** The radix of that text. */
  int radix();

  /** Writes nothing more; what it wrote is at the broker. */
  void stop();

  @Override
  void close();
}
