package io.tributary.bigquery.write;

import static java.util.stream.Collectors.joining;

import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import io.tributary.bigquery.table.Sql;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Expressions of GoogleSQL that turn a value of one column's type into another's, exactly or not at
 * all: a value that would change ends the query. Fields of a STRUCT go by name.
 */
final class Conversion {
  /** In the message of a query that met a value of another type that has no exact counterpart. */
  static final String INEXACT = "tributary: a value cannot be converted exactly: column ";

  /** What CAST takes to what: cloud.google.com/bigquery/docs/reference/standard-sql. */
  private static final Map<ColumnType, Set<ColumnType>> CASTS = casts();

  private final String column;
  private int names;

  private Conversion(String column) {
    this.column = column;
  }

  /** The expression's value as the other column holds it. */
  static String of(String expression, Column from, Column to) {
    return new Conversion(to.name()).any(expression, from, to);
  }

  /** Whether values of one type have a counterpart in the other at all. */
  static boolean possible(Column from, Column to) {
    if (repeated(from) != repeated(to)) {
      return false;
    }
    if (from.type() != ColumnType.STRUCT || to.type() != ColumnType.STRUCT) {
      return from.type() == to.type()
          || CASTS.getOrDefault(from.type(), Set.of()).contains(to.type());
    }
    return to.fields().stream()
        .allMatch(field -> field(from, field.name()).map(old -> possible(old, field)).orElse(true));
  }

  /** The type of a column as it stands in an expression, which takes no parameters of types. */
  static String type(Column column) {
    String item =
        column.type() == ColumnType.STRUCT
            ? "STRUCT<"
                + column.fields().stream()
                    .map(field -> Sql.name(field.name()) + " " + type(field))
                    .collect(joining(", "))
                + ">"
            : column.type().sql();
    return repeated(column) ? "ARRAY<" + item + ">" : item;
  }

  private String any(String expression, Column from, Column to) {
    if (alike(from, to)) {
      return expression;
    }
    if (!possible(from, to)) {
      String none = repeated(from) ? "ARRAY_LENGTH(%s) = 0" : "%s IS NULL";
      return "IF(" + none.formatted(expression) + ", " + empty(to) + ", " + error() + ")";
    }
    if (!repeated(from)) {
      return item(expression, from, to);
    }
    int level = names++;
    String element = "trib_e" + level;
    return "ARRAY(SELECT %2$s FROM UNNEST(%1$s) AS %3$s WITH OFFSET AS trib_o%4$d ORDER BY trib_o%4$d)"
        .formatted(expression, item(element, from, to), element, level);
  }

  private String item(String value, Column from, Column to) {
    if (to.type() == ColumnType.STRUCT) {
      String fields =
          to.fields().stream().map(field -> member(value, from, field)).collect(joining(", "));
      String single = type(to.withMode(Column.Mode.NULLABLE));
      return "IF(" + value + " IS NULL, NULL, " + single + "(" + fields + "))";
    }
    if (from.type() == to.type()) {
      return value;
    }
    if (to.type() == ColumnType.JSON) {
      return from.type() == ColumnType.STRING
          ? "PARSE_JSON(" + value + ")"
          : "TO_JSON(" + value + ")";
    }
    if (from.type() == ColumnType.JSON) {
      return "TO_JSON_STRING(" + value + ")";
    }
    String cast = cast(value, to.type());
    return exact(from.type(), to.type()) ? cast : checked(value, cast, from.type(), to.type());
  }

  private String member(String value, Column from, Column field) {
    return field(from, field.name())
        .map(old -> any(value + "." + Sql.name(old.name()), old, field))
        .orElseGet(() -> empty(field));
  }

  /** The cast, if casting back gives what was there. */
  private String checked(String value, String cast, ColumnType from, ColumnType to) {
    String back = cast(cast, from);
    String same = back + " = " + value;
    if (from == ColumnType.STRING) {
      if (to != ColumnType.NUMERIC) {
        return cast;
      }
      same = cast(cast, ColumnType.BIGNUMERIC) + " = " + cast(value, ColumnType.BIGNUMERIC);
    }
    return "CASE WHEN %s IS NULL THEN NULL WHEN %s THEN %s ELSE %s END"
        .formatted(value, same, cast, error());
  }

  private String error() {
    return "ERROR('" + INEXACT + column.replace("\\", "\\\\").replace("'", "\\'") + "')";
  }

  private static String cast(String value, ColumnType type) {
    return "CAST(" + value + " AS " + type.sql() + ")";
  }

  private static String empty(Column column) {
    return repeated(column) ? type(column) + "[]" : "CAST(NULL AS " + type(column) + ")";
  }

  /** Whether a CAST never changes a value. */
  private static boolean exact(ColumnType from, ColumnType to) {
    return (from == ColumnType.INT64
            && (to == ColumnType.NUMERIC || to == ColumnType.BIGNUMERIC || to == ColumnType.STRING))
        || (from == ColumnType.NUMERIC && to == ColumnType.BIGNUMERIC);
  }

  /** Whether a value of the one is a value of the other as it is. */
  private static boolean alike(Column from, Column to) {
    if (from.type() != to.type()
        || repeated(from) != repeated(to)
        || from.fields().size() != to.fields().size()) {
      return false;
    }
    for (int i = 0; i < from.fields().size(); i++) {
      Column one = from.fields().get(i);
      Column other = to.fields().get(i);
      if (!one.name().equalsIgnoreCase(other.name()) || !alike(one, other)) {
        return false;
      }
    }
    return true;
  }

  private static Optional<Column> field(Column struct, String name) {
    return struct.fields().stream().filter(f -> f.name().equalsIgnoreCase(name)).findFirst();
  }

  private static boolean repeated(Column column) {
    return column.mode() == Column.Mode.REPEATED;
  }

  private static Map<ColumnType, Set<ColumnType>> casts() {
    Map<ColumnType, Set<ColumnType>> casts = new EnumMap<>(ColumnType.class);
    Set<ColumnType> numbers =
        EnumSet.of(ColumnType.INT64, ColumnType.NUMERIC, ColumnType.BIGNUMERIC, ColumnType.FLOAT64);
    for (ColumnType number : numbers) {
      Set<ColumnType> others = EnumSet.copyOf(numbers);
      others.add(ColumnType.STRING);
      others.remove(number);
      casts.put(number, others);
    }
    casts.put(ColumnType.BOOL, EnumSet.of(ColumnType.STRING, ColumnType.INT64));
    casts.get(ColumnType.INT64).add(ColumnType.BOOL);
    casts.put(ColumnType.BYTES, EnumSet.of(ColumnType.STRING));
    casts.put(
        ColumnType.DATE, EnumSet.of(ColumnType.STRING, ColumnType.DATETIME, ColumnType.TIMESTAMP));
    casts.put(
        ColumnType.DATETIME, EnumSet.of(ColumnType.STRING, ColumnType.DATE, ColumnType.TIMESTAMP));
    casts.put(ColumnType.TIME, EnumSet.of(ColumnType.STRING));
    casts.put(
        ColumnType.TIMESTAMP, EnumSet.of(ColumnType.STRING, ColumnType.DATE, ColumnType.DATETIME));
    Set<ColumnType> texts = EnumSet.copyOf(numbers);
    texts.addAll(
        List.of(
            ColumnType.BOOL,
            ColumnType.BYTES,
            ColumnType.DATE,
            ColumnType.DATETIME,
            ColumnType.TIME,
            ColumnType.TIMESTAMP,
            ColumnType.JSON));
    casts.put(ColumnType.STRING, texts);
    casts.put(ColumnType.JSON, EnumSet.of(ColumnType.STRING));
    for (ColumnType type : List.of(ColumnType.INT64, ColumnType.BOOL)) {
      casts.get(type).add(ColumnType.JSON);
    }
    return casts;
  }
}
