package io.tributary.emulator.write;

import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_INT64;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_STRING;
import static io.tributary.emulator.Message.field;
import static io.tributary.emulator.RawConnection.request;
import static io.tributary.emulator.write.Changes.ID;
import static io.tributary.emulator.write.Changes.upsert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import io.grpc.Status;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.Message;
import io.tributary.emulator.RawConnection;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which tables take changes, and what their keys and options are. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class ChangeLimitsTest {
  private static final Message KEYS =
      Message.of(field("id", TYPE_INT64), field("_CHANGE_TYPE", TYPE_STRING));
  private final BigQueryUnderTest bigQuery;

  ChangeLimitsTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
  }

  private TableId withColumns(int count) {
    List<Field> fields = new ArrayList<>(List.of(ID));
    IntStream.range(1, count)
        .forEach(i -> fields.add(Field.of("c" + i, StandardSQLTypeName.INT64)));
    return bigQuery.newKeyedTable(List.of("id"), fields.toArray(new Field[0]));
  }

  @Test
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "A table that takes changes has at most 2,000 columns.",
      source = Sources.CHANGE_DATA_CAPTURE)
  void tablesOfManyColumns() {
    try (RawConnection connection = bigQuery.connect()) {
      String stream = BigQueryUnderTest.defaultStream(withColumns(2001));
      connection.send(request(stream, KEYS, WireForms.rows(KEYS.row(1L, "UPSERT"))).build());
      assertThat(connection.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
    TableId widest = withColumns(2000);
    new WireForms(bigQuery).store(widest, KEYS, KEYS.row(1L, "UPSERT"));
    assertThat(bigQuery.query("SELECT id FROM " + BigQueryUnderTest.sql(widest)))
        .containsExactly("1");
  }

  @ParameterizedTest
  @EnumSource(
      value = StandardSQLTypeName.class,
      names = {"FLOAT64", "TIME", "JSON", "GEOGRAPHY", "INTERVAL"})
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "Columns of FLOAT64, TIME, JSON, GEOGRAPHY and INTERVAL cannot be in a primary key.",
      source = Sources.PRIMARY_KEYS)
  void keysOfOtherTypes(StandardSQLTypeName type) {
    assertThatThrownBy(() -> bigQuery.newKeyedTable(List.of("k"), Field.of("k", type)))
        .isInstanceOf(BigQueryException.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = StandardSQLTypeName.class,
      names = {
        "BIGNUMERIC",
        "BOOL",
        "BYTES",
        "DATE",
        "DATETIME",
        "INT64",
        "NUMERIC",
        "STRING",
        "TIMESTAMP"
      })
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says =
          "Columns of BIGNUMERIC, BOOL, BYTES, DATE, DATETIME, INT64, NUMERIC, STRING and TIMESTAMP"
              + " can be keys, and are by tables.insert.",
      source = Sources.PRIMARY_KEYS)
  void keysOfManyTypes(StandardSQLTypeName type) {
    TableId table = bigQuery.newKeyedTable(List.of("k"), Field.of("k", type), ID);
    assertThat(bigQuery.rest().getTable(table).getTableConstraints().getPrimaryKey().getColumns())
        .containsExactly("k");
  }

  @Test
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "A primary key has at most 16 columns.",
      source = Sources.PRIMARY_KEYS)
  void keysOfManyColumns() {
    Field[] fields =
        IntStream.range(0, 17)
            .mapToObj(i -> Field.of("k" + i, StandardSQLTypeName.INT64))
            .toArray(Field[]::new);
    List<String> names = IntStream.range(0, 17).mapToObj(i -> "k" + i).toList();
    assertThatThrownBy(() -> bigQuery.newKeyedTable(names, fields))
        .isInstanceOf(BigQueryException.class);
    assertThat(bigQuery.newKeyedTable(names.subList(0, 16), fields)).isNotNull();
  }

  @Test
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "A primary key is not enforced: inserts may repeat it.",
      source = Sources.PRIMARY_KEYS)
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "A table needs no clustering to take changes.",
      source = Sources.CHANGE_DATA_CAPTURE)
  void keysAreNotEnforced() {
    Changes changes = Changes.ofNewTable(bigQuery);
    changes.store(Changes.insert(1, "a"), Changes.insert(1, "b"));
    assertThat(changes.read()).containsExactly("1 a", "1 b");
    changes.store(upsert(2, "c", null));
    assertThat(changes.read()).containsExactly("1 a", "1 b", "2 c");
  }

  @Test
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says =
          "max_staleness is set by DDL and read as \"0-0 0 0:10:0\" in"
              + " INFORMATION_SCHEMA.TABLE_OPTIONS; never set, it has no row there.",
      source = Sources.CHANGE_DATA_CAPTURE)
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "max_staleness that was set to NULL is read as \"0-0 0 0:0:0\".",
      source = Sources.FLINK_GCP)
  void theOptionOfStaleness() {
    Changes changes = Changes.ofNewTable(bigQuery);
    assertThat(staleness(changes)).isEmpty();
    setStaleness(changes, "INTERVAL 10 MINUTE");
    assertThat(staleness(changes)).containsExactly("0-0 0 0:10:0");
    setStaleness(changes, "NULL");
    assertThat(staleness(changes)).containsExactly("0-0 0 0:0:0");
  }

  private void setStaleness(Changes changes, String value) {
    bigQuery.query(
        "ALTER TABLE %s SET OPTIONS(max_staleness=%s)"
            .formatted(BigQueryUnderTest.sql(changes.table()), value));
  }

  private List<String> staleness(Changes changes) {
    return bigQuery.query(
        ("SELECT option_value FROM `%s`.INFORMATION_SCHEMA.TABLE_OPTIONS"
                + " WHERE table_name = '%s' AND option_name = 'max_staleness'")
            .formatted(changes.table().getDataset(), changes.table().getTable()));
  }
}
