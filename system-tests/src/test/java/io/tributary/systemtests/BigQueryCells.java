package io.tributary.systemtests;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldList;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.Range;
import com.google.cloud.bigquery.StandardSQLTypeName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a query answers, in the form that is compared. */
final class BigQueryCells {
  private BigQueryCells() {}

  static String type(Field field) {
    String single = single(field);
    return field.getMode() == Field.Mode.REPEATED ? "ARRAY<" + single + ">" : single;
  }

  private static String single(Field field) {
    StandardSQLTypeName type = field.getType().getStandardType();
    return switch (type) {
      case STRUCT ->
          field.getSubFields().stream()
              .map(part -> part.getName() + " " + type(part))
              .collect(Collectors.joining(", ", "STRUCT<", ">"));
      case RANGE -> "RANGE<" + field.getRangeElementType().getType() + ">";
      default -> type.name();
    };
  }

  static String text(Field field, FieldValue value) {
    if (value.isNull()) {
      return null;
    }
    if (field.getMode() == Field.Mode.REPEATED) {
      List<String> items = new ArrayList<>();
      for (FieldValue item : value.getRepeatedValue()) {
        items.add(item(field, item));
      }
      return items.toString();
    }
    return item(field, value);
  }

  private static String item(Field field, FieldValue value) {
    if (value.isNull()) {
      return null;
    }
    StandardSQLTypeName type = field.getType().getStandardType();
    return switch (type) {
      case STRUCT -> struct(field.getSubFields(), value.getRecordValue());
      case RANGE -> range(value.getRangeValue(), field.getRangeElementType().getType());
      default -> scalar(type.name(), value.getStringValue());
    };
  }

  private static String struct(FieldList fields, FieldValueList values) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      parts.add(fields.get(i).getName() + "=" + text(fields.get(i), values.get(i)));
    }
    return parts.toString();
  }

  private static String range(Range range, String ends) {
    return "[" + end(range.getStart(), ends) + ", " + end(range.getEnd(), ends) + ")";
  }

  private static String end(FieldValue value, String type) {
    return value == null || value.isNull() ? "UNBOUNDED" : scalar(type, value.getStringValue());
  }

  private static String scalar(String type, String text) {
    return type.equals("TIMESTAMP")
        ? new BigDecimal(text).movePointRight(6).toBigIntegerExact().toString()
        : Canonical.of(type, text);
  }
}
