package io.tributary.emulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.Mode;
import io.tributary.emulator.engine.RowBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the rows of one tabledata.insertAll request. For one thread. */
final class StreamedRows {
  private final List<Column> columns;
  private final boolean ignoreUnknown;
  private final List<Map<Column, Object>> rows = new ArrayList<>();
  private List<Problem> problems = List.of();

  /** Why a row is not taken. */
  record Problem(String reason, String location, String message) {
    /** Nothing is wrong with the row, but with another one. */
    static final Problem STOPPED = new Problem("stopped", "", "");

    static Problem invalid(String location, String message) {
      return new Problem("invalid", location, message);
    }
  }

  StreamedRows(List<Column> columns, boolean ignoreUnknown) {
    this.columns = columns;
    this.ignoreUnknown = ignoreUnknown;
  }

  /** Reads the next row; what is wrong with it, or else keeps it. */
  List<Problem> read(JsonNode json) {
    problems = new ArrayList<>();
    Map<Column, Object> row = members(columns, json, "");
    if (problems.isEmpty()) {
      rows.add(row);
    }
    return problems;
  }

  /** Those of the kept rows, together by the columns that they have. */
  List<RowBatch> batches(List<Integer> positions) {
    Map<List<Column>, List<Object[]>> byColumns = new LinkedHashMap<>();
    for (int position : positions) {
      Map<Column, Object> row = rows.get(position);
      byColumns
          .computeIfAbsent(List.copyOf(row.keySet()), any -> new ArrayList<>())
          .add(row.values().toArray());
    }
    List<RowBatch> batches = new ArrayList<>();
    byColumns.forEach((given, list) -> batches.add(new RowBatch(given, list)));
    return batches;
  }

  private Map<Column, Object> members(List<Column> fields, JsonNode json, String parent) {
    Map<Column, Object> cells = new LinkedHashMap<>();
    json.properties()
        .forEach(
            member -> {
              Column column = find(fields, member.getKey());
              if (column != null) {
                cells.put(column, cell(column, member.getValue(), parent + column.name()));
              } else if (!ignoreUnknown) {
                String path = parent + member.getKey();
                problems.add(Problem.invalid(path, "no such field: " + path + "."));
              }
            });
    for (Column column : fields) {
      boolean missing =
          column.mode() == Mode.REQUIRED
              && cells.get(column) == null
              && (cells.containsKey(column) || column.defaultValueExpression() == null);
      if (missing) {
        String path = parent + column.name();
        problems.add(Problem.invalid(path, "Missing required field: " + path + "."));
      }
    }
    return cells;
  }

  private static Column find(List<Column> fields, String name) {
    return fields.stream()
        .filter(column -> column.name().equalsIgnoreCase(name))
        .findFirst()
        .orElse(null);
  }

  private Object cell(Column column, JsonNode json, String path) {
    if (column.mode() == Mode.REPEATED) {
      Column element = column.withMode(Mode.NULLABLE);
      List<Object> items = new ArrayList<>();
      if (!json.isNull() && !json.isArray()) {
        problems.add(Problem.invalid(path, "Field: " + path + " is repeated; an array is needed."));
      } else {
        json.forEach(item -> items.add(cell(element, item, path)));
      }
      return items;
    }
    if (json.isNull()) {
      return null;
    }
    if (json.isArray()) {
      problems.add(Problem.invalid(path, "Array specified for non-repeated field: " + path + "."));
      return null;
    }
    return switch (column.type()) {
      case STRUCT -> struct(column, json, path);
      case RANGE -> range(column, json, path);
      default -> scalar(column, json, path);
    };
  }

  private Object struct(Column column, JsonNode json, String path) {
    if (!json.isObject()) {
      problems.add(Problem.invalid(path, "This field: " + path + " is a record."));
      return null;
    }
    Map<Column, Object> cells = members(column.fields(), json, path + ".");
    return column.fields().stream()
        .map(field -> cells.getOrDefault(field, field.mode() == Mode.REPEATED ? List.of() : null))
        .toArray();
  }

  private Object range(Column column, JsonNode json, String path) {
    Column end = Column.nullable(column.name(), column.rangeElementType());
    return new Object[] {
      cell(
          end,
          json.path("start").isMissingNode() ? Json.object().nullNode() : json.get("start"),
          path),
      cell(end, json.path("end").isMissingNode() ? Json.object().nullNode() : json.get("end"), path)
    };
  }

  private Object scalar(Column column, JsonNode json, String path) {
    try {
      return StreamedScalar.read(column, json);
    } catch (BigQueryError | IllegalArgumentException | ArithmeticException e) {
      problems.add(
          Problem.invalid(
              path,
              "Cannot convert value to %s (bad value): %s"
                  .formatted(
                      column.type().legacyName().toLowerCase(java.util.Locale.ROOT),
                      json.asText(json.toString()))));
      return null;
    }
  }
}
