package io.tributary.bigquery.table;

import io.tributary.bigquery.config.TableOptions;
import io.tributary.bigquery.config.WriteMode;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes tables fit what changes ask for. The staging table is widened before its destination, so
 * that a script written for the destination's columns finds all of them staged. However many tasks
 * meet a change together, each step takes effect once. Thread-safe.
 */
public final class Tables {
  private static final Logger LOG = LoggerFactory.getLogger(Tables.class);
  private static final int ROUNDS = 20;

  private final TableAdmin admin;
  private final Patience patience;
  private final TableSettings settings;
  private final Turns turns;
  private final Staleness staleness;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  public Tables(TableAdmin admin, Patience patience, TableSettings settings, Clock clock) {
    this.admin = admin;
    this.patience = patience;
    this.settings = settings;
    this.turns = new Turns(admin, patience, clock);
    this.staleness = new Staleness(admin, patience);
  }

  /**
   * The destination and its staging table, after they were made to fit.
   *
   * @param upkeep what its writer has to do with that
   */
  public Fitted ensure(TableId table, Shape shape, Upkeep upkeep) {
    TableSchema schema = fit(table, shape, step -> prepare(step, upkeep));
    return new Fitted(schema, ensureStaging(table, schema.columns()));
  }

  /** True when it has made the step as well. */
  private boolean prepare(Step step, Upkeep upkeep) {
    if (step instanceof Step.CreateTable create) {
      boolean first = describe(staging(create.table())).isEmpty();
      stageable(step);
      if (first) {
        turns.make(create.withLabels(upkeep.labelsOfNew()), Optional.empty());
      }
      return first;
    }
    upkeep.before(step);
    stageable(step);
    if (step instanceof Step.Recreate recreate) {
      upkeep.rewrite(recreate);
      return true;
    }
    return false;
  }

  /** The destination alone, after it was made to fit. */
  public TableSchema fit(TableId table, Shape shape) {
    return fit(table, shape, step -> false);
  }

  /**
   * @param before sees each step before it is made; true when that made it
   */
  private TableSchema fit(TableId table, Shape shape, Predicate<Step> before) {
    TableOptions options = options(table);
    int rounds = ROUNDS + shape.columns().size();
    for (int round = 0; round < rounds; round++) {
      Optional<TableSchema> actual = describe(table);
      List<Step> steps = TablePlanner.plan(table, actual, shape, options);
      if (steps.isEmpty()) {
        TableSchema schema = actual.orElseThrow();
        remark(schema, options);
        return schema;
      }
      if (actual.isEmpty()) {
        create(table);
      } else if (options.mode() != WriteMode.CDC
          && actual.get().column(TablePlanner.METADATA).isEmpty()) {
        refuseStreamed(table);
      }
      Step step = steps.get(0);
      LOG.info("Table {}: {}", table, step.getClass().getSimpleName());
      if (step instanceof Step.AddPrimaryKey key) {
        refuseBadKey(actual.orElseThrow(), key.columns());
      }
      // One step; the next is planned from what BigQuery shows then.
      if (!before.test(step)) {
        turns.make(step, actual);
      }
    }
    throw new SinkException(
        ErrorCode.SCHEMA_NOT_VISIBLE,
        "Table " + table + " does not show the changes that were made to it.");
  }

  /** Lets the staging table take what the destination gets, before it has it. */
  private void stageable(Step step) {
    if (step instanceof Step.AddColumns add) {
      ensureStaging(step.table(), add.columns());
    } else if (step instanceof Step.CreateTable create) {
      ensureStaging(step.table(), create.columns(), StagingTable.OF_NEW);
    } else if (step instanceof Step.WidenColumn widen) {
      ensureStaging(step.table(), List.of(widen.column()));
    } else if (step instanceof Step.Recreate recreate) {
      ensureStaging(step.table(), recreate.columns());
    }
  }

  public boolean exists(TableId table) {
    return describe(table).isPresent();
  }

  /** Where some columns of a destination are staged that is still to come. */
  public StagedColumns awaited(TableId table, List<Column> columns) {
    return StagedColumns.of(ensureStaging(table, columns).columns(), columns);
  }

  /** The destination if it exists. */
  public Optional<TableSchema> find(TableId table) {
    return describe(table);
  }

  /**
   * Stops where the table, or a column that values are on their way to, was dropped. To the write
   * path what is absent is what it may not know yet. One look: without an answer it goes on.
   */
  public void refuseDropped(TableId table, List<Column> written) {
    if (admin.describe(table) instanceof Answer.Ok<Optional<TableSchema>> seen) {
      refuseDropped(seen.value().orElseThrow(() -> dropped(table)), written);
    }
  }

  /** The same of a table that was looked at. */
  public static void refuseDropped(TableSchema schema, List<Column> written) {
    for (Column column : written) {
      if (schema.column(column.name()).isEmpty()) {
        throw new SinkException(
            ErrorCode.TABLE_UNFIT,
            "Column "
                + column.name()
                + " of "
                + schema.id()
                + " was dropped while changes of it were on their way.");
      }
    }
  }

  private static SinkException dropped(TableId table) {
    return new SinkException(ErrorCode.TABLE_UNFIT, "Table " + table + " was dropped.");
  }

  /** Makes a view show a table, as far as it can be had. */
  public void show(HistoryView view) {
    Optional<TableSchema> actual = describe(view.id());
    if (actual.filter(view::shownBy).isPresent()) {
      return;
    }
    if (actual.isPresent() && !actual.get().traits().kind().equals("VIEW")) {
      if (told.add("view " + view.id())) {
        LOG.warn("{} is no view; the latest state of its history is not shown.", view.id());
      }
      return;
    }
    turns.make(view.step(), actual);
  }

  /** Stops where changes were merged into a table that others are to be streamed into. */
  public void refuseMerged(TableId table) {
    Optional<TableSchema> staging = describe(staging(table));
    boolean merged =
        staging.isPresent()
            && (staging.get().labels().containsKey(StagingTable.CHAIN_LABEL)
                || !patience
                    .ask(
                        "read " + staging(table), () -> admin.read(Adoption.merged(staging(table))))
                    .isEmpty());
    if (merged) {
      throw Adoption.modeChanged(table, "changes that were staged for mode merge", "cdc");
    }
  }

  /** Lets queries of a table lag behind by as much as is wanted, where they do not yet. */
  public void stale(TableId table, Duration wanted) {
    if (!staleness.of(table).equals(wanted)) {
      Optional<TableSchema> actual = describe(table);
      String version = actual.map(TableSchema::etag).orElse("");
      turns.make(new Step.SetStaleness(table, wanted, version), actual);
      staleness.set(table, wanted);
    }
  }

  /** What the configuration says of a table. */
  public TableOptions options(TableId table) {
    return settings.choices().of(table.dataset(), table.table());
  }

  /** The destination if it exists; all of its columns can be staged. */
  public Optional<Fitted> existing(TableId table) {
    Optional<TableSchema> schema = describe(table);
    TableSchema staging = ensureStaging(table, schema.map(TableSchema::columns).orElse(List.of()));
    return schema.map(found -> new Fitted(found, staging));
  }

  /** The destination as it is now; all of its columns can be staged. */
  public Fitted current(TableId table) {
    return existing(table).orElseThrow(() -> dropped(table));
  }

  /** Creates a table of the sink's own, unless it is there. */
  public void keep(Step.CreateTable step) {
    if (describe(step.table()).isEmpty()) {
      create(step.table().dataset(), step.table());
      turns.make(step, Optional.empty());
    }
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

  private TableSchema ensureStaging(TableId table, List<Column> columns) {
    return ensureStaging(table, columns, Map.of());
  }

  /**
   * @param labels of the staging table if it is made
   */
  private TableSchema ensureStaging(
      TableId table, List<Column> columns, Map<String, String> labels) {
    TableId staging = staging(table);
    Duration life = Duration.ofMillis(settings.tombstoneLifeMs());
    String kmsKey = options(table).kmsKey().orElse("");
    for (int round = 0; round < ROUNDS; round++) {
      Optional<TableSchema> actual = describe(staging);
      List<Step> steps = StagingTable.plan(staging, actual, columns, life, kmsKey);
      if (steps.isEmpty()) {
        return actual.orElseThrow();
      }
      if (actual.isEmpty()) {
        create(staging.dataset(), staging);
      }
      Step step = steps.get(0);
      turns.make(
          step instanceof Step.CreateTable create ? create.withLabels(labels) : step, actual);
    }
    throw new SinkException(
        ErrorCode.SCHEMA_NOT_VISIBLE,
        "Table " + staging + " does not show the changes that were made to it.");
  }

  private void create(TableId table) {
    if (!settings.createTables()) {
      throw new SinkException(
          ErrorCode.TABLE_UNFIT,
          "Table " + table + " does not exist and auto.create.tables is false.");
    }
    create(table.dataset(), table);
  }

  private void create(String dataset, TableId table) {
    if (settings.createDatasets() && told.add("dataset " + dataset)) {
      apply(new Step.CreateDataset(table));
    }
  }

  private void remark(TableSchema schema, TableOptions options) {
    for (String remark : LiveOptions.remarks(schema, options)) {
      if (told.add(schema.id() + " " + remark)) {
        LOG.warn("Table {} {}; that cannot be changed in place.", schema.id(), remark);
      }
    }
  }

  private void refuseStreamed(TableId table) {
    List<List<String>> rows =
        patience.ask("read the options of " + table, () -> admin.read(Adoption.streamed(table)));
    boolean fresh = rows.stream().anyMatch(cells -> !Adoption.unset(cells.get(0)));
    if (fresh) {
      throw Adoption.streamedTo(table);
    }
  }

  private void refuseBadKey(TableSchema schema, List<String> key) {
    List<String> counts =
        patience
            .ask(
                "look for the key in " + schema.id(),
                () -> admin.read(Adoption.keyless(schema, key)))
            .get(0);
    if (!counts.equals(List.of("0", "0"))) {
      throw Adoption.refused(
          schema.id(),
          "it declares no primary key, and of the columns "
              + key
              + " "
              + counts.get(0)
              + " rows have NULL and "
              + counts.get(1)
              + " values stand in several rows.");
    }
  }
}
