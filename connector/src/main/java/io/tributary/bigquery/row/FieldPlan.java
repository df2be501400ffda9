package io.tributary.bigquery.row;

import io.tributary.bigquery.table.Column;

/**
 * How one field of a record gets into one column.
 *
 * @param field its name in the record
 * @param column the column's name in the table
 */
record FieldPlan(String field, String column, int number, ValueWriter writer) {

  /** A plan for every field: what fits nowhere is refused when it has a value. */
  static FieldPlan of(String field, Form form, RowLayout layout) {
    Column column = layout.column(field);
    if (column == null) {
      return new FieldPlan(field, field, 0, refusal("the table has no such column"));
    }
    int number = layout.fieldNumber(field);
    ValueWriter writer = form == null ? null : form.into(column);
    if (writer == null) {
      String type = column.mode() == Column.Mode.REPEATED ? "array of " : "";
      writer = refusal("it does not fit the column's type, " + type + column.type());
    }
    return new FieldPlan(field, column.name(), number, writer);
  }

  private static ValueWriter refusal(String reason) {
    return (out, number, value) -> {
      throw Unfit.type(reason);
    };
  }
}
