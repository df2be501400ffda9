package io.tributary.bigquery.table;

import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import java.util.List;
import java.util.Optional;

/**
 * Makes tables fit what changes ask for. The staging table is widened before its destination, so
 * that a script written for the destination's columns finds all of them staged. However many tasks
 * meet a change together, each step takes effect once. Thread-safe.
 */
public final class Tables {
  private static final int ROUNDS = 5;

  private final TableAdmin admin;
  private final Patience patience;
  private final TableSettings settings;

  public Tables(TableAdmin admin, Patience patience, TableSettings settings) {
    this.admin = admin;
    this.patience = patience;
    this.settings = settings;
  }

  /** The destination, after it was made to fit. */
  public TableSchema ensure(TableId table, Shape shape) {
    for (int round = 0; round < ROUNDS; round++) {
      Optional<TableSchema> actual = describe(table);
      List<Step> steps = TablePlanner.plan(table, actual, shape);
      if (steps.isEmpty()) {
        ensureStaging(table, actual.orElseThrow().columns());
        return actual.orElseThrow();
      }
      refuseCreation(table, actual);
      for (Step step : steps) {
        if (step instanceof Step.AddColumns add) {
          ensureStaging(table, add.columns());
        } else if (step instanceof Step.CreateTable create) {
          ensureStaging(table, create.columns());
        }
        apply(step);
      }
    }
    throw new SinkException(
        ErrorCode.SCHEMA_NOT_VISIBLE,
        "Table " + table + " does not show the columns that were added to it.");
  }

  /** The destination's columns, none while it does not exist; all of them can be staged. */
  public List<Column> existing(TableId table) {
    List<Column> columns = describe(table).map(TableSchema::columns).orElse(List.of());
    ensureStaging(table, columns);
    return columns;
  }

  /** The destination as it is now. */
  public TableSchema current(TableId table) {
    return describe(table)
        .orElseThrow(
            () -> new SinkException(ErrorCode.TABLE_UNFIT, "Table " + table + " was dropped."));
  }

  /** Where the changes of a destination are staged. */
  public TableId staging(TableId table) {
    return StagingTable.of(table, settings.stagingDataset());
  }

  /** The label of a staging table, or empty. */
  public Optional<String> stagingLabel(TableId table, String key) {
    return describe(staging(table)).map(schema -> schema.labels().get(key));
  }

  /** Applies one step, asking again while BigQuery is busy. */
  public void apply(Step step) {
    patience.ask("change " + step.table(), () -> admin.apply(step));
  }

  private Optional<TableSchema> describe(TableId table) {
    return patience.ask("read the schema of " + table, () -> admin.describe(table));
  }

  private void ensureStaging(TableId table, List<Column> columns) {
    TableId staging = staging(table);
    StagingTable.plan(staging, describe(staging), columns, settings.tombstoneLifeMs())
        .forEach(this::apply);
  }

  private void refuseCreation(TableId table, Optional<TableSchema> actual) {
    if (actual.isEmpty() && !settings.createTables()) {
      throw new SinkException(
          ErrorCode.TABLE_UNFIT,
          "Table " + table + " does not exist and auto.create.tables is false.");
    }
  }
}
