package io.tributary.bigquery.config;

import java.util.Comparator;

/** An option of the tables, or of the columns, that match a pattern. */
sealed interface Wish {
  String key();

  Glob table();

  String value();

  /** Whether it speaks of a table. */
  default boolean speaksOf(String dataset, String name) {
    return table().matches(table().has('.') ? dataset + "." + name : name);
  }

  /** An option of a table. */
  record OfTable(String key, Glob table, TableOption option, String value) implements Wish {
    /** What decides comes first: more literal characters, else the key that sorts first. */
    static final Comparator<OfTable> ORDER =
        Comparator.comparing((OfTable one) -> -one.table().literals()).thenComparing(OfTable::key);
  }

  /** An option of a column; its pattern is matched against the field's name in the record. */
  record OfColumn(String key, Glob table, Glob column, ColumnOption option, String value)
      implements Wish {
    /** What decides comes first; the table's pattern weighs more than the column's. */
    static final Comparator<OfColumn> ORDER =
        Comparator.comparing((OfColumn one) -> -one.table().literals())
            .thenComparing(one -> -one.column().literals())
            .thenComparing(OfColumn::key);
  }
}
