package io.tributary.tools.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.cloud.bigquery.QueryJobConfiguration;
import io.tributary.tools.local.ClosingStack;
import io.tributary.tools.local.LocalBigQuery;
import io.tributary.tools.local.LocalFolder;
import io.tributary.tools.local.LocalPostgres;
import io.tributary.tools.local.Ports;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Both sides are real: a PostgreSQL server, and the emulator behind Google's client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TableComparisonTest {
  private static final List<SourceTable> TABLES =
      List.of(new SourceTable("public", "things"), new SourceTable("public", "pairs"));

  private final ClosingStack parts = new ClosingStack();
  private LocalBigQuery bigQuery;
  private Connection connection;

  @BeforeAll
  void start() throws SQLException {
    Ports ports = new Ports(note -> {});
    LocalFolder folder = parts.add(LocalFolder.create("tributary-test"));
    LocalPostgres postgres = parts.add(LocalPostgres.start(folder, ports.any()));
    connection = parts.add(postgres.connect("postgres"));
    bigQuery = parts.add(LocalBigQuery.start(ports.any(), ports.any()));
    bigQuery.createDataset("shop");
  }

  @AfterAll
  void stop() {
    parts.close();
  }

  @BeforeEach
  void fillBothSidesAlike() throws Exception {
    source("DROP TABLE IF EXISTS things, pairs");
    source(
        """
        CREATE TABLE things (id bigint PRIMARY KEY, name text, price numeric(12,2), ok boolean,
          data jsonb, raw bytea, day date, local timestamp, instant timestamptz, f8 float8, f4 real,
          tags text[] NOT NULL, codes int[] NOT NULL, ref uuid)
        """);
    source(
        """
        INSERT INTO things VALUES
          (9, 'nine "quoted" ø', 12.50, true, '{"b": [1, null], "a": 1.0}', '\\x00ff', '2026-02-28',
           '2026-02-28 23:59:59.999999', '2026-03-01 01:00:00.5+01', 0.1, 0.1, '{a,"b,c"}', '{1,-2}',
           'b68a35a7-17ad-35b3-af2a-ae46edb4545a'),
          (10, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', '{}', NULL)
        """);
    source("CREATE TABLE pairs (b text, a int, v text, PRIMARY KEY (a, b))");
    source(
        "INSERT INTO pairs SELECT 'k' || i % 50, i / 50, 'v' || i FROM generate_series(0, 4999) i");
    target("DROP TABLE IF EXISTS shop.things");
    target("DROP TABLE IF EXISTS shop.pairs");
    target(
        """
        CREATE TABLE shop.things (id INT64, name STRING, price NUMERIC, ok BOOL, data JSON,
          raw BYTES, day DATE, local DATETIME, instant TIMESTAMP, f8 FLOAT64, f4 FLOAT64,
          tags ARRAY<STRING>, codes ARRAY<INT64>, ref STRING, change_metadata STRING)
        """);
    target(
        """
        INSERT INTO shop.things
          (id, name, price, ok, data, raw, day, local, instant, f8, f4, tags, codes, ref,
           change_metadata)
        VALUES
          (9, 'nine "quoted" ø', NUMERIC '12.5', true, JSON '{"a": 1, "b": [1, null]}', b'\\x00\\xff',
           DATE '2026-02-28', DATETIME '2026-02-28 23:59:59.999999',
           TIMESTAMP '2026-03-01 00:00:00.5+00', 0.1, 0.10000000149011612, ['a', 'b,c'], [1, -2],
           'b68a35a7-17ad-35b3-af2a-ae46edb4545a', 'own'),
          (10, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, [], [], NULL, 'own')
        """);
    target("CREATE TABLE shop.pairs (a INT64, b STRING, v STRING)");
    target(
        """
        INSERT INTO shop.pairs (a, b, v)
        SELECT DIV(i, 50), CONCAT('k', CAST(MOD(i, 50) AS STRING)), CONCAT('v', CAST(i AS STRING))
        FROM UNNEST(GENERATE_ARRAY(0, 4999)) AS i
        """);
  }

  @Test
  void findsNothingWhereNothingDiffers() throws Exception {
    Differences found = compare();

    assertThat(found.first()).isEmpty();
    assertThat(found.none()).isTrue();
    assertThat(found.tables()).isEqualTo(2);
    assertThat(found.rows()).isEqualTo(5002);
  }

  @Test
  void findsExactlyTheOnePlantedValue() throws Exception {
    target("UPDATE shop.pairs SET v = 'planted' WHERE a = 70 AND b = 'k2'");

    assertThat(compare().first())
        .containsExactly(new Difference("pairs", "[70, k2]", "v", "v3502", "planted"));
  }

  @Test
  void findsARowTooFewATwinAndARowTooMany() throws Exception {
    target("DELETE FROM shop.pairs WHERE a = 0 AND b = 'k0'");
    target("INSERT INTO shop.pairs (a, b, v) VALUES (1, 'k1', 'v51'), (1000, 'k0', 'new')");

    assertThat(compare().first())
        .extracting(Difference::key, Difference::source, Difference::target)
        .containsExactly(
            tuple("[0, k0]", "a row", "<no row>"),
            tuple("[1, k1]", "<no row>", "a row"),
            tuple("[1000, k0]", "<no row>", "a row"));
  }

  @Test
  void tellsNullFromEmpty() throws Exception {
    target("UPDATE shop.things SET name = '' WHERE id = 10");

    assertThat(compare().first()).extracting(Difference::column).containsExactly("name");
  }

  @Test
  void findsColumnsThatOneSideLacks() throws Exception {
    source("ALTER TABLE pairs ADD COLUMN only_source int");
    target("ALTER TABLE shop.pairs ADD COLUMN only_target STRING");

    assertThat(compare().first())
        .extracting(Difference::column)
        .containsExactly("only_source", "only_target");
  }

  @Test
  void findsATableThatIsMissing() throws Exception {
    target("DROP TABLE shop.pairs");

    assertThat(compare().first()).extracting(Difference::place).containsExactly("pairs");
  }

  @Test
  void refusesATableWithoutAKey() throws Exception {
    source("ALTER TABLE pairs DROP CONSTRAINT pairs_pkey");

    assertThatThrownBy(this::compare)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("primary key");
  }

  private Differences compare() throws Exception {
    return TableComparison.compare(connection, bigQuery.client(), "shop", TABLES);
  }

  private void source(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void target(String sql) throws InterruptedException {
    bigQuery.client().query(QueryJobConfiguration.of(sql));
  }
}
