package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.DatasetRef;
import io.tributary.emulator.catalog.StoredTable;
import io.tributary.emulator.catalog.TableDefinition;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.engine.TableWrites.Filling;
import io.tributary.emulator.sql.Partitions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.duckdb.DuckDBConnection;

/** The tables there are, and the DuckDB tables behind them. Thread-safe. */
final class TableStore {
  private final Database database;
  private final Clock clock;
  private final CatalogFile file;
  private final TableWrites writes;
  private final DatasetStore datasets;
  private final ConcurrentMap<TableRef, StoredTable> tables = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Guard> guards = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, LongAdder> counted = new ConcurrentHashMap<>();
  private final AtomicLong versions = new AtomicLong();
  private final ChangeStore changes;
  private final StreamingBuffer streamed = new StreamingBuffer();

  TableStore(Database database, Clock clock, ChangeOptions options, StatementHook hook) {
    this.database = database;
    this.clock = clock;
    this.file = new CatalogFile(database);
    this.writes = new TableWrites(file);
    this.datasets = new DatasetStore(database, file, this::now);
    this.changes = new ChangeStore(database, this::now, tables::get, options, hook);
    file.load(datasets::load, t -> tables.put(t.definition().ref(), t));
    tables.values().forEach(changes::load);
  }

  DatasetStore datasets() {
    return datasets;
  }

  StreamingBuffer streamed() {
    return streamed;
  }

  ChangeStore changes() {
    return changes;
  }

  Guard guard(StoredTable table) {
    return guards.computeIfAbsent(table.physicalName(), n -> new Guard());
  }

  /** Rows that the table was sent and that are not kept. */
  LongAdder counted(StoredTable table) {
    return counted.computeIfAbsent(table.physicalName(), n -> new LongAdder());
  }

  /** Counts the changes of all tables. */
  long version() {
    return versions.get();
  }

  long nextVersion() {
    return versions.incrementAndGet();
  }

  /** The present, in the microseconds that BigQuery keeps. */
  Instant now() {
    return clock.instant().truncatedTo(java.time.temporal.ChronoUnit.MICROS);
  }

  /** All tables that have not expired. */
  List<StoredTable> all() {
    return tables.keySet().stream()
        .sorted(Comparator.comparing(TableRef::toString))
        .flatMap(t -> find(t).stream())
        .toList();
  }

  synchronized void deleteDataset(DatasetRef ref, boolean contents) {
    datasets.get(ref);
    List<TableDefinition> inside = tables(ref);
    if (!contents && !inside.isEmpty()) {
      throw BigQueryError.resourceInUse("Dataset " + ref + " is still in use");
    }
    List<StoredTable> dropped = inside.stream().map(t -> tables.get(t.ref())).toList();
    datasets.delete(
        ref,
        c -> {
          for (StoredTable table : dropped) {
            writes.drop(c, table);
          }
        });
    dropped.forEach(this::forget);
  }

  Optional<StoredTable> find(TableRef ref) {
    StoredTable table = tables.get(ref);
    if (table == null) {
      return Optional.empty();
    }
    Instant expiration = table.definition().expiration();
    if (expiration != null && !expiration.isAfter(now())) {
      removeExpired(ref, table);
      return Optional.empty();
    }
    return Optional.of(table);
  }

  private synchronized void removeExpired(TableRef ref, StoredTable table) {
    if (table.equals(tables.get(ref))) {
      delete(ref);
    }
  }

  /** The table as it is in the transaction that this opens: no change of it comes in between. */
  synchronized StoredTable begin(TableRef ref, DuckDBConnection connection) throws SQLException {
    StoredTable table = get(ref);
    Database.begin(connection);
    Database.execute(connection, "SELECT 1 FROM " + table.physicalName() + " LIMIT 0");
    return table;
  }

  StoredTable get(TableRef ref) {
    return find(ref).orElseThrow(() -> BigQueryError.tableNotFound(ref));
  }

  List<TableDefinition> tables(DatasetRef ref) {
    datasets.get(ref);
    return tables.keySet().stream()
        .filter(t -> t.datasetRef().equals(ref))
        .sorted(Comparator.comparing(TableRef::table))
        .flatMap(t -> find(t).stream())
        .map(StoredTable::definition)
        .toList();
  }

  synchronized StoredTable create(TableDefinition definition) {
    StoredTable table = fresh(definition);
    database.transaction(c -> writes.create(c, table, Filling.EMPTY));
    return put(table);
  }

  /** Creates a table with rows in a transaction of this connection, and commits it. */
  synchronized StoredTable create(
      TableDefinition definition, DuckDBConnection connection, Filling filling)
      throws SQLException {
    StoredTable table = fresh(definition);
    writes.create(connection, table, filling);
    connection.commit();
    return put(table);
  }

  /** Puts a table in the place of another one, which is dropped. */
  synchronized StoredTable replace(TableDefinition definition) {
    StoredTable table = stored(definition);
    database.transaction(c -> writes.replace(c, find(definition.ref()), table, Filling.EMPTY));
    return putInPlace(table);
  }

  /** Puts a table with rows in the place of another one, and commits. */
  synchronized StoredTable replace(
      TableDefinition definition, DuckDBConnection connection, Filling filling)
      throws SQLException {
    StoredTable table = stored(definition);
    writes.replace(connection, find(definition.ref()), table, filling);
    connection.commit();
    return putInPlace(table);
  }

  private StoredTable fresh(TableDefinition definition) {
    datasets.get(definition.ref().datasetRef());
    if (find(definition.ref()).isPresent()) {
      throw BigQueryError.duplicate("Already Exists: Table " + definition.ref());
    }
    return stored(definition);
  }

  private StoredTable put(StoredTable table) {
    tables.put(table.definition().ref(), table);
    return table;
  }

  private StoredTable putInPlace(StoredTable table) {
    Optional.ofNullable(tables.put(table.definition().ref(), table)).ifPresent(this::forget);
    return table;
  }

  private TableDefinition expiring(TableDefinition definition, DatasetDefinition dataset) {
    Long life = dataset.defaultTableExpirationMs();
    boolean given = definition.expiration() != null || definition.partitioning() != null;
    return life == null || given
        ? definition
        : TableEdits.of(definition).expiration(now().plusMillis(life)).done();
  }

  private StoredTable stored(TableDefinition wanted) {
    TableDefinition definition = expiring(wanted, datasets.get(wanted.ref().datasetRef()));
    DefinitionCheck.check(definition);
    Instant now = now();
    TableDefinition stamped = definition.stamped(now, now, etag());
    boolean view = definition.viewQuery() != null;
    return new StoredTable(
        stamped, view ? "" : "t_" + UUID.randomUUID().toString().replace("-", ""));
  }

  synchronized StoredTable update(TableRef ref, TableDefinition wanted, String ifMatch) {
    StoredTable old = get(ref);
    if (ifMatch != null && !ifMatch.equals(old.definition().etag())) {
      throw BigQueryError.conditionNotMet("Precondition check failed.");
    }
    return change(old, SchemaRules.merged(old.definition(), wanted));
  }

  /** Changes a table without asking whether BigQuery's REST API would. */
  synchronized StoredTable change(StoredTable old, TableDefinition changed) {
    DefinitionCheck.check(changed);
    Instant created = old.definition().created();
    StoredTable table =
        new StoredTable(changed.stamped(created, now(), etag()), old.physicalName());
    changes.reshape(
        old,
        table,
        () -> {
          database.transaction(c -> writes.alter(c, old, table));
          put(table);
        });
    return table;
  }

  /** Gives a table another name; what is kept beside it goes by its physical name. */
  synchronized void rename(StoredTable old, TableRef ref) {
    if (find(ref).isPresent()) {
      throw BigQueryError.duplicate("Already Exists: Table " + ref);
    }
    TableDefinition renamed = old.definition().withRef(ref);
    Names.checkTable(ref);
    StoredTable table =
        new StoredTable(renamed.stamped(renamed.created(), now(), etag()), old.physicalName());
    database.transaction(
        c -> {
          file.delete(c, old.definition().ref());
          file.save(c, table);
        });
    tables.remove(old.definition().ref());
    put(table);
  }

  /** Gives columns of a table other names. */
  synchronized void renameColumns(
      StoredTable old, Map<String, String> names, TableDefinition changed) {
    DefinitionCheck.check(changed);
    StoredTable table =
        new StoredTable(changed.stamped(changed.created(), now(), etag()), old.physicalName());
    database.transaction(
        c -> {
          for (Map.Entry<String, String> name : names.entrySet()) {
            Database.execute(c, PhysicalTables.rename(old, name.getKey(), name.getValue()));
          }
          file.save(c, table);
        });
    put(table);
  }

  synchronized void delete(TableRef ref) {
    StoredTable table = tables.get(ref);
    if (table == null) {
      throw BigQueryError.tableNotFound(ref);
    }
    database.transaction(c -> writes.drop(c, table));
    forget(table);
  }

  /** Gives up what is kept beside a table that is gone. */
  private void forget(StoredTable table) {
    tables.remove(table.definition().ref(), table);
    if (!TableWrites.isView(table)) {
      changes.drop(table);
      guards.remove(table.physicalName());
      counted.remove(table.physicalName());
    }
  }

  /** Brings a table up to the present before it is read. */
  void refresh(StoredTable table) {
    changes.settle(table);
    purge(table);
  }

  /** Removes the rows of partitions that have expired. */
  private void purge(StoredTable table) {
    Partitions.expired(table, now())
        .ifPresent(
            condition -> {
              synchronized (guard(table)) {
                database.transaction(
                    c ->
                        Database.execute(
                            c, "DELETE FROM " + table.physicalName() + " WHERE " + condition));
              }
            });
  }

  private static String etag() {
    return UUID.randomUUID().toString();
  }

  static boolean sameColumn(Column left, Column right) {
    return left.name().equalsIgnoreCase(right.name());
  }
}
