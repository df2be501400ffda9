package io.tributary.emulator.write;

import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_INT64;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_STRING;
import static io.tributary.emulator.Message.field;
import static io.tributary.emulator.RawConnection.request;
import static io.tributary.emulator.write.TableStreams.ID;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import com.google.protobuf.ByteString;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.Message;
import io.tributary.emulator.RawConnection;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.EmulatorOnly;
import io.tributary.emulator.contract.Sources;
import io.tributary.emulator.contract.Standing;
import io.tributary.emulator.faults.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The time between a change of a table's schema and the moment the write path knows it. */
@EmulatorOnly
@ExtendWith(BigQueryUnderTest.Shared.class)
class PropagationTest {
  private static final Field NAME = Field.of("name", StandardSQLTypeName.STRING);
  private static final Message WIDE =
      Message.of(field("id", TYPE_INT64), field("name", TYPE_STRING));
  private final BigQueryUnderTest bigQuery;

  PropagationTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
  }

  private Fault lag(TableId table) {
    return bigQuery
        .emulator()
        .faults()
        .lagSchema(BigQueryUnderTest.ref(table), Duration.ofMinutes(5));
  }

  private void alter(TableId table, String change) {
    bigQuery.query("ALTER TABLE " + BigQueryUnderTest.sql(table) + " " + change);
  }

  @Test
  @Behaviour(
      area = Area.PROPAGATION,
      says =
          "For minutes after a column was added, a schema with it may be refused as one with an"
              + " extra field; opened again later it is accepted.",
      source = Sources.WRITE_API_BEST_PRACTICES,
      standing = Standing.SWITCH)
  void aNewColumn() {
    TableId table = bigQuery.newTable(ID);
    WireForms rows = new WireForms(bigQuery);
    try (Fault fault = lag(table)) {
      alter(table, "ADD COLUMN name STRING");
      assertThat(bigQuery.rest().getTable(table).getDefinition().getSchema().getFields())
          .hasSize(2);
      try (RawConnection connection = bigQuery.connect()) {
        connection.send(
            request(BigQueryUnderTest.defaultStream(table), WIDE, row(1L, "a")).build());
        assertThat(connection.end().getDescription()).contains("extra fields: 'name'");
      }
      assertThat(fault.fired()).isPositive();
    }
    assertThat(rows.send(table, WIDE, row(2L, "b")).hasError()).isFalse();
    assertThat(bigQuery.query("SELECT id, name FROM " + BigQueryUnderTest.sql(table)))
        .containsExactly("2 b");
  }

  @Test
  @Behaviour(
      area = Area.PROPAGATION,
      says = "For seconds after DROP COLUMN, values of the column may be accepted and are lost.",
      source = Sources.BIGQUERY_RS,
      standing = Standing.SWITCH)
  void aDroppedColumn() {
    TableId table = bigQuery.newTable(ID, NAME);
    try (Fault fault = lag(table);
        RawConnection connection = bigQuery.connect()) {
      var request = request(BigQueryUnderTest.defaultStream(table), WIDE, row(1L, "a")).build();
      connection.call(request);
      alter(table, "DROP COLUMN name");
      assertThat(connection.call(request).hasError()).as("accepted").isFalse();
      assertThat(fault.fired()).isPositive();
      fault.release();
      connection.send(request);
      assertThat(connection.end().getDescription()).contains("extra fields: 'name'");
    }
    assertThat(bigQuery.query("SELECT * FROM " + BigQueryUnderTest.sql(table)))
        .containsExactly("1", "1");
  }

  @Test
  @Behaviour(
      area = Area.PROPAGATION,
      says = "Changes by primary key lose values of a dropped column likewise.",
      source = Sources.BIGQUERY_RS,
      standing = Standing.SWITCH)
  void aDroppedColumnOfChanges() {
    Changes changes = Changes.ofNewTable(bigQuery);
    changes.store(Changes.upsert(1, "a", null));
    try (Fault fault = lag(changes.table())) {
      alter(changes.table(), "DROP COLUMN name");
      changes.store(Changes.upsert(2, "b", null));
      assertThat(fault.fired()).isPositive();
    }
    assertThat(bigQuery.query("SELECT * FROM " + BigQueryUnderTest.sql(changes.table())))
        .containsExactlyInAnyOrder("1", "2");
  }

  private static com.google.cloud.bigquery.storage.v1.ProtoRows row(long id, String name) {
    ByteString row = WIDE.row(id, name);
    return WireForms.rows(row);
  }
}
