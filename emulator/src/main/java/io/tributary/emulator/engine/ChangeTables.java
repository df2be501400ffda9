package io.tributary.emulator.engine;

import static io.tributary.emulator.engine.PhysicalTables.quote;

import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.Mode;
import io.tributary.emulator.catalog.StoredTable;
import io.tributary.emulator.catalog.TableDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * DuckDB statements on the two tables beside one that takes changes: its pending changes, and its
 * heads, which are the sequence number of each key's last change.
 */
final class ChangeTables {
  /** How long a delete outranks older changes that come later. */
  static final Duration DELETES_REMEMBERED = Duration.ofDays(2);

  private static final String TYPE = quote(ChangeColumns.TYPE.name());
  private static final String SEQUENCE =
      "coalesce(" + quote(ChangeColumns.SEQUENCE.name()) + ", '')";
  private static final String RANK = quote(ChangeColumns.RANK.name());
  private static final String WRITTEN = quote(ChangeColumns.WRITTEN.name());

  /** No column of a table has such a name. */
  private static final String PLACE = quote("place!");

  private ChangeTables() {}

  /** The pending changes as a table to append to; rows that delete may lack any column. */
  static StoredTable pending(StoredTable table) {
    List<Column> columns = new ArrayList<>();
    for (Column column : table.definition().columns()) {
      columns.add(column.mode() == Mode.REQUIRED ? column.withMode(Mode.NULLABLE) : column);
    }
    columns.addAll(
        List.of(
            ChangeColumns.TYPE, ChangeColumns.SEQUENCE, ChangeColumns.RANK, ChangeColumns.WRITTEN));
    return new StoredTable(
        TableDefinition.of(table.definition().ref(), columns), table.physicalName() + "_pending");
  }

  static List<String> create(StoredTable table) {
    return List.of(
        PhysicalTables.create(pending(table)),
        "CREATE TABLE "
            + heads(table)
            + " AS SELECT "
            + keys(table)
            + ", '' AS sequence, false AS deleted, 0::BIGINT AS written FROM "
            + table.physicalName()
            + " WHERE false");
  }

  static List<String> drop(StoredTable table) {
    return List.of(
        "DROP TABLE IF EXISTS " + pending(table).physicalName(),
        "DROP TABLE IF EXISTS " + heads(table));
  }

  static List<String> createPending(StoredTable table) {
    return List.of(PhysicalTables.create(pending(table)));
  }

  static List<String> dropPending(StoredTable table) {
    return List.of("DROP TABLE " + pending(table).physicalName());
  }

  static List<String> clear(StoredTable table) {
    return List.of("DELETE FROM " + pending(table).physicalName(), "DELETE FROM " + heads(table));
  }

  static String oldest(StoredTable table) {
    return "SELECT coalesce(min(" + WRITTEN + "), -1) FROM " + pending(table).physicalName();
  }

  static String lastRank(StoredTable table) {
    return "SELECT coalesce(max(" + RANK + "), -1) FROM " + pending(table).physicalName();
  }

  /** Brings the table up to date with its pending changes. */
  static List<String> merge(StoredTable table, long nowMicros) {
    long remembered = DELETES_REMEMBERED.toNanos() / 1000;
    String pending = pending(table).physicalName();
    String winners =
        """
        CREATE TEMP TABLE winners AS SELECT c.* FROM (
          SELECT *, row_number() OVER (PARTITION BY %s ORDER BY %s DESC, %s DESC) AS %s
          FROM %s) c
        LEFT JOIN %s h ON %s AND NOT (h.deleted AND c.%s - h.written > %d)
        WHERE c.%s = 1 AND (h.sequence IS NULL OR %s >= h.sequence)"""
            .formatted(
                keys(table),
                SEQUENCE,
                RANK,
                PLACE,
                pending,
                heads(table),
                equal(table, "c", "h"),
                WRITTEN,
                remembered,
                PLACE,
                SEQUENCE);
    return List.of(
        winners,
        "DELETE FROM %s t USING winners w WHERE %s"
            .formatted(table.physicalName(), equal(table, "t", "w")),
        "DELETE FROM %s t USING winners w WHERE %s".formatted(heads(table), equal(table, "t", "w")),
        "INSERT INTO %s SELECT %s, %s, %s = 'DELETE', %s FROM winners"
            .formatted(heads(table), keys(table), SEQUENCE, TYPE, WRITTEN),
        insert(table),
        "DELETE FROM %s WHERE deleted AND written < %d"
            .formatted(heads(table), nowMicros - remembered),
        "DELETE FROM " + pending,
        "DROP TABLE winners");
  }

  private static String insert(StoredTable table) {
    List<String> columns = new ArrayList<>();
    List<String> values = new ArrayList<>();
    if (table.ingestionTime()) {
      columns.add(StoredTable.PARTITION_TIME);
      values.add(
          "date_trunc('%s', make_timestamptz(%s))"
              .formatted(
                  table.definition().partitioning().kind().name().toLowerCase(Locale.ROOT),
                  WRITTEN));
    }
    for (Column column : table.definition().columns()) {
      columns.add(quote(column.name()));
      values.add(quote(column.name()));
    }
    return "INSERT INTO %s (%s) SELECT %s FROM winners WHERE %s = 'UPSERT' ORDER BY %s"
        .formatted(
            table.physicalName(),
            String.join(", ", columns),
            String.join(", ", values),
            TYPE,
            RANK);
  }

  private static String heads(StoredTable table) {
    return table.physicalName() + "_heads";
  }

  private static String keys(StoredTable table) {
    return each(table, UnaryOperator.identity(), ", ");
  }

  private static String equal(StoredTable table, String left, String right) {
    return each(
        table, key -> "%s.%s IS NOT DISTINCT FROM %s.%s".formatted(left, key, right, key), " AND ");
  }

  private static String each(StoredTable table, UnaryOperator<String> form, String separator) {
    return table.definition().primaryKey().stream()
        .map(key -> form.apply(quote(key)))
        .collect(Collectors.joining(separator));
  }
}
