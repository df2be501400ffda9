package io.tributary.bigquery.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What lies between a column that is there and the column that records ask for.
 *
 * @param conflict whether no change that BigQuery allows makes the two fit
 * @param widened the column with the wider type that takes both; empty if it need not change
 * @param grown the column with the fields that are to be added to it; empty if there are none
 * @param relaxed what is to become NULLABLE, fields behind their STRUCT and a dot
 */
record Difference(
    boolean conflict, Optional<Column> widened, Optional<Column> grown, List<String> relaxed) {
  private static final Difference CONFLICT =
      new Difference(true, Optional.empty(), Optional.empty(), List.of());

  /** What may become of a type. */
  enum Freedom {
    /** Nothing, because rows are streamed to the table. */
    STILL,
    /**
     * The type stays, because the table is ordered by the column or because it is an array, which
     * BigQuery widens in no way; its parameters may grow.
     */
    FIXED,
    /** Only to types that hold every value exactly. */
    EXACT,
    /** Also to FLOAT64. */
    ROUNDING
  }

  static Difference between(Column present, Column wanted, Freedom freedom) {
    return between(present, wanted, freedom, present.name());
  }

  /** What may become of the types of a column's fields. */
  static Freedom inside(Column present, Freedom freedom) {
    return repeated(present) && freedom != Freedom.STILL ? Freedom.FIXED : freedom;
  }

  private static Difference between(Column present, Column wanted, Freedom freedom, String path) {
    boolean struct = present.type() == ColumnType.STRUCT && wanted.type() == ColumnType.STRUCT;
    if (repeated(present) != repeated(wanted)) {
      return takesAsJson(present, wanted) ? fits(present, wanted, path) : CONFLICT;
    }
    if (struct) {
      return fields(present, wanted, inside(present, freedom), path);
    }
    Optional<Column> wider = wider(present, wanted, inside(present, freedom));
    if (wider.isPresent()) {
      boolean same = wider.get().equals(present);
      return new Difference(
          false, same ? Optional.empty() : wider, Optional.empty(), relaxed(present, wanted, path));
    }
    boolean stays = repeated(present) || freedom == Freedom.STILL;
    boolean grows = stays && present.type().growsInto(wanted.type());
    boolean fits = !grows && wanted.details().alternatives().contains(present.type());
    return fits || takesAsJson(present, wanted) ? fits(present, wanted, path) : CONFLICT;
  }

  private static Difference fits(Column present, Column wanted, String path) {
    return new Difference(
        false, Optional.empty(), Optional.empty(), relaxed(present, wanted, path));
  }

  private static Difference fields(Column present, Column wanted, Freedom freedom, String path) {
    List<Column> widened = new ArrayList<>(present.fields());
    List<Column> added = new ArrayList<>();
    List<String> relaxed = new ArrayList<>(relaxed(present, wanted, path));
    for (Column field : wanted.fields()) {
      int at = indexOf(present.fields(), field.name());
      if (at < 0) {
        added.add(TablePlanner.optional(field.plain()));
        continue;
      }
      Column there = present.fields().get(at);
      Difference inside = between(there, field, freedom, path + "." + there.name());
      if (inside.conflict()) {
        return CONFLICT;
      }
      inside.widened().ifPresent(column -> widened.set(at, column));
      inside.grown().ifPresent(added::add);
      relaxed.addAll(inside.relaxed());
    }
    boolean changed = !widened.equals(present.fields());
    if (changed && cannotBeRestated(present)) {
      return CONFLICT;
    }
    return new Difference(
        false,
        changed ? Optional.of(present.withFields(widened)) : Optional.empty(),
        added.isEmpty() ? Optional.empty() : Optional.of(present.plain().withFields(added)),
        relaxed);
  }

  /** A STRUCT's fields are widened by naming its whole type, which has no room for policy tags. */
  static boolean cannotBeRestated(Column struct) {
    return struct.fields().stream()
        .anyMatch(
            field ->
                !field.details().policyTag().isEmpty()
                    || field.mode() == Column.Mode.REQUIRED
                    || cannotBeRestated(field));
  }

  private static int indexOf(List<Column> columns, String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  private static List<String> relaxed(Column present, Column wanted, String path) {
    boolean narrower =
        present.mode() == Column.Mode.REQUIRED && wanted.mode() == Column.Mode.NULLABLE;
    return narrower ? List.of(path) : List.of();
  }

  /** The present column, with the type that takes its values and the wanted column's. */
  private static Optional<Column> wider(Column present, Column wanted, Freedom freedom) {
    boolean free = freedom == Freedom.EXACT || freedom == Freedom.ROUNDING;
    boolean widens =
        present.type() == wanted.type() || (free && widens(present.type(), wanted.type(), freedom));
    if (!widens) {
      return Optional.empty();
    }
    Limit limit = Limits.both(present, wanted);
    if (freedom == Freedom.STILL && !limit.equals(present.details().limit())) {
      return Optional.empty();
    }
    Details details = present.details().withLimit(limit);
    return Optional.of(
        new Column(present.name(), wanted.type(), present.mode(), List.of(), details));
  }

  /** The changes of type that BigQuery makes in place. */
  private static boolean widens(ColumnType from, ColumnType to, Freedom freedom) {
    boolean number = from == ColumnType.INT64 || from == ColumnType.NUMERIC;
    return from.growsInto(to)
        || (number && to == ColumnType.FLOAT64 && freedom == Freedom.ROUNDING);
  }

  /** Arrays and structures are written into a JSON column as they are. */
  private static boolean takesAsJson(Column present, Column wanted) {
    return present.type() == ColumnType.JSON
        && !repeated(present)
        && (repeated(wanted) || wanted.type() == ColumnType.STRUCT);
  }

  private static boolean repeated(Column column) {
    return column.mode() == Column.Mode.REPEATED;
  }
}
