package io.tributary.bigquery.table;

import io.tributary.bigquery.config.WriteMode;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Whether the sink can take over a table that it did not create. */
final class Adoption {
  private static final String PROCEDURE = " See \"Adopting a table\" in docs/schema.md.";

  private Adoption() {}

  /** What the table's metadata tells. */
  static void check(TableSchema schema, Shape shape) {
    if (!schema.traits().isTable()) {
      throw refused(schema.id(), "it is a " + schema.traits().kind() + " and not a table.");
    }
    List<String> columns = shape.columns().stream().map(Column::name).toList();
    List<String> unfillable =
        schema.columns().stream()
            .filter(column -> column.mode() == Column.Mode.REQUIRED)
            .map(Column::name)
            .filter(name -> columns.stream().noneMatch(name::equalsIgnoreCase))
            .toList();
    boolean whole = columns.size() > shape.keyColumns().size();
    if (whole && !unfillable.isEmpty()) {
      throw refused(
          schema.id(),
          "the source lacks its REQUIRED columns " + String.join(", ", unfillable) + ".");
    }
    for (String key : shape.keyColumns()) {
      if (schema.column(key).isEmpty()) {
        throw refused(schema.id(), "it lacks the key column " + key + ".");
      }
    }
  }

  /** A table of changes is none of rows, and the other way round. */
  static void checkMode(TableSchema schema, Column kept, WriteMode mode) {
    boolean history =
        kept.fields().stream()
            .map(Column::name)
            .anyMatch(name -> name.equalsIgnoreCase(TablePlanner.UNAVAILABLE));
    if (history != (mode == WriteMode.APPEND)) {
      throw modeChanged(
          schema.id(),
          history ? "a row for each change" : "a row for each key",
          mode.toString().toLowerCase(Locale.ROOT));
    }
  }

  /** Asks for a row when changes are, or were, merged into the table. */
  static String merged(TableId staging) {
    return "SELECT 1 FROM "
        + Sql.name(staging)
        + " WHERE "
        + StagingTable.KIND
        + " = 'applied' LIMIT 1";
  }

  static SinkException modeChanged(TableId table, String had, String mode) {
    return new SinkException(
        ErrorCode.MODE_CHANGED,
        "Table "
            + table
            + " has "
            + had
            + " and cannot just become one of mode "
            + mode
            + ". See \"Changing a table's mode\" in docs/operations.md.");
  }

  /** Asks for a row when BigQuery applies, or applied, changes to the table itself. */
  static String streamed(TableId table) {
    return "SELECT option_value FROM "
        + Sql.name(table.project() + "." + table.dataset())
        + ".INFORMATION_SCHEMA.TABLE_OPTIONS WHERE option_name = 'max_staleness' AND table_name = "
        + Sql.text(table.table());
  }

  /** An option that was set and taken back stays as an interval of nothing. */
  static boolean unset(String interval) {
    return interval.chars().noneMatch(digit -> digit >= '1' && digit <= '9');
  }

  static SinkException streamedTo(TableId table) {
    return new SinkException(
        ErrorCode.TABLE_STREAMED,
        "Table " + table + " has max_staleness set, as tables that take changes themselves have.");
  }

  /** Asks how many rows stand in the way of a key. */
  static String keyless(TableSchema schema, List<String> key) {
    String columns =
        key.stream()
            .map(name -> Sql.name(schema.column(name).orElseThrow().name()))
            .collect(Collectors.joining(", "));
    String missing =
        key.stream().map(name -> Sql.name(name) + " IS NULL").collect(Collectors.joining(" OR "));
    return "SELECT (SELECT COUNT(*) FROM %1$s WHERE %3$s), (SELECT COUNT(*) FROM (SELECT 1 FROM %1$s GROUP BY %2$s HAVING COUNT(*) > 1))"
        .formatted(Sql.name(schema.id()), columns, missing);
  }

  static SinkException refused(TableId table, String reason) {
    return new SinkException(
        ErrorCode.TABLE_UNFIT, "Table " + table + " cannot be adopted: " + reason + PROCEDURE);
  }
}
