package io.tributary.bigquery.table;

import io.tributary.bigquery.config.Conflict;
import io.tributary.bigquery.config.Lossy;
import io.tributary.bigquery.config.TableOptions;
import io.tributary.bigquery.config.WriteMode;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares what a change asks for with the table that is there, and answers the steps between them.
 * Pure.
 */
public final class TablePlanner {
  /** The sink's own column in every destination table. */
  public static final String METADATA = "change_metadata";

  /** Label of a table whose first rows are, or were, put straight into it. */
  public static final String LOAD_LABEL = "tributary_first_load";

  /** What {@link #METADATA} holds. */
  public static final Column METADATA_COLUMN =
      Column.struct(
          METADATA,
          List.of(
              Column.nullable("position", ColumnType.BYTES),
              Column.nullable("operation", ColumnType.STRING),
              Column.nullable("source_time", ColumnType.TIMESTAMP),
              Column.nullable("kafka_topic", ColumnType.STRING),
              Column.nullable("kafka_partition", ColumnType.INT64),
              Column.nullable("kafka_offset", ColumnType.INT64)));

  /** In a table of changes, the columns that the source left out. */
  static final String UNAVAILABLE = "unavailable";

  /** What {@link #METADATA} holds where every change is a row. */
  public static final Column HISTORY_COLUMN =
      Column.struct(
          METADATA,
          Stream.concat(
                  METADATA_COLUMN.fields().stream(),
                  Stream.of(
                      Column.nullable("kafka_time", ColumnType.TIMESTAMP),
                      Column.nullable("transaction", ColumnType.STRING),
                      Column.nullable("link", ColumnType.BYTES),
                      Column.repeated(UNAVAILABLE, ColumnType.STRING)))
              .toList());

  private final TableSchema schema;
  private final Shape shape;
  private final TableOptions options;
  private final List<Column> missing = new ArrayList<>();
  private final List<String> relaxed = new ArrayList<>();
  private final List<Column> widened = new ArrayList<>();
  private final List<Column> rewritten = new ArrayList<>();

  private TablePlanner(TableSchema schema, Shape shape, TableOptions options) {
    this.schema = schema;
    this.shape = shape;
    this.options = options;
  }

  /** The table's own columns, without the sink's. */
  public static List<Column> sourceColumns(TableSchema schema) {
    return schema.columns().stream()
        .filter(column -> !column.name().equalsIgnoreCase(METADATA))
        .toList();
  }

  /** The steps that make a destination table fit a shape; empty when it does. */
  public static List<Step> plan(
      TableId table, Optional<TableSchema> actual, Shape shape, TableOptions options) {
    refuseReserved(table, shape);
    return actual.isEmpty()
        ? List.of(NewTable.create(table, shape, options))
        : new TablePlanner(actual.get(), shape, options).plan();
  }

  private List<Step> plan() {
    Optional<Column> kept = schema.column(METADATA);
    boolean adopted = kept.isPresent();
    if (adopted) {
      Adoption.checkMode(schema, kept.get(), options.mode());
    } else {
      Adoption.check(schema, shape);
    }
    List<Step> steps = new ArrayList<>();
    boolean rekeyed = key(steps);
    shape.columns().forEach(this::fit);
    if (rekeyed || !rewritten.isEmpty()) {
      return List.of(recreate());
    }
    if (!adopted) {
      missing.add(metadata(options));
    } else {
      take(Difference.between(kept.get(), metadata(options), Difference.Freedom.FIXED));
      relaxDropped();
    }
    if (options.mode() == WriteMode.CDC) {
      relaxBesideKey();
    }
    TableId table = schema.id();
    if (!missing.isEmpty()) {
      steps.add(new Step.AddColumns(table, missing));
    }
    if (!relaxed.isEmpty()) {
      steps.add(new Step.RelaxColumns(table, relaxed));
    }
    widened.forEach(column -> steps.add(new Step.WidenColumn(table, column)));
    LiveOptions.step(schema, options).ifPresent(steps::add);
    Comments.step(schema, shape).ifPresent(steps::add);
    return steps;
  }

  /** The sink's own column of a table. */
  static Column metadata(TableOptions options) {
    return options.mode() == WriteMode.APPEND ? HISTORY_COLUMN : METADATA_COLUMN;
  }

  /** A column that NULL fits into; REPEATED stays, because an array is never NULL. */
  public static Column optional(Column column) {
    return column.mode() == Column.Mode.REQUIRED ? column.withMode(Column.Mode.NULLABLE) : column;
  }

  /** Whether the table has to be written anew for its key. */
  private boolean key(List<Step> steps) {
    List<String> declared = lower(schema.primaryKey());
    List<String> wanted =
        options.mode() == WriteMode.APPEND ? List.of() : lower(shape.keyColumns());
    if (declared.equals(wanted)) {
      return false;
    }
    boolean present = wanted.stream().allMatch(name -> schema.column(name).isPresent());
    if (declared.isEmpty() && present) {
      steps.add(new Step.AddPrimaryKey(schema.id(), shape.keyColumns()));
      return false;
    }
    if (options.conflict() == Conflict.RECREATE && options.mode() == WriteMode.MERGE && present) {
      return true;
    }
    throw new SinkException(
        ErrorCode.TABLE_UNFIT,
        "Table "
            + schema.id()
            + " has the primary key "
            + declared
            + (options.mode() == WriteMode.APPEND
                ? ", and in mode append a key has many rows."
                : ", the source has " + wanted + "."));
  }

  private void fit(Column asked) {
    boolean rewritable =
        options.conflict() == Conflict.RECREATE && options.mode() == WriteMode.MERGE;
    Column wanted = rewritable ? Recreation.content(asked) : asked;
    Optional<Column> present = schema.column(wanted.name());
    if (present.isEmpty()) {
      missing.add(optional(wanted.plain()));
      return;
    }
    Difference difference = Difference.between(present.get(), wanted, freedom(wanted));
    if (difference.conflict()) {
      conflict(present.get(), wanted);
      return;
    }
    take(difference);
  }

  private void take(Difference difference) {
    difference.grown().ifPresent(missing::add);
    difference.widened().ifPresent(widened::add);
    relaxed.addAll(difference.relaxed());
  }

  private void conflict(Column present, Column wanted) {
    boolean key = isKey(wanted);
    switch (options.conflict()) {
      case FAIL -> throw conflicting(present, wanted);
      case DEAD_LETTER -> {
        // Its records are refused one by one as they are encoded.
      }
      case NEW_COLUMN -> {
        if (key) {
          throw conflicting(present, wanted);
        }
        aside(Aside.of(schema.columns(), wanted, shape.columns(), freedom(wanted)));
      }
      case RECREATE -> {
        if (streamed()) {
          throw conflicting(present, wanted);
        }
        rewritten.add(
            Recreation.both(present, wanted).orElseThrow(() -> conflicting(present, wanted)));
      }
    }
  }

  private void aside(Column wanted) {
    Optional<Column> present = schema.column(wanted.name());
    if (present.isEmpty()) {
      missing.add(optional(wanted.plain()));
      return;
    }
    Difference difference = Difference.between(present.get(), wanted, freedom(wanted));
    if (difference.conflict()) {
      throw conflicting(present.get(), wanted);
    }
    take(difference);
  }

  private SinkException conflicting(Column present, Column wanted) {
    return new SinkException(
        ErrorCode.SCHEMA_CONFLICT,
        "Column "
            + present.name()
            + " of "
            + schema.id()
            + " is "
            + present.fullType()
            + ", and the source's is "
            + wanted.fullType()
            + ".");
  }

  private Step recreate() {
    List<Column> columns = new ArrayList<>();
    for (Column present : schema.columns()) {
      refuseGuarded(present);
      boolean key = shape.keyColumns().stream().anyMatch(present.name()::equalsIgnoreCase);
      Column column =
          rewritten.stream()
              .filter(wanted -> wanted.name().equalsIgnoreCase(present.name()))
              .findFirst()
              .orElse(present);
      columns.add(key ? column.withMode(Column.Mode.REQUIRED) : optional(column));
    }
    return new Step.Recreate(schema.id(), columns, shape.keyColumns(), schema.traits());
  }

  private void refuseGuarded(Column column) {
    if (!column.details().policyTag().isEmpty()) {
      throw new SinkException(
          ErrorCode.SCHEMA_CONFLICT,
          "Table "
              + schema.id()
              + " cannot be written anew: column "
              + column.name()
              + " would lose its policy tag.");
    }
    column.fields().forEach(this::refuseGuarded);
  }

  /** A column that the source dropped takes NULL. A delete may tell its key only. */
  private void relaxDropped() {
    if (shape.columns().size() == shape.keyColumns().size()) {
      return;
    }
    for (Column present : schema.columns()) {
      boolean dropped =
          shape.columns().stream().noneMatch(c -> c.name().equalsIgnoreCase(present.name()));
      if (dropped && present.mode() == Column.Mode.REQUIRED) {
        relaxed.add(present.name());
      }
    }
  }

  /** A delete tells the key alone, and it is not known whether others may be left out then. */
  private void relaxBesideKey() {
    for (Column present : schema.columns()) {
      boolean key = shape.keyColumns().stream().anyMatch(present.name()::equalsIgnoreCase);
      if (!key && present.mode() == Column.Mode.REQUIRED && !relaxed.contains(present.name())) {
        relaxed.add(present.name());
      }
    }
  }

  /** BigQuery does not change types in a table that rows were streamed to in the last hours. */
  private boolean streamed() {
    return options.mode() != WriteMode.MERGE;
  }

  private Difference.Freedom freedom(Column wanted) {
    if (streamed()) {
      return Difference.Freedom.STILL;
    }
    if (isKey(wanted) || schema.traits().orderedBy(wanted.name())) {
      return Difference.Freedom.FIXED;
    }
    return options.columns().of(wanted.name()).lossy() == Lossy.ROUND
        ? Difference.Freedom.ROUNDING
        : Difference.Freedom.EXACT;
  }

  private boolean isKey(Column column) {
    return shape.keyColumns().stream().anyMatch(column.name()::equalsIgnoreCase);
  }

  private static List<String> lower(List<String> names) {
    return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }

  private static void refuseReserved(TableId table, Shape shape) {
    for (Column column : shape.columns()) {
      String name = column.name().toLowerCase(Locale.ROOT);
      if (name.equals(METADATA) || name.startsWith(StagingTable.PREFIX)) {
        throw new SinkException(
            ErrorCode.TABLE_UNFIT,
            "Column "
                + column.name()
                + " of "
                + table
                + " bears a name that the sink uses itself; rename it at the source, or leave it out"
                + " with table.override.<table>.column.<name>.exclude=true.");
      }
    }
  }
}
