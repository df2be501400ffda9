package io.tributary.emulator.write;

import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_INT64;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_STRING;
import static io.tributary.emulator.Message.field;
import static io.tributary.emulator.RawConnection.request;
import static io.tributary.emulator.write.Changes.MESSAGE;
import static io.tributary.emulator.write.Changes.delete;
import static io.tributary.emulator.write.Changes.rows;
import static io.tributary.emulator.write.Changes.upsert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.Message;
import io.tributary.emulator.RawConnection;
import io.tributary.emulator.Refusal;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.EmulatorOnly;
import io.tributary.emulator.contract.Sources;
import io.tributary.emulator.contract.Standing;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a table that takes changes by primary key allows besides. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class ChangedTableTest {
  private final BigQueryUnderTest bigQuery;
  private final Changes changes;

  ChangedTableTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
    this.changes = Changes.ofNewTable(bigQuery);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE %s SET name = 'x' WHERE true",
        "DELETE FROM %s WHERE true",
        "MERGE %s t USING (SELECT 1 AS id) s ON t.id = s.id WHEN MATCHED THEN DELETE"
      })
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says =
          "UPDATE, DELETE and MERGE are refused on a table that took changes, reason "
              + "invalid, \"DELETE/UPDATE/MERGE DMLs are currently not supported over "
              + "tables that had UPSERT streams\".",
      source = "https://github.com/artie-labs/transfer/issues/1035")
  void refusesDmlAfterwards(String sql) {
    String statement = sql.formatted(BigQueryUnderTest.sql(changes.table()));
    bigQuery.query(statement);
    changes.store(upsert(1, "a", null));
    assertThatThrownBy(() -> bigQuery.query(statement))
        .isInstanceOfSatisfying(
            BigQueryException.class, e -> assertThat(e.getReason()).isEqualTo("invalid"))
        .hasMessageContaining(
            "DELETE/UPDATE/MERGE DMLs are currently not supported over tables that had UPSERT"
                + " streams.");
    assertThat(changes.read()).containsExactly("1 a");
  }

  @Test
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says =
          "INSERT statements are possible on a table that took changes, and later "
              + "changes find their rows.",
      source = Sources.CHANGE_DATA_CAPTURE)
  void insertStatementsRemainPossible() {
    String table = BigQueryUnderTest.sql(changes.table());
    changes.store(upsert(1, "a", null), delete(2, null));
    bigQuery.query("INSERT INTO " + table + " VALUES (2, 'b')");
    assertThat(changes.read()).containsExactly("1 a", "2 b");
    changes.store(upsert(2, "c", null));
    assertThat(changes.read()).containsExactly("1 a", "2 c");
  }

  /** TRUNCATE is not refused here (unverified); it forgets the keys along with the rows. */
  @Test
  void truncateBeginsAnew() {
    changes.store(upsert(1, "a", "5"));
    bigQuery.query("TRUNCATE TABLE " + BigQueryUnderTest.sql(changes.table()));
    assertThat(changes.read()).isEmpty();
    changes.store(upsert(1, "b", "1"));
    assertThat(changes.read()).containsExactly("1 b");
  }

  @Test
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "Pseudocolumns cannot be queried and are not among the columns of a table.",
      source = Sources.CHANGE_DATA_CAPTURE)
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "A column cannot be called _CHANGE_TYPE.",
      source = Sources.SCHEMAS)
  void pseudocolumnsCannotBeQueried() {
    changes.store(upsert(1, "a", "1"));
    String table = BigQueryUnderTest.sql(changes.table());
    assertThatThrownBy(() -> bigQuery.query("SELECT _CHANGE_TYPE FROM " + table))
        .isInstanceOf(BigQueryException.class);
    assertThat(bigQuery.query("SELECT * FROM " + table)).containsExactly("1 a");
    assertThatThrownBy(
            () -> bigQuery.newTable(Field.of("_change_type", StandardSQLTypeName.STRING)))
        .isInstanceOf(BigQueryException.class);
  }

  @Test
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "Changes from before and after a new column are merged alike, each by its number.",
      source = Sources.CHANGE_DATA_CAPTURE)
  void followsAChangeOfTheTablesSchema() {
    changes.store(upsert(1, "a", "2"), upsert(2, "b", "2"));
    String table = BigQueryUnderTest.sql(changes.table());
    bigQuery.query("ALTER TABLE " + table + " ADD COLUMN note STRING");
    Message wider =
        Message.of(
            field("id", TYPE_INT64),
            field("note", TYPE_STRING),
            field("_change_type", TYPE_STRING),
            field("_change_sequence_number", TYPE_STRING));
    append(
        changes.table(),
        wider,
        wider.row(1L, "new", "UPSERT", "3"),
        wider.row(2L, "late", "UPSERT", "1"));
    assertThat(bigQuery.query("SELECT id, name, note FROM " + table + " ORDER BY id"))
        .containsExactly("1 NULL new", "2 b NULL");
  }

  @Test
  @EmulatorOnly
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "Wildcard tables, whose queries are refused over tables that took changes and others.",
      source = "https://cloud.google.com/bigquery/docs/querying-wildcard-tables",
      standing = Standing.NOT_SUPPORTED)
  void wildcardTables() {
    changes.store(upsert(1, "a", "1"));
    String table = BigQueryUnderTest.sql(changes.table());
    String wildcard = table.substring(0, table.length() - 2) + "*`";
    Refusal refusal = Refusal.of(() -> bigQuery.query("SELECT * FROM " + wildcard));
    assertThat(refusal.reason()).isEqualTo("notImplemented");
    assertThat(refusal.message()).isEqualTo("Wildcard tables are not supported");
  }

  @Test
  @EmulatorOnly
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says =
          "Refusing requirePartitionFilter where changes wait to be merged; here it asks for the"
              + " filter as on other tables, and the query merges.",
      source = Sources.CHANGE_DATA_CAPTURE,
      standing = Standing.NOT_SUPPORTED)
  void partitionFiltersAreRequiredAsElsewhere() {
    TableId partitioned = bigQuery.newName();
    String table = BigQueryUnderTest.sql(partitioned);
    bigQuery.query(
        ("CREATE TABLE %s (id INT64, name STRING, PRIMARY KEY (id) NOT ENFORCED)"
                + " PARTITION BY RANGE_BUCKET(id, GENERATE_ARRAY(0, 10, 1))"
                + " OPTIONS (require_partition_filter = TRUE)")
            .formatted(table));
    append(partitioned, MESSAGE, upsert(1, "a", "1"), upsert(2, "b", "1"));
    append(partitioned, MESSAGE, upsert(1, "c", "2"));
    assertThat(Refusal.of(() -> bigQuery.query("SELECT * FROM " + table)).message())
        .contains("without a filter over column(s) 'id'");
    assertThat(bigQuery.query("SELECT name FROM " + table + " WHERE id = 1")).containsExactly("c");
  }

  private void append(TableId table, Message message, ByteString... rows) {
    try (RawConnection connection = bigQuery.connect()) {
      AppendRowsResponse answer =
          connection.call(
              request(BigQueryUnderTest.defaultStream(table), message, rows(rows)).build());
      assertThat(answer.hasAppendResult()).as(answer.toString()).isTrue();
    }
  }

  /** Not documented: a partition of a table takes no changes. */
  @Test
  void refusesChangesOfAPartition() {
    TableId table = bigQuery.newName();
    bigQuery.query(
        "CREATE TABLE %s (id INT64, name STRING, PRIMARY KEY (id) NOT ENFORCED) PARTITION BY _PARTITIONDATE"
            .formatted(BigQueryUnderTest.sql(table)));
    String today = LocalDate.now(ZoneOffset.UTC).toString().replace("-", "");
    try (RawConnection connection = bigQuery.connect()) {
      connection.send(
          request(
                  BigQueryUnderTest.path(table) + "$" + today + "/streams/_default",
                  MESSAGE,
                  rows(upsert(1, "a", null)))
              .build());
      assertThat(connection.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
  }
}
