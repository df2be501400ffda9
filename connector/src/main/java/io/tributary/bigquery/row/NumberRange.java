package io.tributary.bigquery.row;

import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import java.util.List;
import java.util.function.Function;

/** The form of ranges of numbers in PostgreSQL's text: a STRUCT of their ends. */
final class NumberRange implements Form {
  private final ColumnType ends;

  /**
   * A form.
   *
   * @param ends INT64 or a decimal type
   */
  NumberRange(ColumnType ends) {
    this.ends = ends;
  }

  @Override
  public Column column(String name) {
    return Column.struct(
        name,
        List.of(
            Column.nullable("lower", ends),
            Column.nullable("upper", ends),
            Column.nullable("lower_inclusive", ColumnType.BOOL),
            Column.nullable("upper_inclusive", ColumnType.BOOL),
            Column.nullable("empty", ColumnType.BOOL)));
  }

  @Override
  public ValueWriter into(Target target) {
    Column column = target.column();
    if (column.mode() == Column.Mode.REPEATED) {
      return null;
    }
    return switch (column.type()) {
      case STRING -> Text.into(this::text).writer(target);
      case STRUCT -> struct(target);
      default -> null;
    };
  }

  @Override
  public String text(Object value) {
    return (String) value;
  }

  private ValueWriter struct(Target target) {
    Slots slots =
        new Slots(
            target,
            List.of(
                new Slots.Member("lower", Numbers.decimalText(), end(RangeText::lower)),
                new Slots.Member("upper", Numbers.decimalText(), end(RangeText::upper)),
                new Slots.Member("lower_inclusive", Numbers.bool(), of(RangeText::lowerInclusive)),
                new Slots.Member("upper_inclusive", Numbers.bool(), of(RangeText::upperInclusive)),
                new Slots.Member("empty", Numbers.bool(), of(RangeText::empty))));
    return (out, number, value) -> slots.write(out, number, RangeText.parse((String) value));
  }

  private static Function<Object, Object> of(Function<RangeText, Object> part) {
    return range -> part.apply((RangeText) range);
  }

  private static Function<Object, Object> end(Function<RangeText, String> part) {
    return range -> part.apply((RangeText) range);
  }
}
