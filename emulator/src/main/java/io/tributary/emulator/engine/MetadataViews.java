package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.ColumnType;
import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.Mode;
import io.tributary.emulator.catalog.Partitioning;
import io.tributary.emulator.catalog.StoredTable;
import io.tributary.emulator.catalog.TableDefinition;
import io.tributary.emulator.sql.Partitions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBConnection;

/** The views of INFORMATION_SCHEMA about fields, constraints, views, partitions and datasets. */
final class MetadataViews {
  private MetadataViews() {}

  static List<Column> strings(String... names) {
    List<Column> columns = new ArrayList<>();
    for (String name : names) {
      columns.add(Column.nullable(name, ColumnType.STRING));
    }
    return columns;
  }

  private static Object[] row(TableDefinition table, Object... more) {
    Object[] row = new Object[3 + more.length];
    row[0] = table.ref().project();
    row[1] = table.ref().dataset();
    row[2] = table.ref().table();
    System.arraycopy(more, 0, row, 3, more.length);
    return row;
  }

  static SystemView fieldPaths(List<TableDefinition> tables) {
    List<Object[]> rows = new ArrayList<>();
    for (TableDefinition table : tables) {
      for (Column column : table.columns()) {
        addPaths(rows, table, column.name(), column.name(), column);
      }
    }
    return new SystemView(
        strings(
            "table_catalog",
            "table_schema",
            "table_name",
            "column_name",
            "field_path",
            "data_type",
            "description",
            "collation_name",
            "rounding_mode"),
        rows);
  }

  private static void addPaths(
      List<Object[]> rows, TableDefinition table, String column, String path, Column field) {
    rows.add(row(table, column, path, TypeText.of(field), field.description(), "NULL", null));
    for (Column inner : field.fields()) {
      addPaths(rows, table, column, path + "." + inner.name(), inner);
    }
  }

  static SystemView constraints(List<TableDefinition> tables) {
    List<Object[]> rows = new ArrayList<>();
    for (TableDefinition table : tables) {
      if (!table.primaryKey().isEmpty()) {
        rows.add(
            new Object[] {
              table.ref().project(),
              table.ref().dataset(),
              table.ref().table() + ".pk$",
              table.ref().project(),
              table.ref().dataset(),
              table.ref().table(),
              "PRIMARY KEY",
              "NO",
              "NO",
              "NO"
            });
      }
    }
    return new SystemView(
        strings(
            "constraint_catalog",
            "constraint_schema",
            "constraint_name",
            "table_catalog",
            "table_schema",
            "table_name",
            "constraint_type",
            "is_deferrable",
            "initially_deferred",
            "enforced"),
        rows);
  }

  /** The columns of keys, with which an own name of the constraint comes along. */
  static SystemView columnUsage(List<TableDefinition> tables) {
    List<Object[]> rows = new ArrayList<>();
    for (TableDefinition table : tables) {
      for (String column : table.primaryKey()) {
        rows.add(
            row(
                table,
                column,
                table.ref().project(),
                table.ref().dataset(),
                table.ref().table() + ".pk$"));
      }
    }
    return new SystemView(
        strings(
            "table_catalog",
            "table_schema",
            "table_name",
            "column_name",
            "constraint_catalog",
            "constraint_schema",
            "constraint_name"),
        rows);
  }

  static SystemView views(List<TableDefinition> tables) {
    List<Object[]> rows = new ArrayList<>();
    for (TableDefinition table : tables) {
      if (table.viewQuery() != null) {
        rows.add(row(table, table.viewQuery(), null, "YES"));
      }
    }
    return new SystemView(
        strings(
            "table_catalog",
            "table_schema",
            "table_name",
            "view_definition",
            "check_option",
            "use_standard_sql"),
        rows);
  }

  static SystemView schemata(List<DatasetDefinition> datasets) {
    List<Object[]> rows = new ArrayList<>();
    for (DatasetDefinition dataset : datasets) {
      rows.add(
          new Object[] {
            dataset.ref().project(),
            dataset.ref().dataset(),
            null,
            dataset.created(),
            dataset.modified(),
            dataset.location(),
            "NULL"
          });
    }
    List<Column> columns = strings("catalog_name", "schema_name", "schema_owner");
    columns.add(Column.nullable("creation_time", ColumnType.TIMESTAMP));
    columns.add(Column.nullable("last_modified_time", ColumnType.TIMESTAMP));
    columns.addAll(strings("location", "default_collation_name"));
    return new SystemView(columns, rows);
  }

  /** The partitions that have rows; a table without partitioning has one without a name. */
  static SystemView partitions(List<StoredTable> tables, DuckDBConnection connection)
      throws SQLException {
    List<Object[]> rows = new ArrayList<>();
    for (StoredTable table : tables) {
      TableDefinition definition = table.definition();
      for (Object[] found : partitions(table, connection)) {
        rows.add(row(definition, found[0], found[1], null, definition.modified(), "ACTIVE"));
      }
    }
    List<Column> columns = strings("table_catalog", "table_schema", "table_name", "partition_id");
    columns.add(Column.nullable("total_rows", ColumnType.INT64));
    columns.add(Column.nullable("total_logical_bytes", ColumnType.INT64));
    columns.add(Column.nullable("last_modified_time", ColumnType.TIMESTAMP));
    columns.addAll(strings("storage_tier"));
    return new SystemView(columns, rows);
  }

  private static List<Object[]> partitions(StoredTable table, DuckDBConnection connection)
      throws SQLException {
    Partitioning partitioning = table.definition().partitioning();
    String id = partitioning == null ? "CAST(NULL AS VARCHAR)" : Partitions.id(table);
    List<Object[]> rows =
        RowReader.read(
            connection,
            "SELECT "
                + id
                + " AS id, CAST(count(*) AS BIGINT) AS n FROM "
                + table.physicalName()
                + " GROUP BY ALL ORDER BY id",
            List.of(
                Column.nullable("id", ColumnType.STRING),
                new Column(
                    "n",
                    ColumnType.INT64,
                    Mode.NULLABLE,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null)));
    connection.commit();
    return rows.isEmpty() && partitioning == null
        ? List.<Object[]>of(new Object[] {null, 0L})
        : rows;
  }
}
