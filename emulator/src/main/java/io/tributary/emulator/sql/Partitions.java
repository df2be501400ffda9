package io.tributary.emulator.sql;

import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.ColumnType;
import io.tributary.emulator.catalog.Partitioning;
import io.tributary.emulator.catalog.StoredTable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Where the partitions of a table begin, and which of them have expired. */
public final class Partitions {
  private Partitions() {}

  /** The partition of a row that is ingested at this time, as a DuckDB expression. */
  public static String now(StoredTable table, Instant now) {
    return timestamp(start(table.definition().partitioning().kind(), now));
  }

  /** The start of the partition that holds this time. */
  public static Instant start(Partitioning.Kind kind, Instant time) {
    ZonedDateTime utc = time.atZone(ZoneOffset.UTC);
    return switch (kind) {
      case HOUR -> utc.truncatedTo(ChronoUnit.HOURS).toInstant();
      case MONTH -> utc.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).toInstant();
      case YEAR -> utc.truncatedTo(ChronoUnit.DAYS).withDayOfYear(1).toInstant();
      default -> utc.truncatedTo(ChronoUnit.DAYS).toInstant();
    };
  }

  /** The name of the partition of a row of the physical table, as a DuckDB expression. */
  public static String id(StoredTable table) {
    Partitioning partitioning = table.definition().partitioning();
    String column =
        partitioning.field() == null
            ? StoredTable.PARTITION_TIME
            : SqlText.name(partitioning.field());
    String format =
        switch (partitioning.kind()) {
          case HOUR -> "%Y%m%d%H";
          case DAY -> "%Y%m%d";
          case MONTH -> "%Y%m";
          case YEAR -> "%Y";
          case RANGE -> "";
        };
    String name =
        partitioning.kind() != Partitioning.Kind.RANGE
            ? "strftime(CAST(" + column + " AS TIMESTAMP), '" + format + "')"
            : "CASE WHEN "
                + column
                + " >= "
                + partitioning.rangeStart()
                + " AND "
                + column
                + " < "
                + partitioning.rangeEnd()
                + " THEN CAST("
                + column
                + " - ("
                + column
                + " - "
                + partitioning.rangeStart()
                + ") % "
                + partitioning.rangeInterval()
                + " AS VARCHAR) ELSE '__UNPARTITIONED__' END";
    return "CASE WHEN " + column + " IS NULL THEN '__NULL__' ELSE " + name + " END";
  }

  /** A condition on the physical table that holds for rows of expired partitions. */
  public static Optional<String> expired(StoredTable table, Instant now) {
    Partitioning partitioning = table.definition().partitioning();
    if (partitioning == null || partitioning.expirationMs() == null) {
      return Optional.empty();
    }
    String cut = timestamp(now.minusMillis(partitioning.expirationMs()));
    String column =
        partitioning.field() == null
            ? StoredTable.PARTITION_TIME
            : SqlText.name(partitioning.field());
    Optional<ColumnType> type =
        partitioning.field() == null
            ? Optional.empty()
            : table.column(partitioning.field()).map(Column::type);
    boolean zoned = type.isEmpty() || type.get() == ColumnType.TIMESTAMP;
    String unit = partitioning.kind().name().toLowerCase(java.util.Locale.ROOT);
    // a partition expires as a whole, counted from its start
    return Optional.of(
        "date_trunc('"
            + unit
            + "', "
            + column
            + ") < "
            + (zoned ? cut : "(" + cut + " AT TIME ZONE 'UTC')"));
  }

  /** The column of the physical table that its partitions are made by. */
  public static String column(StoredTable table) {
    String field = table.definition().partitioning().field();
    return field == null ? StoredTable.PARTITION_TIME : field;
  }

  /** A query for the keys of the partitions that these rows of the physical table are in. */
  public static String keys(StoredTable table, String rows) {
    return "SELECT DISTINCT CAST(%s AS VARCHAR) FROM %s".formatted(key(table), rows);
  }

  /** What is the same for the rows of a partition and no others, as a DuckDB expression. */
  static String key(StoredTable table) {
    Partitioning partitioning = table.definition().partitioning();
    String column = SqlText.name(column(table));
    if (partitioning.kind() == Partitioning.Kind.RANGE) {
      return "CASE WHEN %1$s < %2$d OR %1$s >= %3$d THEN -1 ELSE (%1$s - %2$d) // %4$d END"
          .formatted(
              column,
              partitioning.rangeStart(),
              partitioning.rangeEnd(),
              partitioning.rangeInterval());
    }
    return "date_trunc('%s', %s)"
        .formatted(partitioning.kind().name().toLowerCase(java.util.Locale.ROOT), column);
  }

  private static String timestamp(Instant instant) {
    return "make_timestamptz(" + Constants.micros(instant) + ")";
  }
}
