package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.ColumnType;
import io.tributary.emulator.catalog.DatasetRef;
import io.tributary.emulator.catalog.Mode;
import io.tributary.emulator.catalog.StoredTable;
import io.tributary.emulator.catalog.TableDefinition;
import io.tributary.emulator.sql.Constants;
import io.tributary.emulator.sql.QuerySource;
import io.tributary.emulator.sql.Types;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The views of INFORMATION_SCHEMA, as constants taken from the catalog. */
final class InformationSchema {
  private static final String NAME = "INFORMATION_SCHEMA";

  private final TableStore store;
  private final ServiceViews service;

  InformationSchema(TableStore store, ServiceViews service) {
    this.store = store;
    this.service = service;
  }

  static boolean isIn(List<String> path) {
    return path.stream().anyMatch(NAME::equalsIgnoreCase);
  }

  void add(List<String> path, Session session) {
    int at = path.size() - 2;
    if (at < 0 || !path.get(at).equalsIgnoreCase(NAME)) {
      throw BigQueryError.invalidQuery("Invalid table name: " + String.join(".", path));
    }
    SystemView view = view(path.subList(0, at), path.get(at + 1), session);
    session.catalog().addSource(path, view.columns(), new QuerySource.Inline(rows(view)));
  }

  private SystemView view(List<String> place, String view, Session session) {
    String name = view.toUpperCase(Locale.ROOT);
    String last = place.isEmpty() ? "" : place.get(place.size() - 1);
    boolean region = last.toLowerCase(Locale.ROOT).startsWith("region-");
    String project = place.size() > 1 ? place.get(0) : session.request().project();
    if (region || place.isEmpty()) {
      if (name.startsWith("SCHEMATA")) {
        return name.equals("SCHEMATA")
            ? MetadataViews.schemata(store.datasets().of(project))
            : refused(name);
      }
      Optional<SystemView> kept = service.view(name, project);
      if (kept.isPresent()) {
        return kept.get();
      } else if (place.isEmpty()) {
        throw BigQueryError.invalidQuery(
            "INFORMATION_SCHEMA must be qualified with a dataset"
                + " (dataset.INFORMATION_SCHEMA.view)");
      }
      List<TableDefinition> all = new ArrayList<>();
      store.datasets().of(project).forEach(d -> all.addAll(store.tables(d.ref())));
      return view(name, all, session);
    }
    return view(name, store.tables(new DatasetRef(project, last)), session);
  }

  private SystemView view(String name, List<TableDefinition> tables, Session session) {
    return switch (name) {
      case "TABLES" -> new SystemView(tableColumns(), tableRows(tables));
      case "COLUMNS" -> new SystemView(columnColumns(), columnRows(tables));
      case "COLUMN_FIELD_PATHS" -> MetadataViews.fieldPaths(tables);
      case "TABLE_OPTIONS" -> new SystemView(optionColumns(), optionRows(tables));
      case "TABLE_CONSTRAINTS" -> MetadataViews.constraints(tables);
      case "KEY_COLUMN_USAGE" -> new SystemView(keyColumns(), keyRows(tables));
      case "CONSTRAINT_COLUMN_USAGE" -> MetadataViews.columnUsage(tables);
      case "VIEWS" -> MetadataViews.views(tables);
      case "PARTITIONS" -> partitions(tables, session);
      default -> refused(name);
    };
  }

  private static SystemView refused(String name) {
    throw BigQueryError.notImplemented("INFORMATION_SCHEMA." + name + " is not supported");
  }

  private SystemView partitions(List<TableDefinition> tables, Session session) {
    List<StoredTable> stored =
        tables.stream()
            .filter(t -> t.viewQuery() == null)
            .flatMap(t -> store.find(t.ref()).stream())
            .toList();
    stored.forEach(store::refresh);
    try {
      return MetadataViews.partitions(stored, session.connection());
    } catch (SQLException e) {
      throw Database.translated(e);
    }
  }

  private static String rows(SystemView view) {
    List<String> names = view.columns().stream().map(c -> PhysicalTables.quote(c.name())).toList();
    String head = "SELECT * FROM (VALUES ";
    String tail = ") AS v(" + String.join(", ", names) + ")";
    if (view.rows().isEmpty()) {
      return head
          + "("
          + cells(view.columns(), new Object[names.size()])
          + ")"
          + tail
          + " WHERE FALSE";
    }
    return head
        + view.rows().stream()
            .map(row -> "(" + cells(view.columns(), row) + ")")
            .collect(Collectors.joining(", "))
        + tail;
  }

  private static String cells(List<Column> columns, Object[] row) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      cells.add(Constants.print(Types.analyzerType(columns.get(i)), row[i]));
    }
    return String.join(", ", cells);
  }

  private static List<Column> tableColumns() {
    List<Column> columns =
        MetadataViews.strings(
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
    List<Column> columns =
        MetadataViews.strings("table_catalog", "table_schema", "table_name", "column_name");
    columns.add(Column.nullable("ordinal_position", ColumnType.INT64));
    columns.addAll(
        MetadataViews.strings(
            "is_nullable",
            "data_type",
            "is_generated",
            "is_hidden",
            "is_system_defined",
            "is_partitioning_column"));
    columns.add(Column.nullable("clustering_ordinal_position", ColumnType.INT64));
    columns.addAll(MetadataViews.strings("collation_name", "column_default", "rounding_mode"));
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
    return MetadataViews.strings(
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
      option(rows, table, "max_staleness", "INTERVAL", table.maxStaleness());
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
        MetadataViews.strings(
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
