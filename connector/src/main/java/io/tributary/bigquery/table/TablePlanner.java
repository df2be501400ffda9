package io.tributary.bigquery.table;

import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Compares what a change asks for with the table that is there, and answers the steps between them.
 * Pure.
 */
public final class TablePlanner {
  /** The sink's own column in every destination table. */
  public static final String METADATA = "change_metadata";

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

  private static final int MAX_CLUSTERING = 4;

  private TablePlanner() {}

  /** The steps that make a destination table fit a shape; empty when it does. */
  public static List<Step> plan(TableId table, Optional<TableSchema> actual, Shape shape) {
    refuseReserved(table, shape);
    if (actual.isEmpty()) {
      return List.of(create(table, shape));
    }
    TableSchema schema = actual.get();
    checkKey(schema, shape);
    List<Column> missing = new ArrayList<>();
    List<String> relaxed = new ArrayList<>();
    for (Column wanted : shape.columns()) {
      Optional<Column> present = schema.column(wanted.name());
      if (present.isEmpty()) {
        missing.add(optional(wanted));
      } else if (wanted.mode() == Column.Mode.NULLABLE
          && present.get().mode() == Column.Mode.REQUIRED) {
        relaxed.add(present.get().name());
      }
    }
    if (schema.column(METADATA).isEmpty()) {
      missing.add(METADATA_COLUMN);
    }
    List<Step> steps = new ArrayList<>();
    if (!missing.isEmpty()) {
      steps.add(new Step.AddColumns(table, missing));
    }
    if (!relaxed.isEmpty()) {
      steps.add(new Step.RelaxColumns(table, relaxed));
    }
    return steps;
  }

  /** A column that NULL fits into; REPEATED stays, because an array is never NULL. */
  public static Column optional(Column column) {
    return column.mode() == Column.Mode.REQUIRED ? column.withMode(Column.Mode.NULLABLE) : column;
  }

  private static Step create(TableId table, Shape shape) {
    List<Column> columns = new ArrayList<>();
    for (Column column : shape.columns()) {
      boolean key = shape.keyColumns().contains(column.name());
      columns.add(key ? column.withMode(Column.Mode.REQUIRED) : optional(column));
      if (key && !column.type().keyable()) {
        throw new SinkException(
            ErrorCode.TABLE_UNFIT,
            "Column "
                + column.name()
                + " of "
                + table
                + " cannot be part of a primary key: BigQuery has no keys of type "
                + column.type()
                + ".");
      }
    }
    columns.add(METADATA_COLUMN);
    List<String> clustering =
        shape.keyColumns().subList(0, Math.min(MAX_CLUSTERING, shape.keyColumns().size()));
    return new Step.CreateTable(
        table, columns, shape.keyColumns(), clustering, null, null, Map.of(), "");
  }

  private static void checkKey(TableSchema schema, Shape shape) {
    List<String> declared = lower(schema.primaryKey());
    List<String> wanted = lower(shape.keyColumns());
    if (!declared.equals(wanted)) {
      throw new SinkException(
          ErrorCode.TABLE_UNFIT,
          "Table "
              + schema.id()
              + " has the primary key "
              + declared
              + ", the source has "
              + wanted
              + ".");
    }
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
