package io.tributary.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.DatasetRef;
import io.tributary.emulator.catalog.TableRef;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The script with which the connector folds staged changes into a table. */
class MergeScriptTest {
  private static final String PROJECT = "p-x";
  private static final TableRef TARGET = new TableRef(PROJECT, "d", "t");
  private static final TableRef STAGING = new TableRef(PROJECT, "d", "staging");
  private static final String METADATA = "STRUCT<position BYTES, operation STRING>";
  private static final String COLUMNS =
      "k2 STRING, c1 STRING, a ARRAY<INT64>, n NUMERIC, bn BIGNUMERIC, b BYTES, j JSON,"
          + " dt DATETIME, ts TIMESTAMP, dd DATE, tm TIME, bo BOOL, s STRUCT<x INT64, y STRING>";
  private static final String NAMES = "k2, c1, a, n, bn, b, j, dt, ts, dd, tm, bo, s";

  private static final String FOLD =
      """
      DECLARE cycles ARRAY<STRING>;
      SET cycles = (SELECT ARRAY_AGG(DISTINCT _cycle) FROM `p-x.d.staging`
        WHERE _kind = 'change' AND _staged_at >= TIMESTAMP '2020-01-01 00:00:00+00'
        AND _cycle NOT IN (SELECT _cycle FROM `p-x.d.staging` WHERE _kind = 'applied'));
      IF ARRAY_LENGTH(cycles) > 0 THEN
        IF (SELECT MAX(_columns) FROM `p-x.d.staging` WHERE _cycle IN UNNEST(cycles)) > 12 THEN
          RAISE USING MESSAGE = 'tributary: the schema is newer than this script';
        END IF;
        CREATE TEMP TABLE fold AS
          WITH staged AS (
            SELECT s.*, 'c1' IN UNNEST(s._unavailable) AS u1 FROM `p-x.d.staging` s
            WHERE _kind = 'change' AND _cycle IN UNNEST(cycles)),
          versions AS (
            SELECT *, LAST_VALUE(IF('c1' IN UNNEST(_unavailable), NULL, STRUCT(c1 AS v))
              IGNORE NULLS) OVER (PARTITION BY id ORDER BY _position
              ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS c1_box FROM staged),
          graves AS (
            SELECT id, MAX(_position) AS grave FROM `p-x.d.staging`
            WHERE _kind IN ('tombstone', 'moved') GROUP BY id)
          SELECT v.* EXCEPT (c1_box), v.c1_box.v AS c1_resolved, v.c1_box IS NULL AS c1_open,
            g.grave
          FROM versions v LEFT JOIN graves g ON g.id = v.id
            LEFT JOIN `p-x.d.t` t ON t.id = v.id
          WHERE COALESCE(v._position > g.grave, TRUE)
          QUALIFY ROW_NUMBER() OVER (PARTITION BY v.id ORDER BY v._position DESC) = 1;
        INSERT INTO `p-x.d.staging` (_kind, _cycle, _position, id)
          SELECT 'tombstone', _cycle, _position, id FROM fold WHERE _op = 'd';
        DELETE FROM `p-x.d.t` WHERE change_metadata.position <
          (SELECT MAX(_position) FROM fold WHERE _op = 't');
        MERGE `p-x.d.t` T USING (SELECT * FROM fold WHERE _op IN ('u', 'd')) S ON T.id = S.id
          WHEN MATCHED AND S._position > COALESCE(T.change_metadata.position, b'')
            AND S._op = 'd' THEN DELETE
          WHEN MATCHED AND S._position > COALESCE(T.change_metadata.position, b'') THEN UPDATE SET
            c1 = IF(S.c1_open, T.c1, S.c1_resolved), k2 = S.k2, a = S.a, n = S.n, bn = S.bn,
            b = S.b, j = S.j, dt = S.dt, ts = S.ts, dd = S.dd, tm = S.tm, bo = S.bo, s = S.s,
            change_metadata = STRUCT(S._position AS position, S._op AS operation)
          WHEN NOT MATCHED AND S._op = 'u' AND NOT S.c1_open THEN
            INSERT (id, k2, c1, a, n, bn, b, j, dt, ts, dd, tm, bo, s, change_metadata)
            VALUES (S.id, S.k2, S.c1_resolved, S.a, S.n, S.bn, S.b, S.j, S.dt, S.ts, S.dd, S.tm,
              S.bo, S.s, STRUCT(S._position, S._op));
        INSERT INTO `p-x.d.staging` (_kind, _cycle, _staged_at)
          SELECT 'applied', c, CURRENT_TIMESTAMP() FROM UNNEST(cycles) AS c;
      END IF;
      """;

  private Engine engine;

  @BeforeEach
  void open() {
    engine = Engine.open(null, Clock.systemUTC());
    engine.createDataset(DatasetDefinition.of(new DatasetRef(PROJECT, "d")));
    run(
        "CREATE TABLE d.t (id INT64 NOT NULL, "
            + COLUMNS
            + ", change_metadata "
            + METADATA
            + ", PRIMARY KEY (id) NOT ENFORCED) CLUSTER BY id");
    run(
        "CREATE TABLE d.staging (_kind STRING, _cycle STRING, _position BYTES, _op STRING,"
            + " _columns INT64, _unavailable ARRAY<STRING>, _staged_at TIMESTAMP, id INT64, "
            + COLUMNS
            + ") PARTITION BY TIMESTAMP_TRUNC(_staged_at, HOUR)"
            + " OPTIONS (partition_expiration_days = 2)");
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private StatementResult run(String sql) {
    return engine.run(QueryRequest.of(PROJECT, sql));
  }

  private List<Object> column(String sql) {
    return run(sql).rows().rows().stream().map(r -> r[0]).toList();
  }

  private void stage(String cycle, String op, String position, long id, String c1) {
    boolean unavailable = c1.equals("?");
    run(
        "INSERT INTO d.staging (_kind, _cycle, _position, _op, _columns, _unavailable, _staged_at,"
            + " id, "
            + NAMES
            + ") VALUES ('change', '"
            + cycle
            + "', FROM_HEX('"
            + position
            + "'), '"
            + op
            + "', 12, "
            + (unavailable ? "['c1']" : "NULL")
            + ", CURRENT_TIMESTAMP(), "
            + id
            + ", 'k', "
            + (unavailable ? "NULL" : "'" + c1 + "'")
            + ", [1, 2], NUMERIC '1.5', BIGNUMERIC '123456789012345678901234567890.123456789012345',"
            + " b'\\x00\\xff', JSON '{\"a\": 1}', DATETIME '2026-01-02 03:04:05.678',"
            + " TIMESTAMP '2026-01-02 03:04:05.678901+00', DATE '2026-01-02', TIME '03:04:05',"
            + " TRUE, STRUCT(7 AS x, 'y' AS y))");
  }

  @Test
  void insertsUpdatesDeletesAndIsIdempotent() {
    stage("a", "u", "01", 1, "one");
    stage("a", "u", "02", 2, "two");
    stage("a", "u", "03", 2, "?");
    StatementResult first = run(FOLD);
    assertThat(first.statementType()).isEqualTo("SCRIPT");
    assertThat(merged(first)).containsExactly(new DmlStats(2, 0, 0));
    assertThat(
            column("SELECT CONCAT(id, c1, TO_HEX(change_metadata.position)) FROM d.t ORDER BY 1"))
        .containsExactly("1one01", "2two03");

    stage("b", "u", "04", 1, "?");
    stage("b", "d", "05", 2, "gone");
    stage("b", "u", "06", 3, "three");
    StatementResult second = run(FOLD);
    assertThat(merged(second)).containsExactly(new DmlStats(1, 1, 1));
    assertThat(column("SELECT CONCAT(id, c1) FROM d.t ORDER BY 1"))
        .containsExactly("1one", "3three");

    // a late, older change meets the tombstone
    stage("c", "u", "04", 2, "late");
    run(FOLD);
    assertThat(column("SELECT id FROM d.t ORDER BY id")).containsExactly(1L, 3L);
    assertThat(run(FOLD).children()).isEmpty();
    assertThat(column("SELECT COUNT(*) FROM d.staging WHERE _kind = 'applied'"))
        .containsExactly(3L);
  }

  @Test
  void keepsValuesOfEveryTypeExact() {
    stage("a", "u", "01", 1, "one");
    run(FOLD);
    Object[] row =
        run("SELECT a, n, bn, TO_HEX(b), j, dt, ts, dd, tm, bo, s.y FROM d.t").rows().rows().get(0);
    assertThat(row[0]).isEqualTo(List.of(1L, 2L));
    assertThat(row[1].toString()).startsWith("1.5");
    assertThat(row[2].toString()).isEqualTo("123456789012345678901234567890.123456789012345");
    assertThat(row[3]).isEqualTo("00ff");
    assertThat(row[4]).isEqualTo("{\"a\":1}");
    assertThat(row[5].toString()).isEqualTo("2026-01-02T03:04:05.678");
    assertThat(row[6].toString()).isEqualTo("2026-01-02T03:04:05.678901Z");
    assertThat(row[7].toString()).isEqualTo("2026-01-02");
    assertThat(row[8].toString()).isEqualTo("03:04:05");
    assertThat(row[9]).isEqualTo(true);
    assertThat(row[10]).isEqualTo("y");
  }

  @Test
  void truncateRemovesOlderRowsOnly() {
    stage("a", "u", "01", 1, "one");
    stage("a", "u", "09", 2, "two");
    run(FOLD);
    stage("b", "t", "05", 0, "-");
    run(FOLD);
    assertThat(column("SELECT id FROM d.t")).containsExactly(2L);
  }

  @Test
  void raisesWhenTheSchemaIsNewer() {
    stage("a", "u", "01", 1, "one");
    run("UPDATE d.staging SET _columns = 13 WHERE TRUE");
    assertThatThrownBy(() -> run(FOLD))
        .isInstanceOfSatisfying(
            BigQueryError.class, e -> assertThat(e.reason()).isEqualTo("invalidQuery"))
        .hasMessage("tributary: the schema is newer than this script");
    assertThat(engine.rowCount(TARGET)).isZero();
    assertThat(engine.rowCount(STAGING)).isEqualTo(1);
  }

  @Test
  void refusesTwoSourceRowsForOneTargetRow() {
    stage("a", "u", "01", 1, "one");
    run(FOLD);
    assertThatThrownBy(
            () ->
                run(
                    "MERGE d.t T USING UNNEST([1, 1]) AS x ON T.id = x"
                        + " WHEN MATCHED THEN UPDATE SET c1 = 'z'"))
        .hasMessage("UPDATE/MERGE must match at most one source row for each target row");
    assertThat(column("SELECT c1 FROM d.t")).containsExactly("one");
  }

  private static List<DmlStats> merged(StatementResult script) {
    return script.children().stream()
        .map(ScriptStatement::result)
        .filter(result -> result.statementType().equals("MERGE"))
        .map(StatementResult::dmlStats)
        .toList();
  }
}
