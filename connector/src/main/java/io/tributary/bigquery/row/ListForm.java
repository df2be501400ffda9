package io.tributary.bigquery.row;

import io.tributary.bigquery.table.Column;
import java.util.List;

/** The form of arrays. */
final class ListForm implements Form {
  private final Form whole;
  private final Form item;
  private final JsonText json = new JsonText();

  ListForm(Form item) {
    this(item, item.inArray());
  }

  private ListForm(Form whole, Form item) {
    this.whole = whole;
    this.item = item;
  }

  @Override
  public Form forChoice() {
    return new ListForm(whole, whole.forChoice());
  }

  /** BigQuery has no arrays of arrays; they become JSON. */
  @Override
  public Column column(String name) {
    Column column = item.column(name);
    return column.mode() == Column.Mode.REPEATED
        ? json.column(name)
        : column.withMode(Column.Mode.REPEATED);
  }

  @Override
  public ValueWriter into(Target target) {
    Column column = target.column();
    if (column.mode() != Column.Mode.REPEATED) {
      return json.instead(this, target);
    }
    ValueWriter writer = item.into(target.of(column.withMode(Column.Mode.NULLABLE)));
    return writer == null ? null : (out, number, value) -> items(writer, out, number, value);
  }

  @Override
  public String text(Object value) {
    return json.text(value);
  }

  private static void items(ValueWriter writer, WireOut out, int number, Object value) {
    for (Object element : (List<?>) value) {
      if (element == null) {
        throw Unfit.value("the array has a NULL item, which BigQuery cannot store");
      }
      writer.write(out, number, element);
    }
  }
}
