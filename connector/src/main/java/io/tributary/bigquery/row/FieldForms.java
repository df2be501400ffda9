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
import java.util.Optional;
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
    Column column = guarded(field, form.column(ColumnNames.legal(field)), wish.policyTag());
    List<Column> columns = new ArrayList<>();
    columns.add(column);
    if (wish.lossy() == Lossy.STRING_TWIN) {
      columns.add(Column.nullable(ColumnNames.twin(column.name()), ColumnType.STRING));
    }
    return columns;
  }

  private Column guarded(String path, Column column, Optional<String> tag) {
    List<Column> fields =
        column.fields().stream()
            .map(
                field -> {
                  String inner = path + "." + field.name();
                  return guarded(inner, field, choices().innerPolicyTag(inner));
                })
            .toList();
    Column inside = fields.isEmpty() ? column : column.withFields(fields);
    return tag.map(name -> inside.withDetails(inside.details().withPolicyTag(name))).orElse(inside);
  }

  /** How what does not fit is counted. */
  Losses losses() {
    return settings.losses();
  }
}
