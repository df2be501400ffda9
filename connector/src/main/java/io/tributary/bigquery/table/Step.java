package io.tributary.bigquery.table;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One change of a table's metadata, as data. Steps are safe to repeat. */
public sealed interface Step {
  TableId table();

  /** Create the dataset of a table. */
  record CreateDataset(TableId table) implements Step {}

  /**
   * Create the table.
   *
   * @param primaryKey empty for a table of the sink's own
   */
  record CreateTable(TableId table, List<Column> columns, List<String> primaryKey, Traits traits)
      implements Step {
    CreateTable withLabels(Map<String, String> more) {
      Map<String, String> all = new TreeMap<>(traits.labels());
      all.putAll(more);
      return new CreateTable(table, columns, primaryKey, traits.withLabels(all));
    }
  }

  /**
   * Add nullable or repeated columns at the end. Of a STRUCT that is there, those of its fields are
   * added that are not.
   */
  record AddColumns(TableId table, List<Column> columns) implements Step {}

  /** Make REQUIRED columns NULLABLE; fields of a STRUCT are named behind it and a dot. */
  record RelaxColumns(TableId table, List<String> columns) implements Step {}

  /** Set a label, keeping the others. */
  record SetLabel(TableId table, String key, String value) implements Step {}

  /**
   * Set labels, keeping the others, and what else is given.
   *
   * @param partitionLife life of partitions; zero for ever
   */
  record SetTraits(
      TableId table,
      Map<String, String> labels,
      Optional<String> description,
      Optional<Duration> partitionLife)
      implements Step {}

  /**
   * Set descriptions of columns, fields named behind their STRUCT and a dot. Nothing is done if the
   * table notes other replaced comments than expected: another task was first.
   *
   * @param noted the description of the sink's own column as it was
   * @param note what it becomes
   */
  record Describe(TableId table, Map<String, String> descriptions, String noted, String note)
      implements Step {}

  /** A step that only GoogleSQL knows. */
  sealed interface Statement extends Step {
    String sql();
  }

  /** Give a column a wider type. */
  record WidenColumn(TableId table, Column column) implements Statement {
    @Override
    public String sql() {
      return "ALTER TABLE "
          + Sql.name(table)
          + " ALTER COLUMN "
          + Sql.name(column.name())
          + " SET DATA TYPE "
          + column.fullType();
    }
  }

  /** Declare the primary key of a table that has none. */
  record AddPrimaryKey(TableId table, List<String> columns) implements Statement {
    @Override
    public String sql() {
      return "ALTER TABLE "
          + Sql.name(table)
          + " ADD PRIMARY KEY ("
          + String.join(", ", columns.stream().map(Sql::name).toList())
          + ") NOT ENFORCED";
    }
  }

  /** Make a view, or make it anew. */
  record CreateView(TableId table, String query) implements Statement {
    @Override
    public String sql() {
      return "CREATE OR REPLACE VIEW " + Sql.name(table) + " AS\n" + query;
    }
  }

  /**
   * Set by how much queries may lag behind what was streamed into the table; zero: not at all. Only
   * GoogleSQL sets it, and the metadata of a table do not tell it.
   *
   * @param version BigQuery's version of the metadata before, so that the same step can be taken
   *     again later
   */
  record SetStaleness(TableId table, Duration interval, String version) implements Statement {
    @Override
    public String sql() {
      String value = interval.isZero() ? "NULL" : "INTERVAL " + interval.toSeconds() + " SECOND";
      return "ALTER TABLE " + Sql.name(table) + " SET OPTIONS (max_staleness = " + value + ")";
    }
  }

  /**
   * Write the table anew with other columns or another key, its values converted. Done by a job of
   * the table's chain.
   *
   * @param columns all of them, in their order
   */
  record Recreate(TableId table, List<Column> columns, List<String> primaryKey, Traits traits)
      implements Step {}
}
