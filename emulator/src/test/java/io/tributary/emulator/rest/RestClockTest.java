package io.tributary.emulator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableId;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.EmulatorOptions;
import io.tributary.emulator.RawRest;
import io.tributary.emulator.Refusal;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.EmulatorOnly;
import io.tributary.emulator.contract.Sources;
import io.tributary.emulator.faults.Fault;
import io.tributary.emulator.junit.MovableClock;
import io.tributary.emulator.limits.Quotas;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What time, rights and quotas do to calls of the REST API. */
@EmulatorOnly
class RestClockTest {
  private static final Field ID = Field.of("id", StandardSQLTypeName.INT64);

  private final MovableClock clock = MovableClock.at(Instant.parse("2026-03-01T10:00:00Z"));
  private BigQueryUnderTest bigQuery;

  private void start(Quotas quotas) {
    bigQuery = BigQueryUnderTest.start(EmulatorOptions.builder().clock(clock).quotas(quotas));
  }

  @AfterEach
  void close() {
    bigQuery.close();
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "A table is gone when its expirationTime comes, and its name free.",
      source = Sources.REST_TABLES)
  void tablesExpire() {
    start(Quotas.UNLIMITED);
    TableId table = bigQuery.newTable(ID);
    long expiration = clock.instant().plus(Duration.ofHours(1)).toEpochMilli();
    Table made = bigQuery.rest().getTable(table);
    bigQuery.rest().update(made.toBuilder().setExpirationTime(expiration).build());
    clock.advance(Duration.ofMinutes(59));
    assertThat(bigQuery.rest().getTable(table)).isNotNull();
    clock.advance(Duration.ofMinutes(1));
    assertThat(bigQuery.rest().getTable(table)).isNull();
    assertThat(
            Refusal.of(() -> bigQuery.query("SELECT * FROM " + BigQueryUnderTest.sql(table)))
                .reason())
        .isEqualTo("notFound");
    bigQuery.query("CREATE TABLE " + BigQueryUnderTest.sql(table) + " (other STRING)");
  }

  @Test
  @Behaviour(
      area = Area.JOBS,
      says = "A requestId is known for 15 minutes; after that the query runs again.",
      source = Sources.REST_JOBS_QUERY)
  void requestIdsAreForgotten() {
    start(Quotas.UNLIMITED);
    TableId table = bigQuery.newTable(ID);
    String body =
        "{\"useLegacySql\":false,\"requestId\":\"r\",\"query\":\"INSERT %s VALUES (1)\"}"
            .formatted(BigQueryUnderTest.sql(table));
    RawRest raw = new RawRest(bigQuery);
    raw.post("/queries", body);
    clock.advance(Duration.ofMinutes(14));
    raw.post("/queries", body);
    assertThat(bigQuery.firstColumn(table)).containsExactly("1");
    clock.advance(Duration.ofMinutes(2));
    raw.post("/queries", body);
    assertThat(bigQuery.firstColumn(table)).containsExactly("1", "1");
  }

  @Test
  @Behaviour(
      area = Area.PERMISSIONS,
      says = "A missing right is 403 accessDenied, which names the permission and the table.",
      source = Sources.ERROR_MESSAGES)
  void missingRightsAreNamed() {
    start(Quotas.UNLIMITED);
    TableId table = bigQuery.newTable(ID);
    try (Fault denied = bigQuery.emulator().faults().denyPermission(BigQueryUnderTest.ref(table))) {
      RawRest.Reply refused = new RawRest(bigQuery).get(RawRest.path(table));
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.reason()).isEqualTo("accessDenied");
      assertThat(refused.message())
          .contains("Access Denied: Table " + BigQueryUnderTest.ref(table))
          .contains("bigquery.tables.get")
          .contains("(or it may not exist)");
      assertThat(denied.fired()).isPositive();
    }
  }

  @Test
  @Behaviour(
      area = Area.QUOTAS,
      says = "Quotas follow the name of a table: dropping and making it anew does not reset them.",
      source = Sources.QUOTAS)
  void quotasFollowTheName() {
    start(Quotas.SERVICE);
    TableId table = bigQuery.newTable(ID);
    bigQuery.rest().delete(table);
    bigQuery.rest().create(info(table));
    bigQuery.rest().delete(table);
    bigQuery.rest().create(info(table));
    assertThat(Refusal.of(() -> bigQuery.rest().delete(table)).reason())
        .isEqualTo("rateLimitExceeded");
  }

  private static com.google.cloud.bigquery.TableInfo info(TableId table) {
    return com.google.cloud.bigquery.TableInfo.of(
        table,
        com.google.cloud.bigquery.StandardTableDefinition.of(
            com.google.cloud.bigquery.Schema.of(ID)));
  }

  @Test
  @Behaviour(
      area = Area.QUOTAS,
      says = "Streamed rows do not count as updates of a table.",
      source = Sources.QUOTAS)
  void streamingIsNoUpdate() {
    start(Quotas.SERVICE);
    TableId table = bigQuery.newTable(ID);
    for (int i = 0; i < 12; i++) {
      assertThat(
              bigQuery
                  .rest()
                  .insertAll(
                      com.google.cloud.bigquery.InsertAllRequest.newBuilder(table)
                          .addRow(java.util.Map.of("id", i))
                          .build())
                  .hasErrors())
          .isFalse();
    }
    bigQuery.rest().update(bigQuery.rest().getTable(table).toBuilder().setDescription("d").build());
    assertThat(bigQuery.firstColumn(table)).hasSize(12);
  }
}
