package io.tributary.emulator.engine;

import com.google.zetasql.parser.ASTNodes;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.DatasetRef;
import io.tributary.emulator.catalog.StoredTable;
import io.tributary.emulator.catalog.TableDefinition;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.limits.Quotas;
import io.tributary.emulator.limits.Quotas.DmlLimit;
import io.tributary.emulator.sql.Analysis;
import io.tributary.emulator.sql.DefaultValues;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.duckdb.DuckDBConnection;

/**
 * A BigQuery without a network: catalog, storage and GoogleSQL. Thread-safe. Each statement runs on
 * a snapshot taken at its start; statements that mutate one table at the same time are rerun up to
 * three times, as BigQuery does.
 *
 * <p>Canonical Java values of cells: INT64 Long; FLOAT64 Double; BOOL Boolean; STRING String; BYTES
 * byte[]; NUMERIC and BIGNUMERIC BigDecimal; DATE LocalDate; TIME LocalTime; DATETIME
 * LocalDateTime; TIMESTAMP Instant (microseconds); JSON String (normalised text); GEOGRAPHY String
 * (WKT); INTERVAL String (canonical); RANGE Object[2]; STRUCT Object[]; ARRAY List; NULL null.
 *
 * <p>All methods throw {@link BigQueryError}.
 */
public final class Engine implements AutoCloseable {
  private static final int ATTEMPTS = 4;

  private final Database database;
  private final TableStore store;
  private final TableReads reads;
  private final Analysis analysis = new Analysis();
  private final AtomicReference<ServiceViews> service = new AtomicReference<>(ServiceViews.NONE);
  private final StatementRunner statements;

  private Engine(
      Storage storage, Clock clock, StatementHook hook, ChangeOptions changes, DmlLimit dml) {
    try {
      this.database = new Database(storage);
    } catch (RuntimeException e) {
      analysis.close();
      throw e;
    }
    try {
      this.store = new TableStore(database, clock, changes, hook);
      this.reads = new TableReads(database, store);
      this.statements =
          new StatementRunner(store, analysis, hook, new DmlGate(dml, clock), this::serviceView);
    } catch (RuntimeException e) {
      analysis.close();
      database.close();
      throw e;
    }
  }

  /** Opens a database in this file, or in memory if it is null. */
  public static Engine open(Path file, Clock clock) {
    return open(file, clock, StatementHook.NONE);
  }

  /** Opens a database whose queries call the hook. */
  public static Engine open(Path file, Clock clock, StatementHook hook) {
    return open(Storage.of(file), clock, hook, ChangeOptions.defaults(), Quotas.UNLIMITED.dml());
  }

  /** Opens a database with these choices about change data capture, and this limit of DML. */
  public static Engine open(
      Storage storage, Clock clock, StatementHook hook, ChangeOptions changes, DmlLimit dml) {
    return new Engine(storage, clock, hook, changes, dml);
  }

  /** Lets queries see what the service did. */
  public void show(ServiceViews views) {
    service.set(views);
  }

  private Optional<SystemView> serviceView(String name, String project) {
    return service.get().view(name, project);
  }

  /** Loads, once the analyzer is there, what the first statement needs besides. Does not wait. */
  public void warmUp() {
    analysis.whenLoaded(() -> run(QueryRequest.of("none", "SELECT 1")));
  }

  /** Creates a dataset; 409 if it exists. */
  public DatasetDefinition createDataset(DatasetDefinition definition) {
    return store.datasets().create(definition);
  }

  /** Finds a dataset. */
  public Optional<DatasetDefinition> dataset(DatasetRef ref) {
    return store.datasets().find(ref);
  }

  /** The datasets of a project in order of name. */
  public List<DatasetDefinition> datasets(String project) {
    return store.datasets().of(project);
  }

  /** The datasets of all projects in order of name. */
  public List<DatasetDefinition> datasets() {
    return store.datasets().all();
  }

  /** Replaces what may change of a dataset; 412 for old etags. */
  public DatasetDefinition updateDataset(DatasetDefinition definition, String ifMatch) {
    return store.datasets().update(definition, ifMatch);
  }

  /** Deletes a dataset; 400 if it has tables and they are not to be deleted. */
  public void deleteDataset(DatasetRef ref, boolean deleteContents) {
    store.deleteDataset(ref, deleteContents);
  }

  /** Creates a table or a view; 409 if the name is taken. */
  public TableDefinition createTable(TableDefinition definition) {
    checkDefaults(definition);
    return store.create(definition).definition();
  }

  /** Finds a table; an expired one is gone. */
  public Optional<TableDefinition> table(TableRef ref) {
    return store.find(ref).map(StoredTable::definition);
  }

  /** The tables of a dataset in order of name; 404 if there is no such dataset. */
  public List<TableDefinition> tables(DatasetRef ref) {
    return store.tables(ref);
  }

  /** Replaces the definition; 400 for schema changes that BigQuery refuses, 412 for old etags. */
  public TableDefinition updateTable(TableRef ref, TableDefinition definition, String ifMatch) {
    checkDefaults(definition);
    return store.update(ref, definition, ifMatch).definition();
  }

  private void checkDefaults(TableDefinition definition) {
    new DefaultValues(analysis).check(definition.columns(), store.now());
  }

  /** Deletes a table or a view; 404 if there is none. */
  public void deleteTable(TableRef ref) {
    store.delete(ref);
  }

  /** Counts rows that a table was sent and that are not kept. */
  public void count(TableRef ref, long rows) {
    store.counted(store.get(ref)).add(rows);
  }

  /** Rows of a table, with those that were only counted. */
  public long rowCount(TableRef ref) {
    return reads.count(ref);
  }

  /** All tables of all datasets, in order of name, with their rows. */
  public List<TableRows> tableRows() {
    return reads.all();
  }

  /** Rows and bytes of a table. */
  public TableSize size(TableRef ref) {
    return reads.size(ref);
  }

  /** Reads a page of a table; null for all fields. */
  public ResultPage readTable(
      TableRef ref, List<String> selectedFields, long startIndex, int maxResults) {
    return reads.page(ref, selectedFields, startIndex, maxResults);
  }

  /** Appends all batches, or none; anew if the table was altered meanwhile. */
  public void append(TableRef ref, List<RowBatch> batches) {
    append(ref, batches, null);
  }

  /**
   * Appends all batches, or none, to the partition of this time; null for the present. Only tables
   * that are partitioned by the time of ingestion make a difference.
   */
  public void append(TableRef ref, List<RowBatch> batches, Instant partition) {
    for (int attempt = 1; ; attempt++) {
      try {
        tryAppend(ref, batches, partition);
        return;
      } catch (SQLException e) {
        if (attempt == ATTEMPTS || !Database.isConflict(e)) {
          throw Database.translated(e);
        }
      }
    }
  }

  /** Appends rows as tabledata.insertAll does: for a while no statement may change them. */
  public void stream(TableRef ref, List<RowBatch> batches) {
    append(ref, batches);
    store.streamed().add(store.get(ref), batches, store.now());
  }

  /** What the table's streaming buffer holds, if anything. */
  public Optional<BufferedRows> bufferedRows(TableRef ref) {
    return store.streamed().state(store.get(ref), store.now());
  }

  /** The time by the engine's clock. */
  public Instant now() {
    return store.now();
  }

  private void tryAppend(TableRef ref, List<RowBatch> batches, Instant partition)
      throws SQLException {
    Instant now = store.now();
    store.changes().merge(store.get(ref));
    try (DuckDBConnection connection = database.connect()) {
      RowWriter writer =
          new RowWriter(
              connection, new DefaultValues(analysis), now, partition == null ? now : partition);
      try {
        StoredTable table = store.begin(ref, connection);
        for (RowBatch batch : batches) {
          writer.check(table, batch);
        }
        for (RowBatch batch : batches) {
          writer.write(table, batch);
        }
      } catch (SQLException | RuntimeException e) {
        Database.rollback(connection);
        throw e;
      }
      connection.commit();
    }
  }

  /**
   * Keeps changes of rows that are named by the table's primary key, all batches or none. The last
   * columns of each batch are {@link ChangeColumns#TYPE}, and {@link ChangeColumns#SEQUENCE} if the
   * writer gives it.
   */
  public void change(TableRef ref, List<RowBatch> changes) {
    if (store.get(ref).definition().primaryKey().isEmpty()) {
      throw BigQueryError.invalid("Table " + ref + " has no primary key");
    }
    store.changes().add(ref, changes, new DefaultValues(analysis));
  }

  /** Runs the job that applies waiting changes to the table's baseline. */
  public void applyChanges(TableRef ref) {
    store.changes().apply(store.get(ref));
  }

  /** Writes the rows of a query into a table; all or none. */
  public void write(Destination destination, StatementResult result) {
    new DestinationWriter(this, database, store, new DefaultValues(analysis))
        .write(destination, result);
  }

  /** The location of the first dataset that a statement or a script names, if it exists. */
  public Optional<String> locationOf(QueryRequest request) {
    return analysis.scriptTables(request.sql()).stream()
        .filter(path -> path.size() > 1 || request.defaultDataset() != null)
        .flatMap(
            path -> store.datasets().find(TablePaths.resolve(path, request).datasetRef()).stream())
        .map(DatasetDefinition::location)
        .findFirst();
  }

  /** Analyses and runs a statement or a script. */
  public StatementResult run(QueryRequest request) {
    ASTNodes.ASTScript script = analysis.parse(request.sql());
    List<ASTNodes.ASTStatement> parsed = script.getStatementListNode().getStatementList();
    if (parsed.isEmpty()) {
      throw BigQueryError.invalidQuery("Syntax error: Unexpected end of statement");
    }
    try (Session session = new Session(request, database, analysis.catalog())) {
      if (parsed.size() == 1 && ScriptRunner.isPlain(parsed.get(0))) {
        return statements.run(request.sql(), session);
      }
      ScriptLabels.check(script);
      if (request.dryRun()) {
        return result("SCRIPT", session);
      }
      new ScriptRunner(statements, analysis, session, request.sql()).run(script);
      return result("SCRIPT", session);
    }
  }

  private static StatementResult result(String type, Session session) {
    List<ScriptStatement> children = session.children();
    List<Column> schema = List.of();
    ResultRows rows = ResultRows.NONE;
    Set<TableRef> referenced = new LinkedHashSet<>();
    long bytes = 0;
    for (ScriptStatement statement : children) {
      StatementResult child = statement.result();
      referenced.addAll(child.referencedTables());
      bytes += child.bytesProcessed();
      if (child.statementType().equals("SELECT")) {
        schema = child.schema();
        rows = child.rows();
      }
    }
    return new StatementResult(
        type, schema, rows, null, null, null, bytes, children, List.copyOf(referenced));
  }

  @Override
  public void close() {
    analysis.close();
    database.close();
  }
}
