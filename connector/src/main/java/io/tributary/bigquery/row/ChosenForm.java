package io.tributary.bigquery.row;

import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.Details;

/** A form whose column the configuration has chosen. */
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
    return form.into(target);
  }

  @Override
  public String text(Object value) {
    return form.text(value);
  }
}
