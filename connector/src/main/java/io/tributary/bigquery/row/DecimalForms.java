package io.tributary.bigquery.row;

import io.tributary.bigquery.table.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** The decimal forms; they propose NUMERIC where it holds every number of the source's column. */
final class DecimalForms {
  private DecimalForms() {}

  static Form decimal(Schema schema, SourceType source) {
    Map<String, String> parameters = schema.parameters() == null ? Map.of() : schema.parameters();
    int precision = SourceType.number(parameters.get("connect.decimal.precision"));
    int scale = SourceType.number(parameters.get(Decimal.SCALE_FIELD));
    boolean small = source.is("MONEY") || source.is("BIGINT UNSIGNED");
    return small || numericHolds(precision, scale)
        ? Numbers.decimal().proposing(ColumnType.NUMERIC)
        : Numbers.decimal();
  }

  static Form text(SourceType source) {
    return source.is("MONEY") || numericHolds(source.length(), source.scale())
        ? Numbers.decimalText().proposing(ColumnType.NUMERIC)
        : Numbers.decimalText();
  }

  /** Numbers that bring their own scale each. */
  static Form variableScale(Schema schema, SourceType source) {
    return has(schema, "scale", Schema.Type.INT32) && has(schema, "value", Schema.Type.BYTES)
        ? Numbers.decimal().after(DecimalForms::number)
        : new StructForm(schema);
  }

  private static BigDecimal number(Object value) {
    Struct struct = (Struct) value;
    Object unscaled = struct.getWithoutDefault("value");
    Object scale = struct.getWithoutDefault("scale");
    byte[] bytes = unscaled == null ? new byte[0] : Binary.array(unscaled);
    if (bytes.length == 0 || scale == null) {
      throw Unfit.value("it is no number");
    }
    return new BigDecimal(new BigInteger(bytes), (Integer) scale);
  }

  private static boolean has(Schema schema, String name, Schema.Type type) {
    Field field = schema.field(name);
    return field != null && field.schema().type() == type;
  }

  /** At most 9 digits after the point and 29 before it; a precision of 0 is unknown. */
  private static boolean numericHolds(int precision, int scale) {
    return precision > 0 && scale >= 0 && scale <= 9 && precision - scale <= 29;
  }
}
