package io.tributary.bigquery.row;

import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnNames;
import io.tributary.bigquery.table.ColumnType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** The form of nested structures. */
final class StructForm implements Form {
  /** How deep BigQuery nests STRUCTs. */
  private static final int DEEPEST = 15;

  private final Schema schema;
  private final List<Slots.Member> members;
  private final JsonText json = new JsonText();

  StructForm(Schema schema) {
    this.schema = schema;
    members =
        schema.fields().stream()
            .map(
                field ->
                    new Slots.Member(
                        ColumnNames.legal(field.name()),
                        Forms.of(field.schema()),
                        struct -> ((Struct) struct).getWithoutDefault(field.name())))
            .toList();
  }

  private StructForm(StructForm same, UnaryOperator<Form> change) {
    schema = same.schema;
    members =
        same.members.stream()
            .map(one -> new Slots.Member(one.name(), change.apply(one.form()), one.part()))
            .toList();
  }

  @Override
  public Form inArray() {
    return new StructForm(this, Form::inArray);
  }

  @Override
  public Form forChoice() {
    return new StructForm(this, Form::forChoice);
  }

  /** A structure that BigQuery cannot have as a STRUCT becomes JSON. */
  @Override
  public Column column(String name) {
    List<Column> fields = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      Slots.Member member = members.get(i);
      fields.add(
          Docs.described(
              member.form().column(member.name()), schema.fields().get(i).schema().doc()));
    }
    Column column = Column.struct(name, fields);
    return fields.isEmpty() || collide(fields) || depth(column) > DEEPEST
        ? json.column(name)
        : column;
  }

  @Override
  public ValueWriter into(Target target) {
    Column column = target.column();
    if (column.type() != ColumnType.STRUCT || column.mode() == Column.Mode.REPEATED) {
      return json.instead(this, target);
    }
    Slots slots = new Slots(target, members);
    return slots::write;
  }

  @Override
  public String text(Object value) {
    return json.text(value);
  }

  private static boolean collide(List<Column> fields) {
    Set<String> names = new HashSet<>();
    fields.forEach(field -> names.add(RowLayout.lower(field.name())));
    return names.size() < fields.size();
  }

  private static int depth(Column column) {
    return column.type() == ColumnType.STRUCT
        ? 1 + column.fields().stream().mapToInt(StructForm::depth).max().orElse(0)
        : 0;
  }
}
