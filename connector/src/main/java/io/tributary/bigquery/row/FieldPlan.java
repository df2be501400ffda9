package io.tributary.bigquery.row;

import io.tributary.bigquery.config.ColumnSettings;
import io.tributary.bigquery.config.Lossy;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnNames;
import io.tributary.bigquery.table.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How one field of a record gets into one column.
 *
 * @param field its name in the record
 * @param column the column's name in the table
 * @param number the column's number; 0 when the table has no such column
 * @param kept the columns that stay as they are when the record does not tell the field's value:
 *     its first column, those that took values of other types, and the one for texts
 */
record FieldPlan(String field, String column, int number, ValueWriter writer, List<String> kept) {
  FieldPlan {
    kept = List.copyOf(kept);
  }

  /** A plan for every field: what fits nowhere is refused when it has a value. */
  static FieldPlan of(String field, Form form, RowLayout layout, FieldForms forms) {
    String name = ColumnNames.legal(field);
    Column first = layout.column(name);
    if (first == null) {
      return new FieldPlan(field, name, 0, refusal("the table has no such column"), List.of());
    }
    List<String> kept = kept(first.name(), layout);
    ColumnSettings wish = forms.settings(field);
    String twin = wish.lossy() == Lossy.STRING_TWIN ? ColumnNames.twin(name) : null;
    if (twin != null) {
      kept.add(twin);
    }
    Fit fit = fit(wish.lossy(), forms.losses());
    Target target = new Target(first, fit, forms.conflict());
    Column column = form == null ? null : takes(form, target, layout);
    if (column == null) {
      return new FieldPlan(field, first.name(), layout.fieldNumber(name), unfit(first), kept);
    }
    ValueWriter writer = form.into(target.of(column));
    ValueWriter chosen =
        switch (wish.lossy()) {
          case REFUSE, CLAMP, ROUND -> writer;
          case NULL -> new ForgivingWriter(writer, () -> forms.losses().count(Lossy.NULL));
          case STRING_TWIN ->
              new TwinWriter(
                  writer,
                  form,
                  layout.fieldNumber(twin),
                  () -> forms.losses().count(Lossy.STRING_TWIN));
        };
    return new FieldPlan(field, column.name(), layout.fieldNumber(column.name()), chosen, kept);
  }

  /** The same in a record that has further fields: their columns are theirs. */
  FieldPlan beside(Set<String> columnsOfFields) {
    List<String> own = new ArrayList<>(kept);
    own.subList(Math.min(1, own.size()), own.size())
        .removeIf(name -> columnsOfFields.contains(RowLayout.lower(name)));
    return new FieldPlan(field, column, number, writer, own);
  }

  /** The field's first column, or the one for values of this type; null if neither takes them. */
  private static Column takes(Form form, Target first, RowLayout layout) {
    if (form.into(first) != null) {
      return first.column();
    }
    String name = first.column().name();
    Column aside = layout.column(ColumnNames.aside(name, form.column(name).type()));
    return aside == null || form.into(first.of(aside)) == null ? null : aside;
  }

  private static List<String> kept(String first, RowLayout layout) {
    List<String> kept = new ArrayList<>(List.of(first));
    for (ColumnType type : ColumnType.values()) {
      Column aside = layout.column(ColumnNames.aside(first, type));
      if (aside != null) {
        kept.add(aside.name());
      }
    }
    return kept;
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
