package io.tributary.bigquery.table;

import java.util.List;
import java.util.Optional;

/** Which columns take the values that do not fit the columns that are there. Pure. */
final class Aside {
  private Aside() {}

  /**
   * The wanted column under a name of its own where it does not fit the one that is there. Of a
   * STRUCT the fields are renamed that do not fit. What fits under no name comes back as it is.
   *
   * @param there the columns that it stands among, or the fields of the same STRUCT
   * @param others what is wanted beside it: their names are taken
   */
  static Column of(
      List<Column> there, Column wanted, List<Column> others, Difference.Freedom freedom) {
    Optional<Column> own = find(there, wanted.name());
    if (own.isEmpty() || !Difference.between(own.get(), wanted, freedom).conflict()) {
      return wanted;
    }
    if (alike(own.get(), wanted)) {
      return within(own.get(), wanted, freedom);
    }
    Column renamed = wanted.withName(ColumnNames.aside(own.get().name(), wanted.type()));
    if (find(others, renamed.name()).isPresent()) {
      return wanted;
    }
    return find(there, renamed.name())
        .filter(taken -> alike(taken, renamed))
        .map(taken -> within(taken, renamed, freedom))
        .orElse(renamed);
  }

  private static Column within(Column struct, Column wanted, Difference.Freedom freedom) {
    // Types of fields change with the whole STRUCT only.
    Difference.Freedom inside =
        Difference.cannotBeRestated(struct)
            ? Difference.Freedom.FIXED
            : Difference.inside(struct, freedom);
    return wanted.withFields(
        wanted.fields().stream()
            .map(field -> of(struct.fields(), field, wanted.fields(), inside))
            .toList());
  }

  private static boolean alike(Column struct, Column wanted) {
    return struct.type() == ColumnType.STRUCT
        && wanted.type() == ColumnType.STRUCT
        && (struct.mode() == Column.Mode.REPEATED) == (wanted.mode() == Column.Mode.REPEATED);
  }

  private static Optional<Column> find(List<Column> columns, String name) {
    return columns.stream().filter(column -> column.name().equalsIgnoreCase(name)).findFirst();
  }
}
