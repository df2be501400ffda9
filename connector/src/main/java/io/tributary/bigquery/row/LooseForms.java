package io.tributary.bigquery.row;

import io.tributary.bigquery.table.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** The forms of values without a schema, by their Java types. */
final class LooseForms {
  private final Form bool = Numbers.bool();
  private final Form integer =
      Numbers.integer()
          .or(ColumnType.DATE, Calendar.date((value, fit) -> ((Number) value).longValue()));
  private final Form floating = Numbers.floating();
  private final Form decimal = Numbers.decimal();
  private final Form bigInteger =
      Numbers.decimal().after(value -> new BigDecimal((BigInteger) value));
  private final Form text = Text.loose();
  private final Form bytes = Binary.bytes();
  private final Form date = Civil.connectTimestamp();
  private final Form json = new JsonText();
  private final Map<Form, Form> lists =
      Map.of(
          bool, new ListForm(bool),
          integer, new ListForm(integer),
          floating, new ListForm(floating),
          decimal, new ListForm(decimal),
          text, new ListForm(text),
          bytes, new ListForm(bytes));

  /** The form of a value; null for what is not known. */
  Form of(Object value) {
    if (value instanceof List<?> list) {
      return ofList(list);
    }
    return single(value);
  }

  /** The form of a value that tells no type, for a column whose type is known. */
  Form silent() {
    return text;
  }

  /** Whether a table can be told anything by this value: NULL and an empty list say no type. */
  boolean telling(Object value) {
    return value != null && !(value instanceof List<?> list && list.isEmpty());
  }

  private Form single(Object value) {
    if (value instanceof String) {
      return text;
    }
    if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      return integer;
    }
    if (value instanceof Double || value instanceof Float) {
      return floating;
    }
    if (value instanceof Boolean) {
      return bool;
    }
    if (value instanceof Map) {
      return json;
    }
    if (value instanceof BigDecimal) {
      return decimal;
    }
    if (value instanceof BigInteger) {
      return bigInteger;
    }
    if (value instanceof byte[] || value instanceof ByteBuffer) {
      return bytes;
    }
    return value instanceof Date ? date : null;
  }

  /** A list of one kind of single values repeats it; any other list is JSON. */
  private Form ofList(List<?> list) {
    Form common = null;
    for (Object item : list) {
      Form form = item == null ? null : single(item);
      if (form == null || !lists.containsKey(form) || (common != null && form != common)) {
        return json;
      }
      common = form;
    }
    return common == null ? json : lists.get(common);
  }
}
