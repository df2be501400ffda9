package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.StoredTable;
import io.tributary.emulator.catalog.TableDefinition;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.sql.DefaultValues;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/**
 * The rows that tabledata.insertAll wrote lately, which no statement may change. They are known
 * again by their values. Thread-safe.
 */
final class StreamingBuffer {
  private static final Duration LATELY = Duration.ofMinutes(30);
  private static final String BUFFERED = "streamed_rows";

  private final Map<String, List<Entry>> tables = new ConcurrentHashMap<>();

  private record Entry(Instant written, RowBatch rows) {}

  void add(StoredTable table, List<RowBatch> batches, Instant now) {
    tables.compute(
        table.physicalName(),
        (name, known) -> {
          List<Entry> entries = new ArrayList<>(known == null ? List.of() : known);
          entries.removeIf(entry -> !isLate(entry, now));
          batches.forEach(batch -> entries.add(new Entry(now, batch)));
          return List.copyOf(entries);
        });
  }

  private static boolean isLate(Entry entry, Instant now) {
    return entry.written().plus(LATELY).isAfter(now);
  }

  private List<Entry> entries(StoredTable table, Instant now) {
    return tables.getOrDefault(table.physicalName(), List.of()).stream()
        .filter(entry -> isLate(entry, now))
        .toList();
  }

  /** How many rows there are and since when; empty if there are none. */
  Optional<BufferedRows> state(StoredTable table, Instant now) {
    List<Entry> entries = entries(table, now);
    return entries.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new BufferedRows(
                entries.stream().mapToLong(entry -> entry.rows().rows().size()).sum(),
                entries.get(0).written()));
  }

  /**
   * Refuses a statement that would change rows which are in the buffer.
   *
   * @param touched a query for the ids of the rows that the statement changes or deletes
   */
  void check(
      StoredTable table,
      String touched,
      DuckDBConnection connection,
      DefaultValues defaults,
      Instant now)
      throws SQLException {
    for (Entry entry : entries(table, now)) {
      StoredTable copy = new StoredTable(columns(table, entry.rows()), BUFFERED);
      Database.execute(
          connection,
          PhysicalTables.create(copy).replaceFirst("CREATE TABLE", "CREATE OR REPLACE TEMP TABLE"));
      new RowWriter(connection, defaults, now, now).write(copy, entry.rows());
      String same =
          copy.definition().columns().stream()
              .map(column -> PhysicalTables.quote(column.name()))
              .map(name -> "t.%1$s IS NOT DISTINCT FROM b.%1$s".formatted(name))
              .collect(Collectors.joining(" AND "));
      boolean affected =
          Database.any(
              connection,
              "SELECT 1 FROM %s AS t, %s AS b WHERE t.rowid IN (%s) AND %s LIMIT 1"
                  .formatted(table.physicalName(), BUFFERED, touched, same));
      Database.execute(connection, "DROP TABLE " + BUFFERED);
      if (affected) {
        throw refused(table.definition().ref());
      }
    }
  }

  /** Of the table's columns those that the rows came with, if they are still there. */
  private static TableDefinition columns(StoredTable table, RowBatch rows) {
    return TableDefinition.of(
        table.definition().ref(),
        table.definition().columns().stream()
            .filter(
                column -> rows.columns().stream().anyMatch(c -> TableStore.sameColumn(c, column)))
            .toList());
  }

  private static BigQueryError refused(TableRef table) {
    return BigQueryError.invalidQuery(
        "UPDATE or DELETE statement over table %s.%s.%s would affect rows in the streaming buffer,"
                .formatted(table.project(), table.dataset(), table.table())
            + " which is not supported");
  }
}
