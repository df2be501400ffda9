package io.tributary.bigquery.row;

import io.tributary.bigquery.config.Conflict;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import io.tributary.bigquery.table.Details;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A form of single values, with a way into each column type that takes them. */
final class ScalarForm implements Form {
  private final ColumnType proposed;
  private final Function<Object, String> text;
  private final Map<ColumnType, Into> ways = new EnumMap<>(ColumnType.class);

  ScalarForm(ColumnType proposed, Function<Object, String> text, Into way) {
    this.proposed = proposed;
    this.text = text;
    ways.put(proposed, way);
  }

  /** Adds another column type that takes this form. */
  ScalarForm or(ColumnType type, Into way) {
    ways.put(type, way);
    return this;
  }

  /** Another form that differs in what it proposes only. */
  ScalarForm proposing(ColumnType type) {
    ScalarForm form = new ScalarForm(type, text, ways.get(type));
    form.ways.putAll(ways);
    return form;
  }

  /** Whether columns are made of this type for the form. */
  boolean proposes(ColumnType type) {
    return proposed == type;
  }

  /** The same form with another text. */
  ScalarForm reading(Function<Object, String> other) {
    ScalarForm form = new ScalarForm(proposed, other, ways.get(proposed));
    form.ways.putAll(ways);
    return form;
  }

  /** The same form for values that are converted first. */
  ScalarForm after(UnaryOperator<Object> conversion) {
    ScalarForm form =
        new ScalarForm(proposed, value -> text.apply(conversion.apply(value)), ways.get(proposed));
    ways.forEach((type, way) -> form.ways.put(type, converted(way, conversion)));
    return form;
  }

  private static Into converted(Into way, UnaryOperator<Object> conversion) {
    return target -> {
      ValueWriter writer = way.writer(target);
      return (out, number, value) -> writer.write(out, number, conversion.apply(value));
    };
  }

  @Override
  public Form inArray() {
    ScalarForm form = proposing(proposed);
    form.ways.keySet().removeIf(type -> type.growsInto(proposed));
    return form;
  }

  @Override
  public Column column(String name) {
    return Column.nullable(name, proposed)
        .withDetails(Details.NONE.withAlternatives(ways.keySet()));
  }

  @Override
  public ValueWriter into(Target target) {
    if (target.column().mode() == Column.Mode.REPEATED) {
      return null;
    }
    ColumnType type = target.column().type();
    boolean rewritten = target.conflict() == Conflict.RECREATE && type != proposed;
    ValueWriter widened = rewritten ? Widening.into(proposed, ways.get(proposed), target) : null;
    if (widened != null) {
      return widened;
    }
    Into way = ways.get(type);
    return way == null ? null : way.writer(target);
  }

  @Override
  public String text(Object value) {
    return text.apply(value);
  }
}
