package io.tributary.bigquery.connect;

import static io.tributary.bigquery.connect.Events.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.FieldValueList;
import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.bigquery.table.ColumnNames;
import io.tributary.bigquery.testkit.Changes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Columns may be called like anything that the sink's SQL names, or like SQL itself. */
final class NamesTest {
  private static final List<String> NAMES =
      List.of(
          "local",
          "ds",
          "items",
          "t",
          "s",
          "v",
          "g",
          "d",
          "l",
          "r",
          "o",
          "c",
          "a",
          "n",
          "p",
          "link",
          "position",
          "life",
          "left_at",
          "cycles",
          "versions",
          "fold",
          "staged",
          "lives",
          "latest",
          "filled",
          "remembered",
          "leaving",
          "graves",
          "departures",
          "complete",
          "grave",
          "operation",
          "order",
          "group",
          "select",
          "from",
          "x",
          "x__box",
          "box_x",
          "Case",
          "change_metadata_2");

  private final TaskHarness harness = new TaskHarness();
  private final Changes changes =
      Changes.postgres("public", "items")
          .topic(Events.TOPIC)
          .at(0, 0)
          .key("k", Schema.INT64_SCHEMA);

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void anyNameIsAColumnsName() {
    NAMES.forEach(name -> changes.column(name, Schema.OPTIONAL_STRING_SCHEMA));
    RunningTask task = harness.task();
    task.put(
        List.of(
            changes.insert(row(1, "a")), changes.insert(row(2, "b")), changes.insert(row(3, "c"))));
    task.awaitApplied();
    task.put(
        List.of(
            changes.update(row(1, UNAVAILABLE)),
            changes.update(row(2, "B")),
            changes.delete(Map.of("k", 3L))));
    task.awaitApplied();
    assertThat(task.context.reasons).isEmpty();
    Map<Long, String> cells = new TreeMap<>();
    for (String name : NAMES) {
      for (FieldValueList cell :
          harness.query("SELECT k, `" + name + "` FROM `local.ds.items` AS read")) {
        cells.put(cell.get(0).getLongValue(), cell.get(1).getStringValue());
      }
      assertThat(cells).as(name).isEqualTo(Map.of(1L, "a", 2L, "B"));
    }
  }

  @Test
  void fieldsHaveAnyNameAndLongNamesStayApart() {
    String longest = "l".repeat(300);
    List<String> hostile =
        List.of(
            "t",
            "select",
            "_field_1",
            "Größe",
            "a b",
            "a-b",
            "a.b`c",
            "_PARTITION_x",
            longest,
            longest + "1",
            longest + "2",
            "\uD83D\uDE00".repeat(200));
    SchemaBuilder struct = SchemaBuilder.struct().optional();
    hostile.forEach(name -> struct.field(name, Schema.OPTIONAL_STRING_SCHEMA));
    Schema schema = struct.build();
    Struct value = new Struct(schema);
    hostile.forEach(name -> value.put(name, name));
    Map<String, Object> row = new HashMap<>(Map.of("k", 1L, "nested", value));
    changes.column("nested", schema);
    hostile.forEach(name -> changes.column(name, Schema.OPTIONAL_STRING_SCHEMA));
    hostile.forEach(name -> row.put(name, name));
    RunningTask task = harness.task();
    task.put(List.of(changes.insert(row)));
    task.awaitApplied();
    assertThat(task.context.reasons).isEmpty();
    Set<String> columns = new HashSet<>();
    for (String name : hostile) {
      String column = ColumnNames.legal(name);
      assertThat(column).hasSizeLessThanOrEqualTo(300);
      assertThat(columns.add(column)).as(column).isTrue();
      FieldValueList cells =
          harness
              .query("SELECT nested.`" + column + "`, `" + column + "` FROM `local.ds.items`")
              .iterator()
              .next();
      assertThat(cells.get(0).getStringValue()).isEqualTo(name);
      assertThat(cells.get(1).getStringValue()).isEqualTo(name);
    }
  }

  @Test
  void tablesHaveNamesOfAnyLanguageInDatasetsByTemplate() {
    harness.dataset("of_sales");
    RunningTask task =
        harness.task(
            Map.of(
                "dataset.name.template", "of_${source.schema}",
                "auto.create.datasets", "true",
                "table.name.template", "Größe-1 注文 ${source.table}"));
    List<SinkRecord> records = new ArrayList<>();
    for (String schema : List.of("sales", "stock")) {
      Changes here =
          Changes.postgres(schema, "items")
              .topic(Events.TOPIC)
              .at(0, records.size())
              .key("k", Schema.INT64_SCHEMA);
      records.add(here.insert(Map.of("k", (long) schema.length())));
      records.add(here.insert(Map.of("k", 9L)));
    }
    task.put(records);
    task.awaitApplied();

    assertThat(task.context.reasons).isEmpty();
    for (String dataset : List.of("of_sales", "of_stock")) {
      assertThat(
              harness.count(
                  "SELECT COUNT(DISTINCT k) FROM `local." + dataset + ".Größe-1 注文 items`"))
          .isEqualTo(2);
    }
  }

  private static Map<String, Object> row(long key, String value) {
    Map<String, Object> row = new HashMap<>();
    row.put("k", key);
    NAMES.forEach(name -> row.put(name, value));
    return row;
  }
}
