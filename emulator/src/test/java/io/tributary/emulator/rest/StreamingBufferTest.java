package io.tributary.emulator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.InsertAllRequest;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TableId;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.EmulatorOptions;
import io.tributary.emulator.Refusal;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.EmulatorOnly;
import io.tributary.emulator.contract.Sources;
import io.tributary.emulator.junit.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What statements may do to rows that were streamed a short while ago. */
@EmulatorOnly
class StreamingBufferTest {
  private final MovableClock clock = MovableClock.at(Instant.parse("2026-03-01T10:00:00Z"));
  private BigQueryUnderTest bigQuery;
  private TableId table;
  private String name;

  @BeforeEach
  void start() {
    bigQuery = BigQueryUnderTest.start(EmulatorOptions.builder().clock(clock));
    table =
        bigQuery.newTable(
            Field.of("id", StandardSQLTypeName.INT64),
            Field.of("name", StandardSQLTypeName.STRING));
    name = BigQueryUnderTest.sql(table);
    bigQuery.query("INSERT " + name + " VALUES (1, 'old')");
    stream(2);
  }

  @AfterEach
  void close() {
    bigQuery.close();
  }

  private void stream(int id) {
    bigQuery
        .rest()
        .insertAll(InsertAllRequest.newBuilder(table).addRow("i" + id, Map.of("id", id)).build());
  }

  private void refused(String sql) {
    assertThat(Refusal.of(() -> bigQuery.query(sql)))
        .isEqualTo(
            new Refusal(
                400,
                "invalidQuery",
                ("UPDATE or DELETE statement over table %s.%s.%s would affect rows in the streaming"
                        + " buffer, which is not supported")
                    .formatted(BigQueryUnderTest.PROJECT, table.getDataset(), table.getTable())));
  }

  @Test
  @Behaviour(
      area = Area.DML,
      says =
          "UPDATE, DELETE and MERGE that would change rows of tabledata.insertAll of the last 30"
              + " minutes are refused.",
      source = Sources.DML)
  @Behaviour(
      area = Area.DML,
      says = "After 30 minutes statements may change rows of tabledata.insertAll.",
      source = Sources.DML)
  void streamedRowsCannotBeChangedForAWhile() {
    refused("UPDATE " + name + " SET name = 'x' WHERE id = 2");
    refused("DELETE FROM " + name + " WHERE TRUE");
    refused(
        "MERGE " + name + " t USING (SELECT 2 AS id) s ON t.id = s.id WHEN MATCHED THEN DELETE");
    assertThat(bigQuery.firstColumn(table)).containsExactly("1", "2");
    clock.advance(Duration.ofMinutes(29));
    refused("DELETE FROM " + name + " WHERE id = 2");
    clock.advance(Duration.ofMinutes(1));
    bigQuery.query("DELETE FROM " + name + " WHERE id = 2");
    assertThat(bigQuery.firstColumn(table)).containsExactly("1");
  }

  @Test
  @Behaviour(
      area = Area.DML,
      says = "TRUNCATE TABLE is refused while the table has freshly streamed rows.",
      source = Sources.DML)
  void streamedRowsCannotBeTruncated() {
    refused("TRUNCATE TABLE " + name);
    clock.advance(Duration.ofMinutes(31));
    bigQuery.query("TRUNCATE TABLE " + name);
    assertThat(bigQuery.firstColumn(table)).isEmpty();
  }

  @Test
  @Behaviour(
      area = Area.DML,
      says = "Rows beside freshly streamed ones may be changed, and rows inserted.",
      source = Sources.DML)
  void otherRowsMayChange() {
    bigQuery.query("UPDATE " + name + " SET name = 'new' WHERE id = 1");
    bigQuery.query("INSERT " + name + " VALUES (3, 'three')");
    bigQuery.query(
        "MERGE " + name + " t USING (SELECT 1 AS id) s ON t.id = s.id WHEN MATCHED THEN DELETE");
    assertThat(bigQuery.firstColumn(table)).containsExactly("2", "3");
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says =
          "tables.get shows the streaming buffer of freshly streamed rows: how many, how large,"
              + " since when.",
      source = Sources.REST_TABLES)
  void theBufferIsShown() {
    clock.advance(Duration.ofMinutes(5));
    stream(3);
    StandardTableDefinition.StreamingBuffer buffer = buffer();
    assertThat(buffer.getEstimatedRows()).isEqualTo(2);
    assertThat(buffer.getEstimatedBytes()).isPositive();
    assertThat(buffer.getOldestEntryTime())
        .isEqualTo(Instant.parse("2026-03-01T10:00:00Z").toEpochMilli());
    clock.advance(Duration.ofMinutes(30));
    assertThat(buffer()).isNull();
  }

  private StandardTableDefinition.StreamingBuffer buffer() {
    return bigQuery
        .rest()
        .getTable(table)
        .<StandardTableDefinition>getDefinition()
        .getStreamingBuffer();
  }

  @Test
  @Behaviour(
      area = Area.STREAMING,
      says = "An insertId is forgotten after about a minute.",
      source = Sources.REST_TABLEDATA_INSERT)
  void insertIdsAreForgotten() {
    stream(2);
    assertThat(bigQuery.firstColumn(table)).containsExactly("1", "2");
    clock.advance(Duration.ofMinutes(2));
    stream(2);
    assertThat(bigQuery.firstColumn(table)).containsExactly("1", "2", "2");
  }
}
