package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.DatasetRef;
import io.tributary.emulator.catalog.TableDefinition;
import io.tributary.emulator.catalog.TableRef;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

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
@SuppressWarnings("DoNotCallSuggester") // the bodies follow
public final class Engine implements AutoCloseable {

  private Engine() {}

  /** Opens a database in this file, or in memory if it is null. */
  public static Engine open(Path file, Clock clock) {
    return open(file, clock, StatementHook.NONE);
  }

  /** Opens a database whose queries call the hook. */
  public static Engine open(Path file, Clock clock, StatementHook hook) {
    throw BigQueryError.notImplemented("engine");
  }

  /** Creates a dataset; 409 if it exists. */
  public DatasetDefinition createDataset(DatasetDefinition definition) {
    throw BigQueryError.notImplemented("createDataset");
  }

  /** Finds a dataset. */
  public Optional<DatasetDefinition> dataset(DatasetRef ref) {
    throw BigQueryError.notImplemented("dataset");
  }

  /** The datasets of a project in order of name. */
  public List<DatasetDefinition> datasets(String project) {
    throw BigQueryError.notImplemented("datasets");
  }

  /** Replaces what may change of a dataset. */
  public DatasetDefinition updateDataset(DatasetDefinition definition) {
    throw BigQueryError.notImplemented("updateDataset");
  }

  /** Deletes a dataset; 400 if it has tables and they are not to be deleted. */
  public void deleteDataset(DatasetRef ref, boolean deleteContents) {
    throw BigQueryError.notImplemented("deleteDataset");
  }

  /** Creates a table or a view; 409 if the name is taken. */
  public TableDefinition createTable(TableDefinition definition) {
    throw BigQueryError.notImplemented("createTable");
  }

  /** Finds a table; an expired one is gone. */
  public Optional<TableDefinition> table(TableRef ref) {
    throw BigQueryError.notImplemented("table");
  }

  /** The tables of a dataset in order of name; 404 if there is no such dataset. */
  public List<TableDefinition> tables(DatasetRef ref) {
    throw BigQueryError.notImplemented("tables");
  }

  /** Replaces the definition; 400 for schema changes that BigQuery refuses, 412 for old etags. */
  public TableDefinition updateTable(TableRef ref, TableDefinition definition, String ifMatch) {
    throw BigQueryError.notImplemented("updateTable");
  }

  /** Deletes a table or a view; 404 if there is none. */
  public void deleteTable(TableRef ref) {
    throw BigQueryError.notImplemented("deleteTable");
  }

  /** Rows of a table. */
  public long rowCount(TableRef ref) {
    throw BigQueryError.notImplemented("rowCount");
  }

  /** Appends all batches, or none. */
  public void append(TableRef table, List<RowBatch> batches) {
    throw BigQueryError.notImplemented("append");
  }

  /** Reads a page of a table; null for all fields. */
  public ResultPage readTable(
      TableRef table, List<String> selectedFields, long startIndex, int maxResults) {
    throw BigQueryError.notImplemented("readTable");
  }

  /** Analyses and runs a statement or a script. */
  public StatementResult run(QueryRequest request) {
    throw BigQueryError.notImplemented("run");
  }

  @Override
  public void close() {}
}
