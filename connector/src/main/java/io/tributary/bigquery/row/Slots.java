package io.tributary.bigquery.row;

import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnNames;
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

  /** The slot of the part's field, or of the one beside it that takes values of its type. */
  private static Slot slot(Member member, Target target) {
    int own = indexOf(target, member.name());
    ValueWriter writer = writer(member, target, own);
    if (writer != null) {
      boolean required = target.column().fields().get(own).mode() == Column.Mode.REQUIRED;
      return new Slot(own + 1, writer, required ? present(member) : member.part());
    }
    Column asked = member.form().column(member.name());
    int aside = own < 0 ? own : indexOf(target, ColumnNames.aside(member.name(), asked.type()));
    ValueWriter other = writer(member, target, aside);
    return other == null
        ? new Slot(0, refusal(member.name()), member.part())
        : new Slot(aside + 1, other, member.part());
  }

  private static ValueWriter writer(Member member, Target target, int field) {
    return field < 0 ? null : member.form().into(target.of(target.column().fields().get(field)));
  }

  private static int indexOf(Target target, String name) {
    List<Column> fields = target.column().fields();
    for (int i = 0; i < fields.size(); i++) {
      if (RowLayout.lower(fields.get(i).name()).equals(RowLayout.lower(name))) {
        return i;
      }
    }
    return -1;
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
