package io.tributary.emulator.catalog;

/**
 * How a table is partitioned.
 *
 * @param field the partitioning column, or null for the time of ingestion
 * @param expirationMs the age in milliseconds at which a time partition's rows vanish, or null
 * @param rangeStart first value of integer ranges (inclusive), null for time partitions
 * @param rangeEnd end of integer ranges (exclusive), null for time partitions
 * @param rangeInterval width of an integer range, null for time partitions
 */
public record Partitioning(
    Kind kind,
    String field,
    Long expirationMs,
    Long rangeStart,
    Long rangeEnd,
    Long rangeInterval,
    boolean requireFilter) {

  /** The unit of a partition. */
  public enum Kind {
    HOUR,
    DAY,
    MONTH,
    YEAR,
    RANGE
  }

  /** Time partitions on a column, or on the time of ingestion if the field is null. */
  public static Partitioning time(Kind kind, String field, Long expirationMs) {
    return new Partitioning(kind, field, expirationMs, null, null, null, false);
  }
}
