package io.tributary.bigquery.row;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Encodes what a query answered, so that a row can be completed by it. Cells are texts as
 * BigQuery's REST service spells them, timestamps as microseconds. For a single thread.
 */
public final class StoredCells {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Form TEXT = Text.plain();
  private static final String UNBOUNDED = "UNBOUNDED";

  private final RowLayout layout;
  private final WireOut out = new WireOut();

  public StoredCells(RowLayout layout) {
    this.layout = layout;
  }

  /** A key's cells in the form in which changes have their keys. */
  public byte[] key(List<String> columns, List<String> cells) {
    out.clear();
    IntStream.range(0, columns.size())
        .boxed()
        .sorted(Comparator.comparingInt(i -> layout.fieldNumber(columns.get(i))))
        .forEach(i -> cell(columns.get(i), cells.get(i)));
    return out.take();
  }

  /**
   * A row's state as far as it was asked for. A value that the layout has no place for, because the
   * table's column has become wider, stays unavailable.
   */
  public EncodedRow state(byte[] key, List<String> columns, List<String> cells) {
    List<String> unavailable = new ArrayList<>();
    out.clear();
    for (int i = 0; i < columns.size(); i++) {
      int before = out.size();
      try {
        if (cells.get(i) != null) {
          cell(columns.get(i), cells.get(i));
        }
      } catch (Unfit wider) {
        out.cut(before);
        unavailable.add(columns.get(i));
      }
    }
    return new EncodedRow(key, out.take(), unavailable);
  }

  private void cell(String name, String cell) {
    Column column = layout.column(name);
    int number = layout.fieldNumber(name);
    boolean nested = column.mode() == Column.Mode.REPEATED || column.type() == ColumnType.STRUCT;
    if (nested) {
      write(out, number, column, tree(cell));
    } else {
      scalar(out, number, column, cell);
    }
  }

  private void write(WireOut to, int number, Column column, JsonNode value) {
    if (column.mode() == Column.Mode.REPEATED) {
      Column item = column.withMode(Column.Mode.NULLABLE);
      value.forEach(element -> write(to, number, item, element.get("v")));
    } else if (column.type() == ColumnType.STRUCT) {
      WireOut message = to.nested();
      for (int i = 0; i < column.fields().size() && i < value.get("f").size(); i++) {
        JsonNode field = value.get("f").get(i).get("v");
        if (!field.isNull()) {
          write(message, i + 1, column.fields().get(i), field);
        }
      }
      to.message(number, message);
    } else {
      scalar(to, number, column, value.asText());
    }
  }

  private static void scalar(WireOut to, int number, Column column, String text) {
    switch (column.type()) {
      case INT64, TIMESTAMP -> to.int64(number, Long.parseLong(text));
      case FLOAT64 -> to.float64(number, Double.parseDouble(text));
      case BOOL -> to.bool(number, Boolean.parseBoolean(text));
      case STRING, JSON, GEOGRAPHY, INTERVAL -> to.string(number, text);
      case BYTES -> to.bytes(number, Base64.getDecoder().decode(text));
      case NUMERIC, BIGNUMERIC, DATE, TIME, DATETIME ->
          TEXT.into(Target.exact(column)).write(to, number, text);
      case RANGE_DATE, RANGE_DATETIME, RANGE_TIMESTAMP -> range(to, number, column, text);
      case STRUCT -> throw new IllegalArgumentException("A " + column.type() + " is no scalar");
    }
  }

  /** Such as {@code [2020-01-01, UNBOUNDED)}. */
  private static void range(WireOut to, int number, Column column, String text) {
    Column end = Column.nullable("", WireTypes.ends(column.type()).orElseThrow());
    String[] ends = text.substring(1, text.length() - 1).split(", ", -1);
    WireOut message = to.nested();
    end(message, RangeEnds.START, end, ends[0]);
    end(message, RangeEnds.END, end, ends[1]);
    to.message(number, message);
  }

  private static void end(WireOut to, int number, Column column, String text) {
    if (!text.equals(UNBOUNDED)) {
      scalar(to, number, column, text);
    }
  }

  private static JsonNode tree(String cell) {
    try {
      return JSON.readTree(cell);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A cell is not what BigQuery answers", e);
    }
  }
}
