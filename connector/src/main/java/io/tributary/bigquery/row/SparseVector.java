package io.tributary.bigquery.row;

import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** The form of sparse vectors: a STRUCT of their length and of what is not zero. */
final class SparseVector implements Form {
  private static final Slots.Member DIMENSIONS =
      new Slots.Member("dimensions", Numbers.integer(), part("dimensions"));
  private static final Slots.Member VECTOR =
      new Slots.Member(
          "vector",
          new Pairs("index", Numbers.integer(), "value", Numbers.floating()),
          part("vector"));

  private final JsonText json = new JsonText();

  /** The form, if the struct has the fields that it needs. */
  static Form form(Schema schema, SourceType source) {
    Field dimensions = schema.field("dimensions");
    Field vector = schema.field("vector");
    boolean known =
        dimensions != null
            && Forms.of(dimensions.schema()).column("").type() == ColumnType.INT64
            && vector != null
            && vector.schema().type() == Schema.Type.MAP;
    return known ? new SparseVector() : new StructForm(schema);
  }

  private static Function<Object, Object> part(String name) {
    return struct -> ((Struct) struct).getWithoutDefault(name);
  }

  @Override
  public Column column(String name) {
    return Column.struct(
        name,
        List.of(DIMENSIONS.form().column(DIMENSIONS.name()), VECTOR.form().column(VECTOR.name())));
  }

  @Override
  public ValueWriter into(Target target) {
    Column column = target.column();
    if (column.type() != ColumnType.STRUCT || column.mode() == Column.Mode.REPEATED) {
      return json.into(target);
    }
    Slots slots = new Slots(target, List.of(DIMENSIONS, VECTOR));
    return slots::write;
  }

  @Override
  public String text(Object value) {
    return json.text(value);
  }
}
