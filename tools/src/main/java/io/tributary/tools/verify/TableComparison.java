package io.tributary.tools.verify;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableDefinition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Compares tables with SQL on both sides, reading both ordered by key, one page at a time.
 *
 * <p>The only thing left out is the sink's own column {@value #OWN_COLUMN}.
 */
public final class TableComparison {
  static final String OWN_COLUMN = "change_metadata";

  private static final int PAGE_ROWS = 2000;
  private static final int KEPT = 20;
  private static final String NO_ROW = "<no row>";
  private static final String NO_COLUMN = "<no column>";
  private static final String NO_TABLE = "<no table>";

  private final BigQuery bigQuery;
  private final String dataset;
  private final List<Difference> first = new ArrayList<>();
  private long count;
  private long rows;

  private TableComparison(BigQuery bigQuery, String dataset) {
    this.bigQuery = bigQuery;
    this.dataset = dataset;
  }

  /**
   * Compares every table, PostgreSQL's in one snapshot.
   *
   * @param connection must not be in a transaction; is left as it was
   * @param dataset the dataset that holds the copies
   * @throws SQLException if PostgreSQL refuses a query
   * @throws com.google.cloud.bigquery.BigQueryException if BigQuery refuses one
   * @throws IllegalArgumentException if a table has no primary key
   */
  public static Differences compare(
      Connection connection, BigQuery bigQuery, String dataset, List<SourceTable> tables)
      throws SQLException, InterruptedException {
    TableComparison comparison = new TableComparison(bigQuery, dataset);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
      for (SourceTable table : tables) {
        comparison.compare(connection, ComparedTable.read(connection, table));
      }
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
    return new Differences(
        tables.size(), comparison.rows, comparison.count, List.copyOf(comparison.first));
  }

  private void compare(Connection connection, ComparedTable table)
      throws SQLException, InterruptedException {
    Table copy = bigQuery.getTable(dataset, table.table().name());
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(PAGE_ROWS);
      try (ResultSet source = statement.executeQuery(table.postgresQuery())) {
        if (copy == null) {
          reportMissing(source, table);
        } else {
          List<ComparedColumn> present = reportColumns(table, copy);
          merge(source, target(table, present), table, present);
        }
      }
    }
  }

  private void reportMissing(ResultSet source, ComparedTable table) throws SQLException {
    // a table that never held a row has never been heard of
    if (source.next()) {
      report(new Difference(table.table().name(), "", "", "rows", NO_TABLE));
      do {
        rows++;
      } while (source.next());
    }
  }

  /** Reports columns that one side lacks; returns those to compare, the key first. */
  private List<ComparedColumn> reportColumns(ComparedTable table, Table copy) {
    TableDefinition definition = copy.getDefinition();
    List<String> names = definition.getSchema().getFields().stream().map(Field::getName).toList();
    String name = table.table().name();
    List<ComparedColumn> present = new ArrayList<>();
    for (ComparedColumn column : table.columns()) {
      if (names.stream().anyMatch(column::isNamed)) {
        present.add(column);
      } else {
        report(new Difference(name, "", column.name(), "a column", NO_COLUMN));
      }
    }
    for (String other : names) {
      if (!other.equals(OWN_COLUMN)
          && table.columns().stream().noneMatch(column -> column.isNamed(other))) {
        report(new Difference(name, "", other, NO_COLUMN, "a column"));
      }
    }
    return present;
  }

  private Iterator<List<String>> target(ComparedTable table, List<ComparedColumn> present)
      throws InterruptedException {
    Iterator<FieldValueList> values =
        bigQuery
            .query(
                QueryJobConfiguration.newBuilder(table.bigQueryQuery(dataset, present))
                    .setUseLegacySql(false)
                    .setMaxResults((long) PAGE_ROWS)
                    .build())
            .iterateAll()
            .iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return values.hasNext();
      }

      @Override
      public List<String> next() {
        if (!values.hasNext()) {
          throw new NoSuchElementException();
        }
        FieldValueList row = values.next();
        List<String> texts = new ArrayList<>(present.size());
        for (int i = 0; i < present.size(); i++) {
          texts.add(present.get(i).fromBigQuery(row.get(i)));
        }
        return texts;
      }
    };
  }

  private void merge(
      ResultSet source,
      Iterator<List<String>> target,
      ComparedTable table,
      List<ComparedColumn> present)
      throws SQLException {
    String name = table.table().name();
    Optional<List<String>> left = nextSource(source, table, present);
    Optional<List<String>> right = next(target);
    while (left.isPresent() || right.isPresent()) {
      int order =
          left.isEmpty() ? 1 : right.isEmpty() ? -1 : table.compareKeys(left.get(), right.get());
      if (order == 0) {
        compareRow(name, table.key(left.get()), present, left.get(), right.get());
      } else if (order < 0) {
        report(new Difference(name, table.key(left.get()), "", "a row", NO_ROW));
      } else {
        report(new Difference(name, table.key(right.get()), "", NO_ROW, "a row"));
      }
      if (order <= 0) {
        left = nextSource(source, table, present);
      }
      if (order >= 0) {
        right = next(target);
      }
    }
  }

  private void compareRow(
      String table,
      String key,
      List<ComparedColumn> columns,
      List<String> left,
      List<String> right) {
    for (int i = 0; i < columns.size(); i++) {
      if (!left.get(i).equals(right.get(i))) {
        report(new Difference(table, key, columns.get(i).name(), left.get(i), right.get(i)));
      }
    }
  }

  private Optional<List<String>> nextSource(
      ResultSet source, ComparedTable table, List<ComparedColumn> present) throws SQLException {
    if (!source.next()) {
      return Optional.empty();
    }
    rows++;
    List<String> texts = new ArrayList<>(present.size());
    for (ComparedColumn column : present) {
      texts.add(column.fromPostgres(source, table.columns().indexOf(column) + 1));
    }
    return Optional.of(texts);
  }

  private static Optional<List<String>> next(Iterator<List<String>> target) {
    return target.hasNext() ? Optional.of(target.next()) : Optional.empty();
  }

  private void report(Difference difference) {
    count++;
    if (first.size() < KEPT) {
      first.add(difference);
    }
  }
}
