package io.tributary.bigquery.table;

import io.tributary.bigquery.config.PartitionChoice;
import io.tributary.bigquery.config.TableOptions;
import io.tributary.bigquery.config.WriteMode;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How a table is created for a shape. */
final class NewTable {
  private static final int MAX_CLUSTERING = 4;

  /** What BigQuery does not cluster by, of the types of keys (page "Clustered tables"). */
  private static final Set<ColumnType> UNSORTABLE = Set.of(ColumnType.BYTES);

  private NewTable() {}

  static Step create(TableId table, Shape shape, TableOptions options) {
    boolean many = options.mode() == WriteMode.APPEND;
    List<Column> columns = new ArrayList<>();
    for (Column column : shape.columns()) {
      boolean key = !many && shape.keyColumns().contains(column.name());
      if (key && !column.type().keyable()) {
        throw unfit(
            "Column "
                + column.name()
                + " of "
                + table
                + " cannot be part of a primary key: BigQuery has no keys of type "
                + column.type()
                + ".");
      }
      Column plain = column.plain();
      columns.add(key ? plain.withMode(Column.Mode.REQUIRED) : TablePlanner.optional(plain));
    }
    columns.add(TablePlanner.metadata(options));
    Traits traits =
        new Traits(
            Traits.NONE.kind(),
            clustering(table, shape, options),
            options.partitioning().map(choice -> partitioning(table, shape, choice)),
            options.labels(),
            options.description().orElse(""),
            options.kmsKey().orElse(""));
    return new Step.CreateTable(table, columns, many ? List.of() : shape.keyColumns(), traits);
  }

  private static List<String> clustering(TableId table, Shape shape, TableOptions options) {
    if (options.clustering().isEmpty()) {
      return shape.columns().stream()
          .filter(column -> shape.keyColumns().contains(column.name()))
          .filter(column -> !UNSORTABLE.contains(column.type()))
          .map(Column::name)
          .sorted(Comparator.comparing(shape.keyColumns()::indexOf))
          .limit(MAX_CLUSTERING)
          .toList();
    }
    return options.clustering().stream()
        .map(name -> column(table, shape, name, "clustering").name())
        .toList();
  }

  private static PartitionChoice partitioning(TableId table, Shape shape, PartitionChoice choice) {
    Optional<Column> column =
        choice.column().map(name -> column(table, shape, name, "partitioning"));
    if (column.isPresent() && !dated(column.get())) {
      throw unfit(
          "Table "
              + table
              + " cannot be partitioned by column "
              + column.get().name()
              + ", which is "
              + column.get().typeText()
              + " and not DATE, DATETIME or TIMESTAMP.");
    }
    return new PartitionChoice(column.map(Column::name), choice.granularity(), choice.expiration());
  }

  private static boolean dated(Column column) {
    return column.mode() != Column.Mode.REPEATED
        && (column.type() == ColumnType.DATE
            || column.type() == ColumnType.DATETIME
            || column.type() == ColumnType.TIMESTAMP);
  }

  private static Column column(TableId table, Shape shape, String name, String what) {
    return shape.columns().stream()
        .filter(column -> column.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () -> unfit("Table " + table + " has no column " + name + " for its " + what + "."));
  }

  private static SinkException unfit(String reason) {
    return new SinkException(ErrorCode.TABLE_UNFIT, reason);
  }
}
