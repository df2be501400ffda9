package io.tributary.bigquery.row;

import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A form of single values, with a writer for each column type that takes them exactly. */
final class ScalarForm implements Form {
  private final ColumnType proposed;
  private final Map<ColumnType, ValueWriter> writers = new EnumMap<>(ColumnType.class);

  ScalarForm(ColumnType proposed, ValueWriter writer) {
    this.proposed = proposed;
    writers.put(proposed, writer);
  }

  /** Adds another column type that takes this form. */
  ScalarForm or(ColumnType type, ValueWriter writer) {
    writers.put(type, writer);
    return this;
  }

  /** Another form that differs in what it proposes only. */
  ScalarForm proposing(ColumnType type) {
    ScalarForm form = new ScalarForm(type, writers.get(type));
    form.writers.putAll(writers);
    return form;
  }

  /** The same form for values that are converted first. */
  ScalarForm after(UnaryOperator<Object> conversion) {
    ScalarForm form = new ScalarForm(proposed, writers.get(proposed));
    writers.forEach(
        (type, writer) ->
            form.writers.put(
                type, (out, number, value) -> writer.write(out, number, conversion.apply(value))));
    return form;
  }

  @Override
  public Column column(String name) {
    return Column.nullable(name, proposed);
  }

  @Override
  public ValueWriter into(Column column) {
    return column.mode() == Column.Mode.REPEATED ? null : writers.get(column.type());
  }
}
