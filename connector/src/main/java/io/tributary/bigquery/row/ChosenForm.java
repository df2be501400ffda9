package io.tributary.bigquery.row;

import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import io.tributary.bigquery.table.Details;

/** A form whose column the configuration has chosen; every form can be chosen to be text. */
record ChosenForm(Form form, Column chosen) implements Form {
  @Override
  public Column column(String name) {
    return chosen.withName(name).withDetails(details(name));
  }

  private Details details(String name) {
    return chosen.details().withAlternatives(form.column(name).details().alternatives());
  }

  @Override
  public ValueWriter into(Target target) {
    ValueWriter writer = form.into(target.chosen());
    Column column = target.column();
    boolean text = column.type() == ColumnType.STRING && column.mode() != Column.Mode.REPEATED;
    return writer == null && text ? Text.into(form::text).writer(target) : writer;
  }

  @Override
  public String text(Object value) {
    return form.text(value);
  }
}
