package io.tributary.bigquery.row;

import io.tributary.bigquery.config.ColumnSettings;
import io.tributary.bigquery.config.Lossy;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnNames;
import java.util.List;

/**
 * How one field of a record gets into one column.
 *
 * @param field its name in the record
 * @param column the column's name in the table
 * @param number the column's number; 0 when the table has no such column
 * @param twin name of the column that takes the text of what does not fit, or null
 * @param first the field's first column, which is another one when the values are set aside
 */
record FieldPlan(
    String field, String column, int number, ValueWriter writer, String twin, String first) {
  FieldPlan(String field, String column, int number, ValueWriter writer, String twin) {
    this(field, column, number, writer, twin, column);
  }

  /** The plan of a field whose values of another type are in another column, its first one. */
  private FieldPlan besides(String other) {
    return new FieldPlan(field, column, number, writer, twin, other);
  }

  /** A plan for every field: what fits nowhere is refused when it has a value. */
  static FieldPlan of(String field, Form form, RowLayout layout, FieldForms forms) {
    String name = ColumnNames.legal(field);
    Column column = layout.column(name);
    if (column == null) {
      return new FieldPlan(field, name, 0, refusal("the table has no such column"), null);
    }
    if (form == null) {
      return new FieldPlan(field, column.name(), layout.fieldNumber(name), unfit(column), null);
    }
    ColumnSettings wish = forms.settings(field);
    Fit fit = fit(wish.lossy(), forms.losses());
    ValueWriter writer = form.into(new Target(column, fit));
    Column asked = form.column(name);
    if (writer == null) {
      Column aside = layout.column(ColumnNames.aside(name, asked.type()));
      writer = aside == null ? null : form.into(new Target(aside, fit));
      column = writer == null ? column : aside;
    }
    int number = layout.fieldNumber(column.name());
    if (writer == null) {
      return new FieldPlan(field, column.name(), number, unfit(column), null);
    }
    FieldPlan plan =
        switch (wish.lossy()) {
          case REFUSE, CLAMP, ROUND -> new FieldPlan(field, column.name(), number, writer, null);
          case NULL -> {
            Runnable counted = () -> forms.losses().count(Lossy.NULL);
            yield new FieldPlan(
                field, column.name(), number, new ForgivingWriter(writer, counted), null);
          }
          case STRING_TWIN -> {
            String twin = ColumnNames.twin(name);
            Runnable counted = () -> forms.losses().count(Lossy.STRING_TWIN);
            ValueWriter both = new TwinWriter(writer, form, layout.fieldNumber(twin), counted);
            yield new FieldPlan(field, column.name(), number, both, twin);
          }
        };
    return plan.besides(layout.column(name).name());
  }

  /** Adds the columns that stay unknown when the field's value is. */
  void leave(List<String> unavailable) {
    unavailable.add(column);
    if (!first.equals(column)) {
      unavailable.add(first);
    }
    if (twin != null) {
      unavailable.add(twin);
    }
  }

  private static Fit fit(Lossy choice, Losses losses) {
    return switch (choice) {
      case CLAMP -> Fit.clamping(() -> losses.count(Lossy.CLAMP));
      case ROUND -> Fit.rounding(() -> losses.count(Lossy.ROUND));
      case REFUSE, NULL, STRING_TWIN -> Fit.EXACT;
    };
  }

  private static ValueWriter unfit(Column column) {
    return refusal("it does not fit the column's type, " + column.typeText());
  }

  private static ValueWriter refusal(String reason) {
    return (out, number, value) -> {
      throw Unfit.type(reason);
    };
  }
}
