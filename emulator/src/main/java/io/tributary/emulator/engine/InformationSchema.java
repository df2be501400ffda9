package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.ColumnType;
import io.tributary.emulator.catalog.DatasetRef;
import io.tributary.emulator.catalog.Mode;
import io.tributary.emulator.catalog.TableDefinition;
import io.tributary.emulator.sql.Constants;
import io.tributary.emulator.sql.QuerySource;
import io.tributary.emulator.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The views of INFORMATION_SCHEMA, as constants taken from the catalog. */
final class InformationSchema {
  private final TableStore store;

  InformationSchema(TableStore store) {
    this.store = store;
  }

  void add(List<String> path, Session session) {
    int at = path.size() - 2;
    if (at < 1) {
      throw BigQueryError.invalidQuery(
          "INFORMATION_SCHEMA must be qualified with a dataset (dataset.INFORMATION_SCHEMA.view)");
    }
    String project = at > 1 ? path.get(at - 2) : session.request().project();
    List<TableDefinition> tables = store.tables(new DatasetRef(project, path.get(at - 1)));
    String view = path.get(at + 1).toUpperCase(Locale.ROOT);
    switch (view) {
      case "TABLES" -> add(path, session, tableColumns(), tableRows(tables));
      case "COLUMNS" -> add(path, session, columnColumns(), columnRows(tables));
      case "TABLE_OPTIONS" -> add(path, session, optionColumns(), optionRows(tables));
      case "KEY_COLUMN_USAGE" -> add(path, session, keyColumns(), keyRows(tables));
      default ->
          throw BigQueryError.notImplemented("INFORMATION_SCHEMA." + view + " is not supported");
    }
  }

  private static void add(
      List<String> path, Session session, List<Column> columns, List<Object[]> rows) {
    List<String> selects = new ArrayList<>();
    for (Object[] row : rows) {
      selects.add("SELECT " + cells(columns, row));
    }
    String sql =
        selects.isEmpty()
            ? "SELECT " + cells(columns, new Object[columns.size()]) + " WHERE FALSE"
            : String.join(" UNION ALL ", selects);
    session.catalog().addSource(path, columns, new QuerySource.Inline(sql));
  }

  private static String cells(List<Column> columns, Object[] row) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      cells.add(
          Constants.print(Types.analyzerType(column), row[i])
              + " AS "
              + PhysicalTables.quote(column.name()));
    }
    return String.join(", ", cells);
  }

  private static List<Column> strings(String... names) {
    List<Column> columns = new ArrayList<>();
    for (String name : names) {
      columns.add(Column.nullable(name, ColumnType.STRING));
    }
    return columns;
  }

  private static List<Column> tableColumns() {
    List<Column> columns =
        strings(
            "table_catalog",
            "table_schema",
            "table_name",
            "table_type",
            "is_insertable_into",
            "is_typed");
    columns.add(Column.nullable("creation_time", ColumnType.TIMESTAMP));
    columns.add(Column.nullable("ddl", ColumnType.STRING));
    columns.add(Column.nullable("upsert_stream_apply_watermark", ColumnType.TIMESTAMP));
    return columns;
  }

  private List<Object[]> tableRows(List<TableDefinition> tables) {
    List<Object[]> rows = new ArrayList<>();
    for (TableDefinition table : tables) {
      boolean view = table.viewQuery() != null;
      rows.add(
          new Object[] {
            table.ref().project(),
            table.ref().dataset(),
            table.ref().table(),
            view ? "VIEW" : "BASE TABLE",
            view ? "NO" : "YES",
            "NO",
            table.created(),
            null,
            store.find(table.ref()).flatMap(store.changes()::watermark).orElse(null)
          });
    }
    return rows;
  }

  private static List<Column> columnColumns() {
    List<Column> columns = strings("table_catalog", "table_schema", "table_name", "column_name");
    columns.add(Column.nullable("ordinal_position", ColumnType.INT64));
    columns.addAll(
        strings(
            "is_nullable",
            "data_type",
            "is_generated",
            "is_hidden",
            "is_system_defined",
            "is_partitioning_column"));
    columns.add(Column.nullable("clustering_ordinal_position", ColumnType.INT64));
    columns.addAll(strings("collation_name", "column_default", "rounding_mode"));
    return columns;
  }

  private static List<Object[]> columnRows(List<TableDefinition> tables) {
    List<Object[]> rows = new ArrayList<>();
    for (TableDefinition table : tables) {
      long position = 0;
      for (Column column : table.columns()) {
        boolean partitioning =
            table.partitioning() != null
                && column.name().equalsIgnoreCase(table.partitioning().field());
        int clustered = table.clustering().indexOf(column.name());
        rows.add(
            new Object[] {
              table.ref().project(),
              table.ref().dataset(),
              table.ref().table(),
              column.name(),
              ++position,
              column.mode() == Mode.REQUIRED ? "NO" : "YES",
              TypeText.of(column),
              "NEVER",
              "NO",
              "NO",
              partitioning ? "YES" : "NO",
              clustered < 0 ? null : (long) clustered + 1,
              "NULL",
              column.defaultValueExpression() == null ? "NULL" : column.defaultValueExpression(),
              null
            });
      }
    }
    return rows;
  }

  private static List<Column> optionColumns() {
    return strings(
        "table_catalog",
        "table_schema",
        "table_name",
        "option_name",
        "option_type",
        "option_value");
  }

  private static List<Object[]> optionRows(List<TableDefinition> tables) {
    List<Object[]> rows = new ArrayList<>();
    for (TableDefinition table : tables) {
      option(rows, table, "description", "STRING", quoted(table.description()));
      option(rows, table, "friendly_name", "STRING", quoted(table.friendlyName()));
      option(rows, table, "kms_key_name", "STRING", quoted(table.kmsKeyName()));
      option(
          rows,
          table,
          "expiration_timestamp",
          "TIMESTAMP",
          table.expiration() == null ? null : "TIMESTAMP \"" + table.expiration() + "\"");
      option(
          rows,
          table,
          "max_staleness",
          "INTERVAL",
          table.maxStaleness() == null
              ? null
              : "INTERVAL \"" + table.maxStaleness() + "\" YEAR TO SECOND");
      if (table.partitioning() != null && table.partitioning().expirationMs() != null) {
        double days = table.partitioning().expirationMs() / 86_400_000.0;
        option(rows, table, "partition_expiration_days", "FLOAT64", Double.toString(days));
      }
      if (!table.labels().isEmpty()) {
        List<String> pairs = new ArrayList<>();
        new java.util.TreeMap<>(table.labels())
            .forEach((k, v) -> pairs.add("STRUCT(" + quoted(k) + ", " + quoted(v) + ")"));
        option(
            rows,
            table,
            "labels",
            "ARRAY<STRUCT<STRING, STRING>>",
            "[" + String.join(", ", pairs) + "]");
      }
    }
    return rows;
  }

  private static void option(
      List<Object[]> rows, TableDefinition table, String name, String type, String value) {
    if (value != null) {
      rows.add(
          new Object[] {
            table.ref().project(), table.ref().dataset(), table.ref().table(), name, type, value
          });
    }
  }

  private static String quoted(String text) {
    return text == null ? null : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static List<Column> keyColumns() {
    List<Column> columns =
        strings(
            "constraint_catalog",
            "constraint_schema",
            "constraint_name",
            "table_catalog",
            "table_schema",
            "table_name",
            "column_name");
    columns.add(Column.nullable("ordinal_position", ColumnType.INT64));
    columns.add(Column.nullable("position_in_unique_constraint", ColumnType.INT64));
    return columns;
  }

  private static List<Object[]> keyRows(List<TableDefinition> tables) {
    List<Object[]> rows = new ArrayList<>();
    for (TableDefinition table : tables) {
      long position = 0;
      for (String column : table.primaryKey()) {
        rows.add(
            new Object[] {
              table.ref().project(),
              table.ref().dataset(),
              table.ref().table() + ".pk$",
              table.ref().project(),
              table.ref().dataset(),
              table.ref().table(),
              column,
              ++position,
              null
            });
      }
    }
    return rows;
  }
}
