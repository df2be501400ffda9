package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.ColumnType;
import io.tributary.emulator.catalog.Mode;
import io.tributary.emulator.catalog.Partitioning;
import io.tributary.emulator.catalog.TableDefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What BigQuery accepts as a table. */
final class DefinitionCheck {
  private static final int MAX_DEPTH = 15;
  private static final int MAX_COLUMNS = 10_000;
  private static final int MAX_KEY = 16;
  private static final int MAX_CLUSTERING = 4;
  private static final Set<ColumnType> TIME =
      Set.of(ColumnType.DATE, ColumnType.DATETIME, ColumnType.TIMESTAMP);

  private DefinitionCheck() {}

  static void check(TableDefinition table) {
    Names.checkTable(table.ref());
    Descriptions.checkLabels(table.labels());
    Descriptions.checkTable(table.description());
    Descriptions.checkColumns(table.columns());
    if (table.viewQuery() != null) {
      return;
    }
    int count = columns(table.columns(), 1);
    if (count > MAX_COLUMNS) {
      throw BigQueryError.invalid("Too many total leaf fields: " + count + ", max allowed: 10000");
    }
    key(table);
    clustering(table);
    if (table.partitioning() != null && table.partitioning().field() != null) {
      partitioning(table, table.partitioning());
    }
  }

  /** Fields at a depth of one more than there may be RECORDs around them. */
  private static int columns(List<Column> columns, int depth) {
    if (depth > MAX_DEPTH + 1 && !columns.isEmpty()) {
      throw BigQueryError.invalid("Nested fields go deeper than 15 levels");
    }
    Set<String> seen = new HashSet<>();
    int count = 0;
    for (Column column : columns) {
      Names.checkColumn(column.name());
      if (!seen.add(column.name().toLowerCase(Locale.ROOT))) {
        throw BigQueryError.invalid("Field " + column.name() + " already exists in schema");
      }
      if (column.type() == ColumnType.STRUCT && column.fields().isEmpty()) {
        throw BigQueryError.invalid("Field " + column.name() + " is type RECORD but has no schema");
      }
      count += 1 + columns(column.fields(), depth + 1);
    }
    return count;
  }

  private static Column column(TableDefinition table, String name, String use) {
    return table.columns().stream()
        .filter(c -> c.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                BigQueryError.invalid(
                    "The field specified for " + use + " cannot be found in the schema: " + name));
  }

  private static void key(TableDefinition table) {
    if (table.primaryKey().size() > MAX_KEY) {
      throw BigQueryError.invalid("A primary key has at most 16 columns");
    }
    for (String name : table.primaryKey()) {
      Column column = column(table, name, "the primary key");
      if (column.defaultValueExpression() != null) {
        throw BigQueryError.invalid("Primary key column " + name + " cannot have a default value");
      }
      boolean unfit =
          column.mode() == Mode.REPEATED
              || Set.of(
                      ColumnType.STRUCT,
                      ColumnType.FLOAT64,
                      ColumnType.TIME,
                      ColumnType.JSON,
                      ColumnType.GEOGRAPHY,
                      ColumnType.INTERVAL,
                      ColumnType.RANGE)
                  .contains(column.type());
      if (unfit) {
        throw BigQueryError.invalid(
            "The type of column " + name + " is not allowed in a primary key");
      }
    }
  }

  private static void clustering(TableDefinition table) {
    if (table.clustering().size() > MAX_CLUSTERING) {
      throw BigQueryError.invalid("Too many fields specified for clustering: at most 4");
    }
    for (String name : table.clustering()) {
      Column column = column(table, name, "clustering");
      boolean unfit =
          column.mode() == Mode.REPEATED
              || Set.of(ColumnType.STRUCT, ColumnType.JSON, ColumnType.FLOAT64, ColumnType.INTERVAL)
                  .contains(column.type());
      if (unfit) {
        throw BigQueryError.invalid("The field " + name + " cannot be used for clustering");
      }
    }
  }

  private static void partitioning(TableDefinition table, Partitioning partitioning) {
    Column column = column(table, partitioning.field(), "partitioning");
    boolean fits =
        partitioning.kind() == Partitioning.Kind.RANGE
            ? column.type() == ColumnType.INT64
            : TIME.contains(column.type())
                && !(column.type() == ColumnType.DATE
                    && partitioning.kind() == Partitioning.Kind.HOUR);
    if (!fits || column.mode() == Mode.REPEATED) {
      throw BigQueryError.invalid(
          "The field specified for partitioning has an unsuitable type: " + partitioning.field());
    }
  }
}
