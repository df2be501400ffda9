package io.tributary.bigquery.table;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The types of a table that may be written anew. Records of old and new schemas may take turns, so
 * the wider type wins: a column is rewritten only to a type that takes the values of both, and
 * never back. Pure.
 */
public final class Recreation {
  /** The types whose values have one exact text. */
  private static final Set<ColumnType> TEXTS =
      EnumSet.of(
          ColumnType.INT64,
          ColumnType.FLOAT64,
          ColumnType.BOOL,
          ColumnType.STRING,
          ColumnType.BYTES,
          ColumnType.NUMERIC,
          ColumnType.BIGNUMERIC,
          ColumnType.DATE,
          ColumnType.TIME,
          ColumnType.DATETIME,
          ColumnType.TIMESTAMP,
          ColumnType.JSON);

  private Recreation() {}

  /** Whether a column of one type takes the values of another as a rewrite would convert them. */
  public static boolean takes(ColumnType column, ColumnType values) {
    return switch (column) {
      case STRING -> TEXTS.contains(values);
      case DATETIME -> values == ColumnType.DATE;
      case TIMESTAMP -> values == ColumnType.DATE || values == ColumnType.DATETIME;
      case FLOAT64 -> values == ColumnType.INT64;
      default -> false;
    };
  }

  /**
   * The wanted column, content with every type that takes its values, but with no narrower one that
   * would take some of them.
   */
  static Column content(Column wanted) {
    Set<ColumnType> takers = EnumSet.noneOf(ColumnType.class);
    takers.addAll(wanted.details().alternatives());
    takers.removeIf(type -> type != wanted.type() && takes(wanted.type(), type));
    for (ColumnType type : ColumnType.values()) {
      if (takes(type, wanted.type())) {
        takers.add(type);
      }
    }
    return wanted
        .withDetails(wanted.details().withAlternatives(takers))
        .withFields(wanted.fields().stream().map(Recreation::content).toList());
  }

  /** The column that takes the values of both; empty if there is none. */
  static Optional<Column> both(Column present, Column wanted) {
    if ((present.mode() == Column.Mode.REPEATED) != (wanted.mode() == Column.Mode.REPEATED)) {
      return Optional.empty();
    }
    if (present.type() == ColumnType.STRUCT && wanted.type() == ColumnType.STRUCT) {
      return fields(present, wanted).map(present::withFields);
    }
    return item(
            present.withMode(Column.Mode.NULLABLE), content(wanted).withMode(Column.Mode.NULLABLE))
        .map(column -> column.withMode(present.mode()));
  }

  private static Optional<Column> item(Column present, Column wanted) {
    Difference difference = Difference.between(present, wanted, Difference.Freedom.EXACT);
    if (!difference.conflict()) {
      return Optional.of(difference.widened().orElse(present));
    }
    if (takes(wanted.type(), present.type())) {
      return Optional.of(typed(present, wanted.type(), wanted.details().limit()));
    }
    return TEXTS.contains(present.type()) && TEXTS.contains(wanted.type())
        ? Optional.of(typed(present, ColumnType.STRING, Limit.NONE))
        : Optional.empty();
  }

  /** A text's limit is its source's, and what is there may be longer. */
  private static Column typed(Column present, ColumnType type, Limit limit) {
    return new Column(
        present.name(),
        type,
        present.mode(),
        List.of(),
        present.details().withLimit(type == ColumnType.STRING ? Limit.NONE : limit));
  }

  /** All fields of both; a field that only one has stays, or is added at the end. */
  private static Optional<List<Column>> fields(Column present, Column wanted) {
    List<Column> fields = new ArrayList<>();
    for (Column there : present.fields()) {
      Optional<Column> other = field(wanted, there.name());
      Optional<Column> both = other.isEmpty() ? Optional.of(there) : both(there, other.get());
      if (both.isEmpty()) {
        return Optional.empty();
      }
      fields.add(both.get());
    }
    wanted.fields().stream()
        .filter(column -> field(present, column.name()).isEmpty())
        .map(column -> TablePlanner.optional(column.plain()))
        .forEach(fields::add);
    return Optional.of(fields);
  }

  private static Optional<Column> field(Column struct, String name) {
    return struct.fields().stream().filter(f -> f.name().equalsIgnoreCase(name)).findFirst();
  }
}
