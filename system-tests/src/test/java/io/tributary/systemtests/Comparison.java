package io.tributary.systemtests;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.TableResult;
import io.tributary.systemtests.SampleTable.Column;
import io.tributary.systemtests.SampleTable.Row;
import io.tributary.systemtests.SampleTable.Value;
import io.tributary.systemtests.Topics.Change;
import io.tributary.systemtests.Topics.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Compares tables of BigQuery, value by value, with what an independent reader makes of the topics
 * and with what the database holds. Not thread-safe.
 */
final class Comparison {
  /** One value of one type in one mode. */
  record Case(String type, String mode, String table, String value) {}

  private final Set<Case> cases = new HashSet<>();
  private final Set<String> listed = new TreeSet<>();
  private final List<String> differences = new ArrayList<>();
  private int deadLetters;

  Set<Case> cases() {
    return cases;
  }

  Set<String> listed() {
    return listed;
  }

  List<String> differences() {
    return differences;
  }

  int deadLetters() {
    return deadLetters;
  }

  /** Every row is in BigQuery as the topic has it, or its record is a dead letter. */
  void withTopic(
      Mode sourceMode,
      SampleTable table,
      List<Change> changes,
      TableResult result,
      Map<Place, String> letters) {
    String mode = sourceMode.name();
    Map<Integer, FieldValueList> rows = rows(result);
    Map<String, Field> fields = fields(result);
    Map<Integer, Map<String, TopicCell>> latest = new TreeMap<>();
    for (Change change : changes) {
      int id = change.row().path("id").asInt();
      Map<String, TopicCell> cells =
          TopicCell.row(change.schema(), change.row(), sourceMode.decoded());
      Map<String, TopicCell> unfit = new TreeMap<>(cells);
      unfit.values().removeIf(TopicCell::fits);
      String letter = letters.remove(change.place());
      String at =
          mode
              + " "
              + table.name()
              + " "
              + id
              + " "
              + (table.row(id).special() ? table.row(id).values() : "");
      if (unfit.isEmpty()) {
        latest.put(id, cells);
        if (letter != null) {
          differences.add(at + ": is a dead letter: " + letter);
        }
      } else {
        if (letter == null) {
          differences.add(
              at
                  + ": is no dead letter, but does not fit: "
                  + unfit
                  + " BigQuery: "
                  + cell(rows.get(id), fields, unfit.keySet()));
        } else if (!table.row(id).special()) {
          differences.add(at + ": an ordinary row is a dead letter: " + unfit + " " + letter);
        } else {
          deadLetters++;
          count(mode, table, id, unfit.keySet()::contains);
        }
      }
    }
    for (Map.Entry<Integer, Map<String, TopicCell>> row : latest.entrySet()) {
      FieldValueList found = rows.remove(row.getKey());
      if (found == null) {
        differences.add(mode + " " + table.name() + " " + row.getKey() + ": missing in BigQuery");
      } else {
        compare(mode, table, row.getKey(), row.getValue(), fields, found);
      }
    }
    rows.keySet()
        .forEach(
            id ->
                differences.add(mode + " " + table.name() + " " + id + ": unexpected in BigQuery"));
  }

  /** Every change is a row just as its record has it, or its record is a dead letter. */
  void withChanges(
      Mode sourceMode,
      SampleTable table,
      List<Change> changes,
      TableResult result,
      Map<Place, String> letters) {
    String mode = sourceMode.name();
    Map<String, Field> fields = fields(result);
    Map<Place, FieldValueList> rows = rowsByPlace(result);
    for (Change change : changes) {
      int id = change.row().path("id").asInt();
      FieldValueList found = rows.remove(change.place());
      if (letters.containsKey(change.place()) == (found != null)) {
        differences.add(
            "%s: %s in the history, %s: %s"
                .formatted(
                    change.place(),
                    found == null ? "missing" : "there",
                    table.row(id).special() ? table.row(id).values() : "an ordinary row",
                    letters.get(change.place())));
      } else if (found != null) {
        List<String> leftOut = leftOut(found);
        ObjectNode sent = ((ObjectNode) change.row()).deepCopy().without(leftOut);
        Map<String, TopicCell> cells = TopicCell.row(change.schema(), sent, sourceMode.decoded());
        for (String name : leftOut) {
          TopicCell cell = cells.remove(name);
          String text = BigQueryCells.text(fields.get(name), found.get(name));
          boolean said = cell.type().startsWith("ARRAY") ? "[]".equals(text) : text == null;
          if (!said || (!change.op().equals("u") && !table.row(id).special())) {
            differences.add(change.place() + " " + name + ": left out, and has " + text);
          }
        }
        compare(mode, table, id, cells, fields, found);
      }
    }
    rows.keySet().forEach(place -> differences.add(place + ": unexpected in the history"));
  }

  private static List<String> leftOut(FieldValueList row) {
    return row
        .get("change_metadata")
        .getRecordValue()
        .get("unavailable")
        .getRepeatedValue()
        .stream()
        .map(FieldValue::getStringValue)
        .toList();
  }

  private Map<Place, FieldValueList> rowsByPlace(TableResult result) {
    Map<Place, FieldValueList> rows = new HashMap<>();
    for (FieldValueList row : result.iterateAll()) {
      FieldValueList told = row.get("change_metadata").getRecordValue();
      Place place =
          new Place(
              told.get("kafka_topic").getStringValue(),
              told.get("kafka_partition").getNumericValue().intValueExact(),
              told.get("kafka_offset").getLongValue());
      if (rows.put(place, row) != null) {
        differences.add(place + ": twice in the history");
      }
    }
    return rows;
  }

  private static String cell(FieldValueList row, Map<String, Field> fields, Set<String> names) {
    List<String> cells = new ArrayList<>();
    if (row != null) {
      names.stream()
          .filter(fields::containsKey)
          .forEach(name -> cells.add(BigQueryCells.text(fields.get(name), row.get(name))));
    }
    return cells.toString();
  }

  private void compare(
      String mode,
      SampleTable table,
      int id,
      Map<String, TopicCell> expected,
      Map<String, Field> fields,
      FieldValueList found) {
    Set<String> wrong = new HashSet<>();
    expected.forEach(
        (name, cell) -> {
          String at = mode + " " + table.name() + " " + id + " " + name;
          Value value = table.row(id).values().get(name);
          String what = value == null ? "" : " (" + value.what() + ")";
          Field field = fields.get(name);
          if (field == null) {
            differences.add(at + what + ": no such column");
            wrong.add(name);
            return;
          }
          String type = BigQueryCells.type(field);
          String text = BigQueryCells.text(field, found.get(name));
          if (!type.equals(cell.type()) || !Objects.equals(text, cell.text())) {
            differences.add(
                "%s%s: expected %s %s, BigQuery has %s %s"
                    .formatted(at, what, cell.type(), cell.text(), type, text));
            wrong.add(name);
          }
        });
    count(mode, table, id, name -> expected.containsKey(name) && !wrong.contains(name));
  }

  private void count(String mode, SampleTable table, int id, Predicate<String> compared) {
    Row row = table.row(id);
    for (Column column : table.columns()) {
      Value value = row.values().get(column.name());
      if ((value != null || row.values().isEmpty()) && compared.test(column.name())) {
        cases.add(
            new Case(
                column.type().sql(), mode, table.name(), value == null ? "NULL" : value.what()));
        listed.add(column.type().listed());
      }
    }
  }

  /** Where a mode loses nothing, BigQuery says what the database says. */
  void withDatabase(
      String mode,
      SampleTable table,
      Predicate<Column> lossless,
      Map<Integer, Map<String, String>> truth,
      TableResult result) {
    Map<Integer, FieldValueList> rows = rows(result);
    Map<String, Field> fields = fields(result);
    rows.forEach(
        (id, row) -> {
          for (Column column : table.columns()) {
            Value value = table.row(id).values().get(column.name());
            boolean lost =
                value != null
                    && KnownLoss.any(
                        column.type(),
                        value.what(),
                        column.sql().contains("[]"),
                        id < SampleTable.STREAMED);
            if (lost || !lossless.test(column) || !fields.containsKey(column.name())) {
              continue;
            }
            Field field = fields.get(column.name());
            String text = BigQueryCells.text(field, row.get(column.name()));
            String held =
                DatabaseText.of(BigQueryCells.type(field), truth.get(id).get(column.name()));
            if (!Objects.equals(text, held)) {
              differences.add(
                  "%s %s %d %s (%s): the database has %s, BigQuery %s"
                      .formatted(
                          mode,
                          table.name(),
                          id,
                          column.name(),
                          value == null ? "" : value.what(),
                          held,
                          text));
            }
          }
        });
  }

  /** Counts, in one line; dead letters that nobody expected are differences. */
  void report(String database, Map<Place, String> letters) {
    letters.forEach((place, why) -> differences.add(place + ": a dead letter: " + why));
    System.out.printf(
        "types of %s: %d, cases of (type, mode, value): %d, dead letters: %d, differences: %d%n",
        database, listed.size(), cases.size(), deadLetters, differences.size());
  }

  private static Map<Integer, FieldValueList> rows(TableResult result) {
    Map<Integer, FieldValueList> rows = new HashMap<>();
    for (FieldValueList row : result.iterateAll()) {
      rows.put(row.get("id").getNumericValue().intValueExact(), row);
    }
    return rows;
  }

  private static Map<String, Field> fields(TableResult result) {
    Map<String, Field> fields = new HashMap<>();
    result.getSchema().getFields().forEach(field -> fields.put(field.getName(), field));
    return fields;
  }
}
