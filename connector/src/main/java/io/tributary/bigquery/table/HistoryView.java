package io.tributary.bigquery.table;

import static java.util.stream.Collectors.joining;

import io.tributary.bigquery.config.ColumnChoices;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * The view beside a table of changes that shows each row's latest state: deletes and truncates are
 * applied, repeats are gone, and columns that the source left out have their last known values,
 * also of the key that the row had before. What was left out since before two changes of the key is
 * NULL.
 *
 * @param history the table of changes
 * @param key names of the key's columns; not empty
 * @param choices what the configuration says of the columns
 */
public record HistoryView(TableSchema history, List<String> key, ColumnChoices choices) {
  /** What the view's name ends in. */
  public static final String CURRENT = "_current";

  private static final String QUERY =
      """
      WITH trib_log AS (
        SELECT {keys}{small}{large.boxed}, change_metadata, COALESCE(change_metadata.position, b'') AS trib_position,
          COALESCE(change_metadata.operation, '') AS trib_op
        FROM {table}
        WHERE COALESCE(change_metadata.operation, '') != 't' AND COALESCE(change_metadata.position, b'') >= (
          SELECT COALESCE(MAX(IF(change_metadata.operation = 't', change_metadata.position, NULL)), b'') FROM {table})),
      trib_lives AS (
        SELECT *, COUNTIF(trib_op = 'd') OVER (
          PARTITION BY {keys} ORDER BY trib_position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS trib_life
        FROM trib_log),
      trib_states AS (
        SELECT {keys}{small}{large.known}, change_metadata, trib_position, trib_op, FIRST_VALUE(
            IF(trib_op = 'c', change_metadata.link, NULL)) OVER (
            {life} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS trib_from
        FROM trib_lives),
      trib_left AS (
        SELECT change_metadata.link AS trib_link{large} FROM trib_states
        WHERE trib_op = 'd' AND change_metadata.link IS NOT NULL
        QUALIFY ROW_NUMBER() OVER (PARTITION BY change_metadata.link ORDER BY trib_position DESC) = 1),
      trib_latest AS (
        SELECT * FROM trib_states WHERE TRUE
        QUALIFY ROW_NUMBER() OVER (PARTITION BY {keys} ORDER BY trib_position DESC) = 1)
      SELECT {columns}, trib_s.change_metadata
      FROM trib_latest AS trib_s LEFT JOIN trib_left AS trib_d ON trib_d.trib_link = trib_s.trib_from
      WHERE trib_s.trib_op != 'd'""";

  public HistoryView {
    key = List.copyOf(key);
  }

  /** The view. */
  TableId id() {
    return history.id().sibling(TableNames.table(history.id().table() + CURRENT));
  }

  /** Whether a view has the table's columns. */
  boolean shownBy(TableSchema view) {
    return view.traits().kind().equals("VIEW") && columns(view).equals(columns(history));
  }

  /** The same column is spelled alike in a table and in a view of it. */
  private static List<String> columns(TableSchema schema) {
    return TablePlanner.sourceColumns(schema).stream()
        .map(column -> column.name() + " " + shape(column))
        .sorted()
        .toList();
  }

  private static String shape(Column column) {
    return (column.mode() == Column.Mode.REPEATED ? "[]" : "")
        + column.type()
        + column.fields().stream().map(field -> field.name() + " " + shape(field)).toList();
  }

  Step step() {
    List<Column> data =
        TablePlanner.sourceColumns(history).stream()
            .filter(column -> key.stream().noneMatch(column.name()::equalsIgnoreCase))
            .toList();
    List<String> large = Absent.of(data, choices);
    List<String> small =
        data.stream().map(Column::name).filter(name -> !large.contains(name)).toList();
    String columns =
        TablePlanner.sourceColumns(history).stream()
            .map(Column::name)
            .map(
                name ->
                    large.contains(name)
                        ? "IF(trib_s.%1$s IS NULL, trib_d.%1$s, trib_s.%1$s).v AS %1$s"
                            .formatted(Sql.name(name))
                        : "trib_s." + Sql.name(name))
            .collect(joining(", "));
    String keys = key.stream().map(Sql::name).collect(joining(", "));
    String life = "PARTITION BY " + keys + ", trib_life ORDER BY trib_position";
    return new Step.CreateView(
        id(),
        QUERY
            .replace("{table}", Sql.name(history.id()))
            .replace("{keys}", keys)
            .replace("{small}", each(small, Sql::name))
            .replace("{large}", each(large, Sql::name))
            .replace("{large.boxed}", each(large, HistoryView::boxed))
            .replace("{large.known}", each(large, name -> known(name, life)))
            .replace("{life}", life)
            .replace("{columns}", columns));
  }

  /** A value that the change told, or NULL. */
  private static String boxed(String name) {
    return "[STRUCT(%1$s AS v)][SAFE_OFFSET(IF(change_metadata.operation = 'd' OR %2$s IN UNNEST(change_metadata.unavailable), 1, 0))] AS %1$s"
        .formatted(Sql.name(name), Sql.text(name.toLowerCase(Locale.ROOT)));
  }

  private static String known(String name, String life) {
    return "LAST_VALUE(%1$s IGNORE NULLS) OVER (%2$s ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS %1$s"
        .formatted(Sql.name(name), life);
  }

  private static String each(List<String> names, UnaryOperator<String> text) {
    return names.stream().map(name -> ", " + text.apply(name)).collect(joining());
  }
}
