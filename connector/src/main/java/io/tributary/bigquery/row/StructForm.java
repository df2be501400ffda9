package io.tributary.bigquery.row;

import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** The form of nested structures. */
final class StructForm implements Form {
  private record Member(String name, Form form) {}

  private record Target(String name, int number, ValueWriter writer) {}

  private final List<Member> members = new ArrayList<>();
  private final JsonText json = new JsonText();

  StructForm(Schema schema) {
    for (Field field : schema.fields()) {
      members.add(new Member(field.name(), Forms.of(field.schema())));
    }
  }

  @Override
  public Column column(String name) {
    if (members.isEmpty()) {
      return json.column(name);
    }
    List<Column> fields =
        members.stream().map(member -> member.form().column(member.name())).toList();
    return new Column(name, ColumnType.STRUCT, Column.Mode.NULLABLE, fields);
  }

  @Override
  public ValueWriter into(Column column) {
    if (column.type() != ColumnType.STRUCT || column.mode() == Column.Mode.REPEATED) {
      return json.into(column);
    }
    List<Target> targets = members.stream().map(member -> target(member, column)).toList();
    return (out, number, value) -> write(targets, out, number, (Struct) value);
  }

  private static Target target(Member member, Column column) {
    List<Column> fields = column.fields();
    for (int i = 0; i < fields.size(); i++) {
      Column field = fields.get(i);
      if (RowLayout.lower(field.name()).equals(RowLayout.lower(member.name()))) {
        ValueWriter writer = member.form().into(field);
        return new Target(member.name(), i + 1, writer == null ? refusal(member) : writer);
      }
    }
    return new Target(member.name(), 0, refusal(member));
  }

  private static ValueWriter refusal(Member member) {
    return (out, number, value) -> {
      throw Unfit.type("its field " + member.name() + " does not fit the table's");
    };
  }

  private static void write(List<Target> targets, WireOut out, int number, Struct struct) {
    WireOut message = out.nested();
    for (Target target : targets) {
      Object value = struct.getWithoutDefault(target.name());
      if (value != null) {
        target.writer().write(message, target.number(), value);
      }
    }
    out.message(number, message);
  }
}
