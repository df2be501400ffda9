package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.StoredTable;
import io.tributary.emulator.sql.DefaultValues;
import io.tributary.emulator.sql.DmlSteps;
import io.tributary.emulator.sql.Partitions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One run of a statement that changes rows of a table, on a snapshot taken at its start. */
final class DmlApplication {
  private final TableStore store;
  private final StatementHook hook;
  private final DefaultValues defaults;
  private final Session session;
  private final StoredTable table;
  private final Guard guard;

  DmlApplication(
      TableStore store,
      StatementHook hook,
      DefaultValues defaults,
      Session session,
      StoredTable table) {
    this.store = store;
    this.hook = hook;
    this.defaults = defaults;
    this.session = session;
    this.table = table;
    this.guard = store.guard(table);
  }

  /**
   * Changes the rows; outside of a transaction the changes are there at once.
   *
   * @throws LostRace if another statement has changed the same partition meanwhile
   */
  DmlStats run(DmlSteps steps, String sql, int index) throws SQLException {
    boolean temporary = table.definition().ref().dataset().equals("_SESSION");
    boolean changes = steps.touched().isPresent() && !temporary;
    Optional<Transaction> transaction = session.transaction();
    if (changes && transaction.isPresent()) {
      transaction.get().change(table, guard);
    }
    while (changes && transaction.isEmpty() && guard.isOwned()) {
      guard.awaitFree();
      session.checkRunning();
    }
    long before = store.version();
    try {
      // the first read of a table fixes the snapshot
      Database.execute(session.connection(), "SELECT 1 FROM catalog_entries LIMIT 0");
      for (String prepare : steps.prepare()) {
        Database.execute(session.connection(), prepare);
      }
      Set<String> partitions = partitions(steps);
      if (partitions.isEmpty()) {
        DmlStats stats = change(steps);
        hook.beforeCommit(sql.strip(), index);
        session.commit();
        return stats;
      }
      // rows are held from their change on, so that comes last: who commits first wins
      hook.beforeCommit(sql.strip(), index);
      return changed(steps, before, partitions);
    } catch (SQLException e) {
      if (Database.isConflict(e)) {
        throw new LostRace(table.definition().ref());
      }
      throw e;
    }
  }

  /** Of two statements that change the same partition at once, the later one is rerun. */
  private DmlStats changed(DmlSteps steps, long before, Set<String> partitions)
      throws SQLException {
    if (session.transaction().isPresent()) {
      return change(steps);
    }
    synchronized (guard) {
      if (guard.isOwned() || guard.changedSince(before, partitions)) {
        throw new LostRace(table.definition().ref());
      }
      DmlStats stats = change(steps);
      session.commit();
      guard.changed(store.nextVersion(), partitions);
      return stats;
    }
  }

  /** The partitions whose rows are changed or deleted, and those that rows are moved to. */
  private Set<String> partitions(DmlSteps steps) throws SQLException {
    if (steps.touched().isEmpty()) {
      return Set.of();
    }
    if (table.definition().partitioning() == null) {
      return Database.any(session.connection(), steps.touched().get())
          ? Set.of(Guard.WHOLE_TABLE)
          : Set.of();
    }
    String touched =
        "%s WHERE rowid IN (%s)".formatted(table.physicalName(), steps.touched().get());
    Set<String> keys = new HashSet<>(keys(Partitions.keys(table, touched)));
    for (DmlSteps.Change change : steps.changes()) {
      if (change.moves().isPresent()) {
        keys.addAll(keys(change.moves().get()));
      }
    }
    return keys;
  }

  private Set<String> keys(String sql) throws SQLException {
    Set<String> keys = new HashSet<>();
    try (Statement statement = session.connection().createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        keys.add(String.valueOf(rows.getString(1)));
      }
    }
    return keys;
  }

  private DmlStats change(DmlSteps steps) throws SQLException {
    if (steps.touched().isPresent()) {
      store
          .streamed()
          .check(table, steps.touched().get(), session.connection(), defaults, store.now());
    }
    if (steps.duplicates().isPresent()
        && Database.any(session.connection(), steps.duplicates().get())) {
      throw BigQueryError.invalidQuery(
          "UPDATE/MERGE must match at most one source row for each target row");
    }
    Map<DmlSteps.Kind, Long> counts = new EnumMap<>(DmlSteps.Kind.class);
    for (DmlSteps.Change change : steps.changes()) {
      long rows = Database.change(session.connection(), change.duckSql());
      counts.merge(change.kind(), rows, Long::sum);
    }
    for (String temporary : steps.temporaries()) {
      Database.execute(session.connection(), "DROP TABLE IF EXISTS " + temporary);
    }
    return new DmlStats(
        counts.getOrDefault(DmlSteps.Kind.INSERT, 0L),
        counts.getOrDefault(DmlSteps.Kind.UPDATE, 0L),
        counts.getOrDefault(DmlSteps.Kind.DELETE, 0L));
  }
}
