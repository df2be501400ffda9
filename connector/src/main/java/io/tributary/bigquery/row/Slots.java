package io.tributary.bigquery.row;

import io.tributary.bigquery.table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Writes the parts of a value into the fields of a STRUCT. */
final class Slots {
  /**
   * A part.
   *
   * @param name of the field that it goes to
   * @param part takes it out of the whole; null when it has none
   */
  record Member(String name, Form form, Function<Object, Object> part) {}

  private record Slot(int number, ValueWriter writer, Function<Object, Object> part) {}

  private final List<Slot> slots = new ArrayList<>();

  Slots(Target target, List<Member> members) {
    boolean[] filled = new boolean[target.column().fields().size() + 1];
    for (Member member : members) {
      Slot slot = slot(member, target);
      slots.add(slot);
      filled[slot.number()] = true;
    }
    List<Column> fields = target.column().fields();
    for (int i = 0; i < fields.size(); i++) {
      if (!filled[i + 1] && fields.get(i).mode() == Column.Mode.REQUIRED) {
        slots.add(new Slot(i + 1, refusal(fields.get(i).name()), whole -> whole));
      }
    }
  }

  void write(WireOut out, int number, Object whole) {
    WireOut message = out.nested();
    for (Slot slot : slots) {
      Object value = slot.part().apply(whole);
      if (value != null) {
        slot.writer().write(message, slot.number(), value);
      }
    }
    out.message(number, message);
  }

  private static Slot slot(Member member, Target target) {
    List<Column> fields = target.column().fields();
    for (int i = 0; i < fields.size(); i++) {
      Column field = fields.get(i);
      if (RowLayout.lower(field.name()).equals(RowLayout.lower(member.name()))) {
        ValueWriter writer = member.form().into(target.of(field));
        return new Slot(
            i + 1,
            writer == null ? refusal(member.name()) : writer,
            field.mode() == Column.Mode.REQUIRED ? present(member) : member.part());
      }
    }
    return new Slot(0, refusal(member.name()), member.part());
  }

  private static Function<Object, Object> present(Member member) {
    return whole -> {
      Object value = member.part().apply(whole);
      if (value == null) {
        throw Unfit.value("its field " + member.name() + " is NULL but REQUIRED");
      }
      return value;
    };
  }

  private static ValueWriter refusal(String name) {
    return (out, number, value) -> {
      throw Unfit.type("its field " + name + " does not fit the table's");
    };
  }
}
