package io.tributary.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.ColumnType;
import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.DatasetRef;
import io.tributary.emulator.catalog.TableDefinition;
import io.tributary.emulator.catalog.TableRef;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same text means what the tables and variables of the moment make of it. */
class SchemaFreshnessTest {
  private static final DatasetRef DATASET = new DatasetRef("p", "d");
  private static final TableRef TABLE = DATASET.table("t");
  private static final String ALL = "SELECT * FROM d.t";

  private Engine engine;

  @BeforeEach
  void open() {
    engine = Engine.open(null, Clock.systemUTC());
    engine.createDataset(DatasetDefinition.of(DATASET));
    engine.createDataset(DatasetDefinition.of(new DatasetRef("p", "other")));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private StatementResult run(String sql) {
    return engine.run(QueryRequest.of("p", sql));
  }

  /** Columns and rows of a query as text. */
  private String seen(String sql) {
    StatementResult result = run(sql);
    return result.schema().stream()
            .map(c -> c.name() + " " + TypeText.of(c))
            .collect(Collectors.joining(", "))
        + " = "
        + result.rows().rows().stream().map(Arrays::asList).toList();
  }

  @Test
  void followsEveryChangeOfATable() {
    run("CREATE TABLE d.t AS SELECT 1 AS a, 'x' AS b");
    assertThat(seen(ALL)).isEqualTo("a INT64, b STRING = [[1, x]]");
    run("ALTER TABLE d.t ADD COLUMN c STRING");
    assertThat(seen(ALL)).isEqualTo("a INT64, b STRING, c STRING = [[1, x, null]]");
    run("ALTER TABLE d.t DROP COLUMN b");
    assertThat(seen("SELECT a FROM d.t")).isEqualTo("a INT64 = [[1]]");
    assertThatThrownBy(() -> run("SELECT b FROM d.t")).hasMessageContaining("b");
    run("ALTER TABLE d.t ALTER COLUMN a SET DATA TYPE NUMERIC");
    assertThat(seen("SELECT a FROM d.t")).isEqualTo("a NUMERIC = [[1.000000000]]");
    TableDefinition table = engine.table(TABLE).orElseThrow();
    List<Column> columns = new ArrayList<>(table.columns());
    columns.add(Column.nullable("z", ColumnType.DATE));
    engine.updateTable(TABLE, table.withColumns(columns), null);
    assertThat(seen("SELECT COUNT(z) AS n FROM d.t")).isEqualTo("n INT64 = [[0]]");
    run("CREATE OR REPLACE TABLE d.t AS SELECT 'new' AS a");
    assertThat(seen(ALL)).isEqualTo("a STRING = [[new]]");
    run("DROP TABLE d.t");
    assertThatThrownBy(() -> run(ALL)).hasMessageContaining("Not found");
    assertThatThrownBy(() -> run("ALTER TABLE d.t ADD COLUMN k INT64"))
        .hasMessageContaining("Not found: Table p:d.t");
    run("CREATE TABLE d.t AS SELECT 'again' AS a");
    assertThat(seen(ALL)).isEqualTo("a STRING = [[again]]");
  }

  @Test
  void followsTheCaseOfNames() {
    run("CREATE TABLE d.t AS SELECT STRUCT(1 AS first) AS s");
    assertThat(seen("SELECT s.* FROM d.t")).isEqualTo("first INT64 = [[1]]");
    run("CREATE OR REPLACE TABLE d.t AS SELECT STRUCT(2 AS FIRST) AS s");
    assertThat(seen("SELECT s.* FROM d.t")).isEqualTo("FIRST INT64 = [[2]]");
  }

  @Test
  void followsViewsAndWhatTheyRead() {
    run("CREATE TABLE d.t AS SELECT 1 AS a");
    run("CREATE VIEW d.v AS SELECT * FROM d.t");
    assertThat(seen("SELECT * FROM d.v")).isEqualTo("a INT64 = [[1]]");
    run("CREATE OR REPLACE TABLE d.t AS SELECT 'x' AS a");
    assertThat(seen("SELECT * FROM d.v")).isEqualTo("a STRING = [[x]]");
    run("CREATE OR REPLACE VIEW d.v AS SELECT 7 AS b");
    assertThat(seen("SELECT * FROM d.v")).isEqualTo("b INT64 = [[7]]");
  }

  @Test
  void keepsScriptsApart() {
    String script =
        "DECLARE v %s DEFAULT %s; CREATE TEMP TABLE x AS SELECT v AS c; SELECT * FROM x";
    assertThat(seen(script.formatted("INT64", "1"))).isEqualTo("c INT64 = [[1]]");
    assertThat(seen(script.formatted("STRING", "'s'"))).isEqualTo("c STRING = [[s]]");
    String nested = script.replace("SELECT *", "SELECT c.*");
    assertThat(seen(nested.formatted("STRUCT<a INT64>", "STRUCT(1)"))).isEqualTo("a INT64 = [[1]]");
    assertThat(seen(nested.formatted("STRUCT<A INT64>", "STRUCT(1)"))).isEqualTo("A INT64 = [[1]]");
    assertThat(seen(script.formatted("INT64", "2"))).isEqualTo("c INT64 = [[2]]");
    assertThatThrownBy(() -> run("SELECT v")).hasMessageContaining("Unrecognized name: v");
    assertThatThrownBy(() -> run("SELECT * FROM x")).hasMessageContaining("must be qualified");
    assertThatThrownBy(() -> run("BEGIN SELECT * FROM x; END"))
        .hasMessageContaining("must be qualified");
  }

  @Test
  void reresolvesWithinAScript() {
    assertThat(
            seen(
                "CREATE TABLE d.t AS SELECT 1 AS a; SELECT * FROM d.t;"
                    + " CREATE OR REPLACE TABLE d.t AS SELECT 'x' AS a, 2 AS b; SELECT * FROM d.t"))
        .isEqualTo("a STRING, b INT64 = [[x, 2]]");
  }

  @Test
  void readsTheTableOfTheDefaultDataset() {
    run("CREATE TABLE d.t AS SELECT 'mine' AS a");
    run("CREATE TABLE other.t AS SELECT 'other' AS a");
    for (String dataset : List.of("d", "other", "d")) {
      QueryRequest request =
          new QueryRequest(
              "SELECT a FROM t", "p", new DatasetRef("p", dataset), List.of(), false, null, null);
      assertThat(engine.run(request).rows().rows().get(0))
          .containsExactly(dataset.equals("d") ? "mine" : "other");
    }
  }

  @Test
  void keepsScriptsApartThatRunAtOnce() throws Exception {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int number = i;
      String value = number % 2 == 0 ? String.valueOf(number) : "'" + number + "'";
      String script =
          "DECLARE v DEFAULT %s; CREATE TEMP TABLE x AS SELECT v AS c; SELECT c FROM x"
              .formatted(value);
      all.add(
          CompletableFuture.runAsync(
              () -> {
                for (int round = 0; round < 10; round++) {
                  assertThat(run(script).rows().rows().get(0)[0])
                      .isEqualTo(number % 2 == 0 ? (Object) (long) number : "" + number);
                }
              }));
    }
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
  }
}
