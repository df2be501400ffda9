package io.tributary.bigquery.row;

import io.tributary.bigquery.config.ColumnChoices;
import io.tributary.bigquery.config.ColumnSettings;
import io.tributary.bigquery.config.Conflict;
import io.tributary.bigquery.config.KafkaColumn;
import io.tributary.bigquery.config.Lossy;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnNames;
import io.tributary.bigquery.table.ColumnType;
import io.tributary.bigquery.table.TypeText;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Schema;

/** The forms of one table's fields, as the configuration changes them. */
final class FieldForms {
  private final CodecSettings settings;
  private final Hazards hazards;

  FieldForms(CodecSettings settings) {
    this.settings = settings;
    this.hazards = new Hazards(settings.losses());
  }

  /** Watches for forms in which the source loses something. */
  Hazards hazards() {
    return hazards;
  }

  /** The forms of the same fields as columns of the key. */
  FieldForms ofKey() {
    return new FieldForms(settings.exact());
  }

  /** Which columns tell where the record stands. */
  List<KafkaColumn> kafka() {
    return settings.kafka();
  }

  /** What happens when a value's type does not fit its column. */
  Conflict conflict() {
    return settings.conflict();
  }

  ColumnChoices choices() {
    return settings.choices();
  }

  ColumnSettings settings(String field) {
    return settings.choices().of(field);
  }

  Form of(String field, Schema schema) {
    return chosen(field, arrival(schema));
  }

  /** The form in which values of a schema arrive. */
  Form arrival(Schema schema) {
    return Forms.of(schema, settings.binary());
  }

  /** The form as the configuration wants it. */
  Form chosen(String field, Form arrival) {
    ColumnSettings wish = settings(field);
    if (wish.hashed()) {
      return new HashForm(arrival, settings.salt());
    }
    Form form = EncodedBytes.declared(arrival, wish.encoding());
    return wish.type().isEmpty()
        ? form
        : new ChosenForm(
            Text.declared(form.forChoice()), TypeText.column(wish.type().orElseThrow()));
  }

  /** The columns that a field asks for: none when it is excluded, two when it has a twin. */
  List<Column> columns(String field, Form form) {
    ColumnSettings wish = settings(field);
    if (wish.excluded()) {
      return List.of();
    }
    Column column = form.column(ColumnNames.legal(field));
    List<Column> columns = new ArrayList<>();
    columns.add(
        wish.policyTag().isEmpty()
            ? column
            : column.withDetails(column.details().withPolicyTag(wish.policyTag().orElseThrow())));
    if (wish.lossy() == Lossy.STRING_TWIN) {
      columns.add(Column.nullable(ColumnNames.twin(column.name()), ColumnType.STRING));
    }
    return columns;
  }

  /** How what does not fit is counted. */
  Losses losses() {
    return settings.losses();
  }
}
