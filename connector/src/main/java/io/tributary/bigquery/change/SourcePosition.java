package io.tributary.bigquery.change;

import java.nio.ByteBuffer;

/**
 * Where a change sits in the source's log: four unsigned 64-bit sections, most significant first.
 * The same numbers are stored in the row, as 32 big-endian bytes, so that comparing bytes compares
 * positions.
 *
 * @param epoch raised by the operator when the source's log starts over
 * @param base for PostgreSQL the end of the last transaction finished before the change; for MySQL
 *     and MariaDB the number of the binary log's file
 * @param change for PostgreSQL the lsn of the change, with the top bit set for everything but
 *     snapshot reads; for MySQL and MariaDB twice the place in the file, plus one for everything
 *     but snapshot reads
 * @param kafkaOffset the record's offset
 */
public record SourcePosition(long epoch, long base, long change, long kafkaOffset)
    implements Comparable<SourcePosition> {
  /** Length of {@link #bytes()}. */
  public static final int BYTES = 32;

  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES)
        .putLong(epoch)
        .putLong(base)
        .putLong(change)
        .putLong(kafkaOffset)
        .array();
  }

  /** Whether nothing but Kafka's offset orders the change. */
  public boolean isOfKafkaAlone() {
    return base == 0 && change == Long.MIN_VALUE;
  }

  /** Whether the source sent the same change once more; Kafka's offset alone does not tell. */
  public boolean repeats(SourcePosition other) {
    return epoch == other.epoch
        && base == other.base
        && change == other.change
        && !isOfKafkaAlone();
  }

  @Override
  public int compareTo(SourcePosition other) {
    int order = Long.compareUnsigned(epoch, other.epoch);
    if (order == 0) {
      order = Long.compareUnsigned(base, other.base);
    }
    if (order == 0) {
      order = Long.compareUnsigned(change, other.change);
    }
    if (order == 0) {
      order = Long.compareUnsigned(kafkaOffset, other.kafkaOffset);
    }
    return order;
  }
}
