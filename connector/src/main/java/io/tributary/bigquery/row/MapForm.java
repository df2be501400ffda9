package io.tributary.bigquery.row;

import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;

/** The form of maps: JSON, or by choice an array of key and value. */
final class MapForm implements Form {
  private final JsonText json = new JsonText();
  private final Pairs pairs;

  MapForm(Form key, Form value) {
    pairs = new Pairs(key, value);
  }

  @Override
  public Column column(String name) {
    return json.column(name);
  }

  @Override
  public ValueWriter into(Target target) {
    Column column = target.column();
    return column.type() == ColumnType.STRUCT && column.mode() == Column.Mode.REPEATED
        ? pairs.into(target)
        : json.into(target);
  }

  @Override
  public String text(Object value) {
    return json.text(value);
  }
}
