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
    return Text.into(JsonText::of).writer(target);
  }

  @Override
  public String text(Object value) {
    return of(value);
  }

  static String of(Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      generate(json, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void generate(JsonGenerator json, Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof String text) {
      json.writeString(text);
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Number number) {
      number(json, number);
    } else if (value instanceof Map<?, ?> map) {
      object(json, map);
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object item : list) {
        generate(json, item);
      }
      json.writeEndArray();
    } else if (value instanceof Struct struct) {
      object(json, struct);
    } else if (value instanceof byte[] || value instanceof ByteBuffer) {
      json.writeBinary(Binary.array(value));
    } else if (value instanceof Date date) {
      json.writeString(date.toInstant().toString());
    } else {
      throw Unfit.type("it holds something that has no JSON form");
    }
  }

  private static void number(JsonGenerator json, Number value) throws IOException {
    if (value instanceof BigDecimal decimal) {
      json.writeNumber(decimal);
    } else if (value instanceof Double || value instanceof Float) {
      if (!Double.isFinite(value.doubleValue())) {
        throw Unfit.value("JSON has neither NaN nor infinity");
      }
      json.writeNumber(value.toString());
    } else {
      json.writeNumber(value.longValue());
    }
  }

  private static void object(JsonGenerator json, Map<?, ?> map) throws IOException {
    json.writeStartObject();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object key = entry.getKey();
      if (!(key instanceof String || key instanceof Number || key instanceof Boolean)) {
        throw Unfit.type("it has a key that has no JSON form");
      }
      json.writeFieldName(key.toString());
      generate(json, entry.getValue());
    }
    json.writeEndObject();
  }

  private static void object(JsonGenerator json, Struct struct) throws IOException {
    json.writeStartObject();
    for (Field field : struct.schema().fields()) {
      json.writeFieldName(field.name());
      generate(json, struct.getWithoutDefault(field.name()));
    }
    json.writeEndObject();
  }
}
