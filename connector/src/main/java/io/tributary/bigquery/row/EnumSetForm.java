package io.tributary.bigquery.row;

import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;

/** The form of MySQL's SET, whose members arrive behind each other with commas between. */
final class EnumSetForm implements Form {
  private final Form whole = Text.only();

  @Override
  public Column column(String name) {
    return whole.column(name);
  }

  /** By choice an array; no member has a comma. */
  @Override
  public ValueWriter into(Target target) {
    Column column = target.column();
    if (column.mode() != Column.Mode.REPEATED || column.type() != ColumnType.STRING) {
      return whole.into(target);
    }
    ValueWriter member = whole.into(target.of(column.withMode(Column.Mode.NULLABLE)));
    return (out, number, value) -> {
      String text = (String) value;
      int from = 0;
      while (from < text.length()) {
        int comma = text.indexOf(',', from);
        int to = comma < 0 ? text.length() : comma;
        member.write(out, number, text.substring(from, to));
        from = to + 1;
      }
    };
  }

  @Override
  public String text(Object value) {
    return (String) value;
  }
}
