package io.tributary.bigquery.row;

import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;

/** The form of text that is a JSON document; one of texts may be an array of key and value. */
final class JsonDocument implements Form {
  private final Form document = Text.of(ColumnType.JSON, checked());
  private final Form pairs = new Pairs(Text.only(), Text.only());

  /** The way of JSON text into a JSON column. */
  static Into checked() {
    return Into.always(
        (out, number, value) -> out.string(number, JsonCheck.checked((String) value)));
  }

  @Override
  public Column column(String name) {
    return document.column(name);
  }

  @Override
  public ValueWriter into(Target target) {
    ValueWriter entries = pairs.into(target);
    return entries == null
        ? document.into(target)
        : (out, number, value) -> entries.write(out, number, JsonCheck.texts((String) value));
  }

  @Override
  public String text(Object value) {
    return (String) value;
  }
}
