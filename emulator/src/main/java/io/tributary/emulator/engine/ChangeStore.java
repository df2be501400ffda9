package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.StoredTable;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.sql.DefaultValues;
import io.tributary.emulator.sql.Intervals;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.duckdb.DuckDBConnection;

/**
 * Changes that wait beside their tables until a read or a background job merges them. Thread-safe:
 * all work happens under one lock, which tables that never took a change do not touch.
 */
final class ChangeStore {
  private static final String REGISTRY = "change_tables";

  private final Database database;
  private final Supplier<Instant> clock;
  private final Function<TableRef, StoredTable> current;
  private final ChangeOptions options;
  private final StatementHook hook;
  private final Random random;
  private final ConcurrentMap<String, Waiting> known = new ConcurrentHashMap<>();

  /** A table's waiting changes: when the oldest was written, and the rank of the next one. */
  private record Waiting(Instant oldest, long nextRank, Instant applied) {
    static final Waiting NOTHING = new Waiting(null, 0, null);

    Waiting merged() {
      return new Waiting(null, 0, applied);
    }

    Waiting appliedAt(Instant when) {
      return new Waiting(oldest, nextRank, when);
    }
  }

  ChangeStore(
      Database database,
      Supplier<Instant> clock,
      Function<TableRef, StoredTable> current,
      ChangeOptions options,
      StatementHook hook) {
    this.database = database;
    this.clock = clock;
    this.current = current;
    this.options = options;
    this.hook = hook;
    this.random = new Random(options.seed());
    run(
        List.of(
            "CREATE TABLE IF NOT EXISTS " + REGISTRY + " (name VARCHAR, applied_micros BIGINT)"));
  }

  /** Takes up the changes that wait beside a table of a file that was opened again. */
  synchronized void load(StoredTable table) {
    String where = " FROM " + REGISTRY + " WHERE name = '" + table.physicalName() + "'";
    try (DuckDBConnection connection = database.connect()) {
      if (!Database.any(connection, "SELECT 1" + where)) {
        return;
      }
      known.put(
          table.physicalName(),
          new Waiting(
              instant(Database.number(connection, ChangeTables.oldest(table))),
              Database.number(connection, ChangeTables.lastRank(table)) + 1,
              instant(Database.number(connection, "SELECT coalesce(applied_micros, -1)" + where))));
    } catch (SQLException e) {
      throw Database.translated(e);
    }
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  private static Instant instant(long micros) {
    return micros < 0 ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** Keeps all changes, or none; the batches' last columns are the pseudocolumns. */
  synchronized void add(TableRef ref, List<RowBatch> changes, DefaultValues defaults) {
    StoredTable table = current.apply(ref);
    if (table == null) {
      throw BigQueryError.tableNotFound(ref);
    }
    Instant now = clock.get();
    Waiting waiting = register(table);
    if (waiting.oldest() != null
        && waiting.oldest().plus(ChangeTables.DELETES_REMEMBERED).isBefore(now)) {
      // a delete among them is about to be forgotten, and must be seen to be
      waiting = merge(table, waiting);
    }
    List<RowBatch> ranked = ranked(changes, waiting.nextRank(), micros(now));
    int rows = ranked.stream().mapToInt(batch -> batch.rows().size()).sum();
    write(ChangeTables.pending(table), ranked, defaults, now);
    known.put(
        table.physicalName(),
        new Waiting(
            waiting.oldest() == null ? now : waiting.oldest(),
            waiting.nextRank() + rows,
            waiting.applied()));
  }

  private Waiting register(StoredTable table) {
    Waiting waiting = known.get(table.physicalName());
    if (waiting == null) {
      waiting = Waiting.NOTHING;
      List<String> statements = new ArrayList<>(ChangeTables.create(table));
      statements.add("INSERT INTO " + REGISTRY + " VALUES ('" + table.physicalName() + "', NULL)");
      run(statements);
      known.put(table.physicalName(), waiting);
    }
    return waiting;
  }

  /** Rows of one request are written at one time, so which of them is the last is chance. */
  private List<RowBatch> ranked(List<RowBatch> changes, long first, long nowMicros) {
    List<Long> ranks = new ArrayList<>();
    changes.forEach(batch -> batch.rows().forEach(row -> ranks.add(first + ranks.size())));
    Collections.shuffle(ranks, random);
    int next = 0;
    List<RowBatch> ranked = new ArrayList<>();
    for (RowBatch batch : changes) {
      List<Column> columns = new ArrayList<>(batch.columns());
      columns.addAll(List.of(ChangeColumns.RANK, ChangeColumns.WRITTEN));
      List<Object[]> rows = new ArrayList<>();
      for (Object[] row : batch.rows()) {
        Object[] wider = Arrays.copyOf(row, row.length + 2);
        wider[row.length] = ranks.get(next++);
        wider[row.length + 1] = nowMicros;
        rows.add(wider);
      }
      ranked.add(new RowBatch(columns, rows));
    }
    return ranked;
  }

  private void write(
      StoredTable pending, List<RowBatch> batches, DefaultValues defaults, Instant now) {
    database.transaction(
        connection -> {
          RowWriter writer = new RowWriter(connection, defaults, now, now);
          Database.begin(connection);
          for (RowBatch batch : batches) {
            writer.write(pending, batch);
          }
        });
  }

  /**
   * Before a read: merges what waits, unless the table's max_staleness lets the read go without.
   */
  void settle(StoredTable table) {
    if (!known.containsKey(table.physicalName())) {
      return;
    }
    synchronized (this) {
      StoredTable now = current.apply(table.definition().ref());
      Waiting waiting = now == null ? null : known.get(now.physicalName());
      if (waiting == null || waiting.oldest() == null) {
        return;
      }
      Duration staleness = staleness(now);
      if (waiting.oldest().plus(staleness).isAfter(clock.get())) {
        return;
      }
      if (!staleness.isZero() && options.applyJobs() == ChangeOptions.ApplyJobs.BY_CLOCK) {
        apply(now);
      } else {
        merge(now, waiting);
      }
    }
  }

  private static Duration staleness(StoredTable table) {
    String text = table.definition().maxStaleness();
    if (text == null) {
      return Duration.ZERO;
    }
    Intervals.Parts parts = Intervals.parse(text);
    return Duration.ofDays(30 * parts.months() + parts.days())
        .plus(parts.micros(), ChronoUnit.MICROS);
  }

  /** Merges what waits, whatever the table's max_staleness. */
  void merge(StoredTable table) {
    if (!known.containsKey(table.physicalName())) {
      return;
    }
    synchronized (this) {
      Waiting waiting = known.get(table.physicalName());
      if (waiting != null && waiting.oldest() != null) {
        merge(table, waiting);
      }
    }
  }

  private Waiting merge(StoredTable table, Waiting waiting) {
    run(ChangeTables.merge(table, micros(clock.get())));
    Waiting merged = waiting.merged();
    known.put(table.physicalName(), merged);
    return merged;
  }

  /** Does what the background job does: merges, and moves the watermark. */
  synchronized void apply(StoredTable table) {
    Waiting waiting = known.get(table.physicalName());
    if (waiting == null) {
      return;
    }
    Instant began = clock.get();
    merge(table);
    Instant now = clock.get();
    run(
        List.of(
            "UPDATE %s SET applied_micros = %d WHERE name = '%s'"
                .formatted(REGISTRY, micros(now), table.physicalName())));
    known.put(table.physicalName(), waiting.merged().appliedAt(now));
    hook.changesApplied(table.definition().ref(), began);
  }

  /** Up to when a background job has applied the changes. */
  Optional<Instant> watermark(StoredTable table) {
    settle(table);
    return Optional.ofNullable(known.get(table.physicalName())).map(Waiting::applied);
  }

  /** Refuses statements that may not change a table which took changes. */
  void admit(String statementType, StoredTable table) {
    if (!known.containsKey(table.physicalName())) {
      return;
    }
    switch (statementType) {
      case "UPDATE", "DELETE", "MERGE" ->
          throw BigQueryError.invalid(
              "DELETE/UPDATE/MERGE DMLs are currently not supported over tables that had UPSERT"
                  + " streams.");
      default -> merge(table);
    }
  }

  /** After all rows were removed: nothing waits, and no key has a last change. */
  synchronized void clear(StoredTable table) {
    Waiting waiting = known.get(table.physicalName());
    if (waiting != null) {
      run(ChangeTables.clear(table));
      known.put(table.physicalName(), waiting.merged());
    }
  }

  /** Changes the definition of a table; what waits is merged while it still fits. */
  synchronized void reshape(StoredTable old, StoredTable changed, Runnable change) {
    boolean takesChanges = known.containsKey(old.physicalName());
    if (takesChanges) {
      merge(old);
    }
    change.run();
    if (takesChanges && hasKey(changed)) {
      boolean sameKey = old.definition().primaryKey().equals(changed.definition().primaryKey());
      run(sameKey ? ChangeTables.dropPending(old) : ChangeTables.drop(old));
      run(sameKey ? ChangeTables.createPending(changed) : ChangeTables.create(changed));
    }
  }

  private static boolean hasKey(StoredTable table) {
    return !table.definition().primaryKey().isEmpty();
  }

  synchronized void drop(StoredTable table) {
    if (known.remove(table.physicalName()) != null) {
      List<String> statements = new ArrayList<>(ChangeTables.drop(table));
      statements.add("DELETE FROM " + REGISTRY + " WHERE name = '" + table.physicalName() + "'");
      run(statements);
    }
  }

  private void run(List<String> statements) {
    database.transaction(
        connection -> {
          for (String statement : statements) {
            Database.execute(connection, statement);
          }
        });
  }
}
