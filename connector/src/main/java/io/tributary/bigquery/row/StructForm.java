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

  private record Slot(String name, int number, ValueWriter writer) {}

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
    return Column.struct(name, fields);
  }

  @Override
  public ValueWriter into(Target target) {
    Column column = target.column();
    if (column.type() != ColumnType.STRUCT || column.mode() == Column.Mode.REPEATED) {
      return json.into(target);
    }
    List<Slot> slots = members.stream().map(member -> slot(member, target)).toList();
    return (out, number, value) -> write(slots, out, number, (Struct) value);
  }

  @Override
  public String text(Object value) {
    return json.text(value);
  }

  private static Slot slot(Member member, Target target) {
    List<Column> fields = target.column().fields();
    for (int i = 0; i < fields.size(); i++) {
      Column field = fields.get(i);
      if (RowLayout.lower(field.name()).equals(RowLayout.lower(member.name()))) {
        ValueWriter writer = member.form().into(target.of(field));
        return new Slot(member.name(), i + 1, writer == null ? refusal(member) : writer);
      }
    }
    return new Slot(member.name(), 0, refusal(member));
  }

  private static ValueWriter refusal(Member member) {
    return (out, number, value) -> {
      throw Unfit.type("its field " + member.name() + " does not fit the table's");
    };
  }

  private static void write(List<Slot> slots, WireOut out, int number, Struct struct) {
    WireOut message = out.nested();
    for (Slot slot : slots) {
      Object value = struct.getWithoutDefault(slot.name());
      if (value != null) {
        slot.writer().write(message, slot.number(), value);
      }
    }
    out.message(number, message);
  }
}
