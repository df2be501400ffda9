package io.tributary.systemtests;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A table with one column per type, and its rows. Ordinary values share rows; a special value has a
 * row to itself.
 *
 * @param name the table, with its schema
 * @param columns the columns in order
 * @param rows the rows; the number of a row in this list is its key
 */
record SampleTable(String name, List<Column> columns, List<Row> rows) {
  /** What is added to the key when the rows are inserted again while the connectors stream. */
  static final int STREAMED = 10_000;

  /** A column and how the database shows its values. */
  record Column(SourceType type, String name, String sql, String truth) {}

  /** A row; columns that are not named are NULL. */
  record Row(boolean special, Map<String, Value> values) {}

  /** A literal, and what it is called in reports. */
  record Value(String literal, String what) {}

  static SampleTable scalars(String name, List<SourceType> types) {
    List<Column> columns = new ArrayList<>();
    List<Row> ordinary = new ArrayList<>();
    List<Row> special = new ArrayList<>();
    ordinary.add(new Row(false, new LinkedHashMap<>()));
    for (SourceType type : types) {
      columns.add(
          new Column(type, type.column(), type.sql(), type.truth().formatted(type.column())));
      int number = 1;
      for (Sample sample : type.ordinary()) {
        put(ordinary, number++, type.column(), value(type, sample));
      }
      for (Sample sample : type.specials()) {
        special.add(new Row(true, Map.of(type.column(), value(type, sample))));
      }
    }
    ordinary.addAll(special);
    return new SampleTable(name, columns, ordinary);
  }

  static SampleTable arrays(String name, List<SourceType> types) {
    List<Column> columns = new ArrayList<>();
    List<Row> ordinary = new ArrayList<>();
    List<Row> special = new ArrayList<>();
    ordinary.add(new Row(false, new LinkedHashMap<>()));
    for (SourceType type : types) {
      if (!type.inArrays()) {
        continue;
      }
      String array = type.sql() + "[]";
      String column = type.column();
      String truth =
          "(SELECT json_agg(%s) FROM unnest(%s) AS e)"
              .formatted(type.truth().formatted("e"), column);
      columns.add(new Column(type, column, array, truth));
      List<String> items =
          type.samples().stream()
              .filter(sample -> !SampleTable.alone(sample))
              .map(Sample::literal)
              .toList();
      put(ordinary, 1, column, array("typical", items, array));
      put(ordinary, 2, column, array("one item", items.subList(0, 1), array));
      put(ordinary, 3, column, new Value("'{}'", "empty"));
      special.add(alone(column, array("NULL item", List.of(items.get(0), "NULL"), array)));
      special.add(
          alone(
              column,
              new Value(
                  "ARRAY[[%1$s, %1$s], [%1$s, %1$s]]::%2$s".formatted(items.get(0), array),
                  "two dimensions")));
      type.samples().stream()
          .filter(SampleTable::alone)
          .forEach(
              sample ->
                  special.add(
                      alone(
                          column, array("of " + sample.text(), List.of(sample.literal()), array))));
    }
    ordinary.addAll(special);
    return new SampleTable(name, columns, ordinary);
  }

  /** The ends of a type's range suffer from more than the rest of it. */
  private static boolean alone(Sample sample) {
    return sample.special()
        || sample.kind() == Sample.Kind.MINIMUM
        || sample.kind() == Sample.Kind.MAXIMUM;
  }

  private static void put(List<Row> rows, int number, String column, Value value) {
    while (rows.size() <= number) {
      rows.add(new Row(false, new LinkedHashMap<>()));
    }
    rows.get(number).values().put(column, value);
  }

  private static Row alone(String column, Value value) {
    return new Row(true, Map.of(column, value));
  }

  private static Value value(SourceType type, Sample sample) {
    String text = sample.text();
    String shown = text.length() > 60 ? text.substring(0, 60) + "..." : text;
    return new Value(type.literal().formatted(sample.literal()), sample.kind() + " " + shown);
  }

  private static Value array(String what, List<String> items, String sql) {
    return new Value("ARRAY[" + String.join(", ", items) + "]::" + sql, what);
  }

  String create() {
    return columns.stream()
            .map(column -> ",\n  " + column.name() + " " + column.sql())
            .collect(
                Collectors.joining(
                    "",
                    "CREATE TABLE " + name + " (id int PRIMARY KEY, note text",
                    ",\n  c_generated int GENERATED ALWAYS AS (id * 2) STORED)"))
        + columns.stream()
            .filter(column -> column.sql().endsWith("[]"))
            .map(column -> keptInLine(column.name()))
            .collect(Collectors.joining());
  }

  /** An update would not send an array that lies elsewhere. */
  private String keptInLine(String column) {
    return ";\nALTER TABLE " + name + " ALTER COLUMN " + column + " SET STORAGE MAIN";
  }

  /** Inserts all rows, the first one with this key. */
  void insert(Statement database, int first) throws SQLException {
    for (int i = 0; i < rows.size(); i++) {
      List<String> names = new ArrayList<>(List.of("id", "note"));
      List<String> literals = new ArrayList<>(List.of(Integer.toString(first + i), "'new'"));
      rows.get(i)
          .values()
          .forEach(
              (column, value) -> {
                names.add(column);
                literals.add(value.literal());
              });
      String insert =
          "INSERT INTO %s (%s) VALUES (%s)"
              .formatted(name, String.join(", ", names), String.join(", ", literals));
      try {
        database.execute(insert);
      } catch (SQLException e) {
        throw new SQLException(insert, e);
      }
    }
  }

  /** Changes the ordinary rows that were inserted while streaming. */
  void update(Statement database) throws SQLException {
    database.execute(
        "UPDATE %s SET note = 'changed' WHERE id BETWEEN %d AND %d"
            .formatted(name, STREAMED, STREAMED + ordinary() - 1));
  }

  int ordinary() {
    return (int) rows.stream().filter(row -> !row.special()).count();
  }

  Row row(int id) {
    return rows.get(id % STREAMED);
  }

  /** All values as the database itself shows them, by key and column. */
  Map<Integer, Map<String, String>> truth(Statement database) throws SQLException {
    String select =
        columns.stream()
            .map(Column::truth)
            .collect(Collectors.joining(", ", "SELECT id, ", " FROM " + name));
    Map<Integer, Map<String, String>> truth = new HashMap<>();
    try (ResultSet found = database.executeQuery(select)) {
      while (found.next()) {
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
          row.put(columns.get(i).name(), found.getString(i + 2));
        }
        truth.put(found.getInt("id"), row);
      }
    }
    return truth;
  }
}
