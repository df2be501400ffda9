package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.DatasetRef;
import io.tributary.emulator.catalog.StoredTable;
import io.tributary.emulator.catalog.TableDefinition;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.sql.Partitions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.duckdb.DuckDBConnection;

/** The datasets and tables there are, and the DuckDB tables behind them. Thread-safe. */
final class TableStore {
  /** Changes of a table that a statement may conflict with. */
  record Guard(AtomicLong mutations) {}

  private final Database database;
  private final Clock clock;
  private final CatalogFile file;
  private final ConcurrentMap<DatasetRef, DatasetDefinition> datasets = new ConcurrentHashMap<>();
  private final ConcurrentMap<TableRef, StoredTable> tables = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Guard> guards = new ConcurrentHashMap<>();
  private final ChangeStore changes;

  TableStore(Database database, Clock clock, ChangeOptions options) {
    this.database = database;
    this.clock = clock;
    this.file = new CatalogFile(database);
    this.changes = new ChangeStore(database, this::now, tables::get, options);
    file.load(d -> datasets.put(d.ref(), d), t -> tables.put(t.definition().ref(), t));
    tables.values().forEach(changes::load);
  }

  ChangeStore changes() {
    return changes;
  }

  Guard guard(StoredTable table) {
    return guards.computeIfAbsent(table.physicalName(), n -> new Guard(new AtomicLong()));
  }

  /** The present, in the microseconds that BigQuery keeps. */
  Instant now() {
    return clock.instant().truncatedTo(java.time.temporal.ChronoUnit.MICROS);
  }

  synchronized DatasetDefinition createDataset(DatasetDefinition definition) {
    Names.checkDataset(definition.ref());
    Instant now = now();
    DatasetDefinition stamped = definition.stamped(now, now, etag());
    if (datasets.putIfAbsent(definition.ref(), stamped) != null) {
      throw BigQueryError.duplicate("Already Exists: Dataset " + definition.ref());
    }
    file.save(stamped);
    return stamped;
  }

  Optional<DatasetDefinition> dataset(DatasetRef ref) {
    return Optional.ofNullable(datasets.get(ref));
  }

  List<DatasetDefinition> datasets(String project) {
    return datasets.values().stream()
        .filter(d -> d.ref().project().equals(project))
        .sorted(Comparator.comparing(d -> d.ref().dataset()))
        .toList();
  }

  synchronized DatasetDefinition updateDataset(DatasetDefinition definition) {
    DatasetDefinition old = existing(definition.ref());
    DatasetDefinition stamped = definition.stamped(old.created(), now(), etag());
    datasets.put(definition.ref(), stamped);
    file.save(stamped);
    return stamped;
  }

  synchronized void deleteDataset(DatasetRef ref, boolean contents) {
    existing(ref);
    List<TableDefinition> inside = tables(ref);
    if (!contents && !inside.isEmpty()) {
      throw BigQueryError.resourceInUse("Dataset " + ref + " is still in use");
    }
    inside.forEach(t -> delete(t.ref()));
    datasets.remove(ref);
    file.delete(ref);
  }

  private DatasetDefinition existing(DatasetRef ref) {
    return dataset(ref).orElseThrow(() -> BigQueryError.datasetNotFound(ref));
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

  StoredTable get(TableRef ref) {
    return find(ref).orElseThrow(() -> BigQueryError.tableNotFound(ref));
  }

  List<TableDefinition> tables(DatasetRef ref) {
    existing(ref);
    return tables.keySet().stream()
        .filter(t -> t.datasetRef().equals(ref))
        .sorted(Comparator.comparing(TableRef::table))
        .flatMap(t -> find(t).stream())
        .map(StoredTable::definition)
        .toList();
  }

  synchronized StoredTable create(TableDefinition definition) {
    DatasetDefinition dataset = existing(definition.ref().datasetRef());
    if (find(definition.ref()).isPresent()) {
      throw BigQueryError.duplicate("Already Exists: Table " + definition.ref());
    }
    return createNew(expiring(definition, dataset));
  }

  /** Puts a table in the place of another one, which is dropped. */
  synchronized StoredTable replace(TableDefinition definition) {
    DatasetDefinition dataset = existing(definition.ref().datasetRef());
    find(definition.ref()).ifPresent(t -> delete(definition.ref()));
    return createNew(expiring(definition, dataset));
  }

  private TableDefinition expiring(TableDefinition definition, DatasetDefinition dataset) {
    Long life = dataset.defaultTableExpirationMs();
    boolean given = definition.expiration() != null || definition.partitioning() != null;
    return life == null || given
        ? definition
        : TableEdits.of(definition).expiration(now().plusMillis(life)).done();
  }

  private StoredTable createNew(TableDefinition definition) {
    DefinitionCheck.check(definition);
    Instant now = now();
    TableDefinition stamped = definition.stamped(now, now, etag());
    boolean view = definition.viewQuery() != null;
    String name = view ? "" : "t_" + UUID.randomUUID().toString().replace("-", "");
    StoredTable table = new StoredTable(stamped, name);
    if (!view) {
      run(PhysicalTables.create(table));
    }
    tables.put(definition.ref(), table);
    file.save(table);
    return table;
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
          if (changed.viewQuery() == null) {
            PhysicalTables.alter(old, table).forEach(this::run);
          }
          tables.put(changed.ref(), table);
        });
    file.save(table);
    return table;
  }

  synchronized void delete(TableRef ref) {
    StoredTable table = tables.remove(ref);
    if (table == null) {
      throw BigQueryError.tableNotFound(ref);
    }
    file.delete(ref);
    if (!table.physicalName().isEmpty()) {
      run("DROP TABLE " + table.physicalName());
      changes.drop(table);
      guards.remove(table.physicalName());
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
                run("DELETE FROM " + table.physicalName() + " WHERE " + condition);
              }
            });
  }

  void run(String sql) {
    try (DuckDBConnection connection = database.connect()) {
      Database.execute(connection, sql);
      connection.commit();
    } catch (SQLException e) {
      throw Database.translated(e);
    }
  }

  private static String etag() {
    return UUID.randomUUID().toString();
  }

  static boolean sameColumn(Column left, Column right) {
    return left.name().equalsIgnoreCase(right.name());
  }
}
