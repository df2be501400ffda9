package io.tributary.bigquery.row;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import io.tributary.bigquery.table.Details;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/** The form of maps and of what else has no column type of its own: JSON text. */
final class JsonText implements Form {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  @Override
  public Column column(String name) {
    return Column.nullable(name, ColumnType.JSON)
        .withDetails(Details.NONE.withAlternatives(Set.of(ColumnType.STRING)));
  }

  @Override
  public ValueWriter into(Target target) {
    ColumnType type = target.column().type();
    boolean text = type == ColumnType.JSON || type == ColumnType.STRING;
    if (!text || target.column().mode() == Column.Mode.REPEATED) {
      return null;
    }
    return type == ColumnType.JSON
        ? (out, number, value) -> out.string(number, of(value, JsonText::exactly))
        : Text.into(JsonText::of).writer(target);
  }

  /** The writer of another form's values where they are JSON: a column of text is for text. */
  ValueWriter instead(Form form, Target target) {
    boolean json =
        target.column().type() == ColumnType.JSON || form.column("").type() == ColumnType.JSON;
    return json ? into(target) : null;
  }

  @Override
  public String text(Object value) {
    return of(value);
  }

  /** How numbers are written. */
  @FunctionalInterface
  private interface Numbering {
    void write(JsonGenerator json, Number value) throws IOException;
  }

  /** The value as text that says all of it, though BigQuery may not take it for JSON. */
  static String of(Object value) {
    return of(value, JsonText::freely);
  }

  private static String of(Object value, Numbering numbering) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      new JsonText.Writing(json, numbering).value(value, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void freely(JsonGenerator json, Number value) throws IOException {
    if (value instanceof BigDecimal decimal) {
      json.writeNumber(Numbers.plain(decimal));
    } else if (value instanceof BigInteger integer) {
      json.writeNumber(integer);
    } else if (value instanceof Double || value instanceof Float) {
      if (Double.isFinite(value.doubleValue())) {
        json.writeNumber(value.toString());
      } else {
        json.writeString(value.toString());
      }
    } else {
      json.writeNumber(value.longValue());
    }
  }

  private static void exactly(JsonGenerator json, Number value) throws IOException {
    if (value instanceof BigDecimal decimal) {
      JsonCheck.requireExact(decimal, decimal.doubleValue());
    } else if (value instanceof BigInteger integer) {
      JsonCheck.requireExact(new BigDecimal(integer), integer.doubleValue());
    } else if (!Double.isFinite(value.doubleValue())) {
      throw Unfit.value("JSON has neither NaN nor infinity");
    }
    freely(json, value);
  }

  private record Writing(JsonGenerator json, Numbering numbering) {
    void value(Object value, int depth) throws IOException {
      if (depth > JsonCheck.DEEPEST) {
        throw Unfit.value("it is nested deeper than " + JsonCheck.DEEPEST);
      }
      if (value == null) {
        json.writeNull();
      } else if (value instanceof String text) {
        json.writeString(text);
      } else if (value instanceof Boolean flag) {
        json.writeBoolean(flag);
      } else if (value instanceof Number number) {
        numbering.write(json, number);
      } else if (value instanceof Map<?, ?> map) {
        object(map, depth);
      } else if (value instanceof List<?> list) {
        json.writeStartArray();
        for (Object item : list) {
          value(item, depth + 1);
        }
        json.writeEndArray();
      } else if (value instanceof Struct struct) {
        object(struct, depth);
      } else if (value instanceof byte[] || value instanceof ByteBuffer) {
        json.writeBinary(Binary.array(value));
      } else if (value instanceof Date date) {
        json.writeString(date.toInstant().toString());
      } else {
        throw Unfit.type("it holds something that has no JSON form");
      }
    }

    private void object(Map<?, ?> map, int depth) throws IOException {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        Object key = entry.getKey();
        if (!(key instanceof String || key instanceof Number || key instanceof Boolean)) {
          throw Unfit.type("it has a key that has no JSON form");
        }
        json.writeFieldName(key.toString());
        value(entry.getValue(), depth + 1);
      }
      json.writeEndObject();
    }

    private void object(Struct struct, int depth) throws IOException {
      json.writeStartObject();
      for (Field field : struct.schema().fields()) {
        json.writeFieldName(field.name());
        value(struct.getWithoutDefault(field.name()), depth + 1);
      }
      json.writeEndObject();
    }
  }
}
