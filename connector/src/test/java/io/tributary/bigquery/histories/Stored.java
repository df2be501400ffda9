package io.tributary.bigquery.histories;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldList;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.Range;
import com.google.cloud.bigquery.TableResult;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table as BigQuery shows it to a client.
 *
 * @param rows by their keys, with the operation as {@link Reference} has it; a key that stands
 *     twice is told by a row of its own
 * @param types the types of the columns, beside those of the sink
 */
record Stored(Map<String, Map<String, Object>> rows, Map<String, Object> types) {
  private static final Pattern INTERVAL =
      Pattern.compile("(-?)(\\d+)-(\\d+) (-?\\d+) (-?)(\\d+):(\\d+):(\\d+)(?:\\.(\\d+))?");
  private static final String OWN = Reference.OPERATION;

  static Stored of(TableResult answer, List<String> keys) {
    FieldList columns = answer.getSchema().getFields();
    Map<String, Map<String, Object>> rows = new TreeMap<>();
    for (FieldValueList each : answer.iterateAll()) {
      Map<String, Object> row = members(columns, each);
      List<String> key = new ArrayList<>();
      keys.forEach(name -> key.add(row.get(name.toLowerCase(Locale.ROOT)).toString()));
      if (rows.put(key.toString(), row) != null) {
        rows.put(key + " stands twice", row);
      }
    }
    Map<String, Object> types = types(columns);
    types.remove(OWN);
    return new Stored(rows, types);
  }

  private static Map<String, Object> members(FieldList fields, FieldValueList values) {
    Map<String, Object> members = new TreeMap<>();
    for (int i = 0; i < fields.size(); i++) {
      Object value = plain(fields.get(i), values.get(i));
      boolean own = fields.get(i).getName().equals(OWN);
      Plain.put(members, fields.get(i).getName(), own ? operation(value) : value);
    }
    return members;
  }

  private static Object operation(Object metadata) {
    return ((Map<?, ?>) metadata).get("operation");
  }

  private static Object plain(Field field, FieldValue value) {
    if (value.isNull()) {
      return null;
    }
    if (field.getMode() == Field.Mode.REPEATED) {
      List<Object> items = new ArrayList<>();
      value.getRepeatedValue().forEach(item -> items.add(single(field, item)));
      return items;
    }
    return single(field, value);
  }

  private static Object single(Field field, FieldValue value) {
    return switch (type(field)) {
      case "STRUCT" -> members(field.getSubFields(), value.getRecordValue());
      case "INT64", "NUMERIC", "BIGNUMERIC" -> Plain.number(new BigDecimal(value.getStringValue()));
      case "FLOAT64" -> Plain.real(value.getDoubleValue());
      case "BYTES" -> HexFormat.of().formatHex(value.getBytesValue());
      case "JSON" -> Plain.json(value.getStringValue());
      case "TIME" -> "clock " + LocalTime.parse(value.getStringValue()).toNanoOfDay() / 1_000;
      case "DATETIME" -> LocalDateTime.parse(value.getStringValue()).toString();
      case "TIMESTAMP" ->
          Decoder.instant(Instant.EPOCH.plus(value.getTimestampValue(), ChronoUnit.MICROS));
      case "INTERVAL" -> interval(value.getStringValue());
      case "RANGE<DATE>", "RANGE<DATETIME>" -> {
        Range range = value.getRangeValue();
        yield Decoder.range(end(range.getStart()), end(range.getEnd()));
      }
      default -> value.getStringValue();
    };
  }

  private static String end(FieldValue end) {
    if (end == null || end.isNull()) {
      return "";
    }
    String text = end.getStringValue();
    return text.contains("T") ? LocalDateTime.parse(text).toString() : text;
  }

  private static String interval(String text) {
    Matcher parts = INTERVAL.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(text);
    }
    long months = Long.parseLong(parts.group(2)) * 12 + Long.parseLong(parts.group(3));
    long minutes = Long.parseLong(parts.group(6)) * 60 + Long.parseLong(parts.group(7));
    long seconds = minutes * 60 + Long.parseLong(parts.group(8));
    String fraction = parts.group(9) == null ? "" : parts.group(9);
    long micros = seconds * 1_000_000 + Long.parseLong((fraction + "000000").substring(0, 6));
    return Decoder.interval(
        parts.group(1).isEmpty() ? months : -months,
        Long.parseLong(parts.group(4)),
        parts.group(5).isEmpty() ? micros : -micros);
  }

  private static Map<String, Object> types(FieldList fields) {
    Map<String, Object> types = new TreeMap<>();
    for (Field field : fields) {
      Object type = type(field).equals("STRUCT") ? types(field.getSubFields()) : type(field);
      Plain.put(
          types, field.getName(), field.getMode() == Field.Mode.REPEATED ? List.of(type) : type);
    }
    return types;
  }

  private static String type(Field field) {
    String type = field.getType().getStandardType().name();
    return type.equals("RANGE") ? "RANGE<" + field.getRangeElementType().getType() + ">" : type;
  }
}
