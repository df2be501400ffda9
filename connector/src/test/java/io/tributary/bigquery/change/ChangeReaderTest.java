package io.tributary.bigquery.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bigquery.config.TableOptions;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.testkit.Changes;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeReaderTest {
  private static final long TOP_BIT = Long.MIN_VALUE;
  private static final Map<String, Object> ADA = Map.of("id", 1L, "name", "Ada");
  private static final Map<String, Object> KEY = Map.of("id", 1L);

  private final Changes customers =
      Changes.postgres("public", "customers")
          .key("id", Schema.INT64_SCHEMA)
          .column("name", Schema.OPTIONAL_STRING_SCHEMA)
          .at(0, 10);
  private final ChangeReader reader = reader(OrderBy.SOURCE);

  private static ChangeReader reader(OrderBy orderBy) {
    return new ChangeReader(
        new ReaderSettings(3, List.of(), orderBy, "id", List.of(), origin -> TableOptions.NONE),
        new InMemorySnapshotMarks());
  }

  @Test
  void readsAnInsert() {
    RowChange change = (RowChange) reader.read(customers.log(900L, 944).insert(ADA));
    assertThat(change.position()).isEqualTo(new SourcePosition(3, 900, TOP_BIT | 1_000, 10));
    assertThat(change.operation()).isEqualTo("c");
    assertThat(change.origin())
        .isEqualTo(
            new Origin(
                "app.public.customers",
                Optional.of("shop"),
                Optional.of("public"),
                Optional.of("customers")));
    assertThat(((Image.OfStruct) change.row()).struct().get("name")).isEqualTo("Ada");
    assertThat(((Image.OfStruct) change.key()).struct().get("id")).isEqualTo(1L);
    assertThat(change.sourceTimeMicros()).isEqualTo(1_760_000_000_123_456L);
    assertThat(change.move()).isEqualTo(RowChange.Move.NONE);
  }

  @Test
  void readsADeleteWithoutItsBefore() {
    RowChange change = (RowChange) reader.read(customers.delete(KEY));
    assertThat(change.isDelete()).isTrue();
    assertThat(change.operation()).isEqualTo("d");
  }

  @Test
  void tellsTheHalvesOfAKeyChange() {
    List<SinkRecord> records = customers.rekey(KEY, Map.of("id", 2L, "name", "Ada"));
    RowChange away = (RowChange) reader.read(records.get(0));
    Change tombstone = reader.read(records.get(1));
    RowChange here = (RowChange) reader.read(records.get(2));
    assertThat(away.move()).isEqualTo(RowChange.Move.AWAY);
    assertThat(here.move()).isEqualTo(RowChange.Move.HERE);
    assertThat(away.link()).hasSize(16).isEqualTo(here.link());
    assertThat(ByteBuffer.wrap(away.link()).getLong()).isEqualTo(700);
    assertThat(tombstone).isEqualTo(new Ignored(tombstone.at(), Ignored.Reason.TOMBSTONE));
  }

  @Test
  void readsATruncate() {
    Change change = reader.read(customers.log(900L, 944).truncate());
    assertThat(((Truncate) change).position())
        .isEqualTo(new SourcePosition(3, 900, TOP_BIT | 1_000, 10));
  }

  @Test
  void takesATruncateByKafkasOrderFromASinglePartitionOnly() {
    ChangeReader byKafka = reader(OrderBy.KAFKA);
    String topic = "app.public.customers";
    byKafka.open(topic, 0);
    assertThat(byKafka.read(customers.truncate())).isInstanceOf(Truncate.class);
    byKafka.open(topic, 1);
    assertCode(byKafka, customers.truncate(), ErrorCode.TRUNCATE_UNORDERED);
    byKafka.close(topic, 1);
    assertThat(byKafka.read(customers.truncate())).isInstanceOf(Truncate.class);
    byKafka.close(topic, 0);
    assertCode(byKafka, customers.at(2, 5).truncate(), ErrorCode.TRUNCATE_UNORDERED);
  }

  @Test
  void readsFlattenedRowsWithoutTheirAddedFields() {
    Changes flat =
        customers
            .column("__op", Schema.OPTIONAL_STRING_SCHEMA)
            .column("__table", Schema.OPTIONAL_STRING_SCHEMA)
            .column("__deleted", Schema.OPTIONAL_STRING_SCHEMA);
    RowChange change =
        (RowChange)
            reader.read(
                flat.flat(
                    Map.of("id", 1L, "__op", "r", "__table", "people", "__deleted", "false")));
    assertThat(((Image.OfStruct) change.row()).schema().fields())
        .extracting(field -> field.name())
        .containsExactly("id", "name");
    assertThat(change.position()).isEqualTo(new SourcePosition(3, 0, TOP_BIT, 10));
    assertThat(change.operation()).isEqualTo("r");
    assertThat(change.origin().table()).contains("people");
    RowChange deleted = (RowChange) reader.read(flat.flat(Map.of("id", 1L, "__deleted", "true")));
    assertThat(deleted.isDelete()).isTrue();
    assertThat(deleted.operation()).isEqualTo("d");
  }

  @Test
  void takesAnEmptyValueAsADeleteUnlessThePartitionHasEnvelopes() {
    assertThat(reader.read(customers.tombstone(KEY)))
        .isInstanceOfSatisfying(
            RowChange.class,
            change ->
                assertThat(change.position()).isEqualTo(new SourcePosition(3, 0, TOP_BIT, 10)));
    reader.read(customers.flat(ADA));
    assertThat(reader.read(customers.tombstone(KEY))).isInstanceOf(RowChange.class);
    reader.open("app.public.customers", 0);
    reader.read(customers.delete(KEY));
    assertThat(reader.read(customers.tombstone(KEY))).isInstanceOf(Ignored.class);
  }

  @Test
  void refusesEnvelopesAndFlattenedRowsInOnePartition() {
    reader.read(customers.insert(ADA));
    assertCode(reader, customers.flat(ADA), ErrorCode.POSITIONS_MIXED);
    assertThat(reader.read(customers.at(1, 0).flat(ADA))).isInstanceOf(RowChange.class);
    ChangeReader byKafka = reader(OrderBy.KAFKA);
    byKafka.read(customers.insert(ADA));
    assertThat(byKafka.read(customers.flat(ADA))).isInstanceOf(RowChange.class);
  }

  @Test
  void readsEnvelopesWithoutSchema() {
    Map<String, Object> source = new HashMap<>();
    source.put("connector", "postgresql");
    source.put("table", "customers");
    source.put("lsn", 1_000L);
    source.put("sequence", "[\"900\",\"1000\"]");
    Map<String, Object> envelope = new HashMap<>();
    envelope.put("op", "u");
    envelope.put("source", source);
    envelope.put("after", ADA);
    RowChange change = (RowChange) reader.read(record(KEY, envelope));
    assertThat(change.position()).isEqualTo(new SourcePosition(3, 900, TOP_BIT | 1_000, 7));
    assertThat(change.row()).isEqualTo(new Image.OfMap(ADA));
    assertThat(change.key()).isEqualTo(new Image.OfMap(KEY));
    source.put("connector", "sqlserver");
    assertCode(reader, record(KEY, envelope), ErrorCode.POSITION_UNKNOWN);
  }

  @Test
  void readsFlattenedRowsWithoutSchema() {
    RowChange change =
        (RowChange) reader.read(record(5L, Map.of("id", 5L, "name", "Eve", "__op", "c")));
    assertThat(change.row()).isEqualTo(new Image.OfMap(Map.of("id", 5L, "name", "Eve")));
    assertThat(change.key()).isEqualTo(new Image.OfValue("id", 5L));
    assertThat(change.operation()).isEqualTo("c");
  }

  @ParameterizedTest
  @CsvSource({
    "io.debezium.connector.common.Heartbeat, HEARTBEAT",
    "io.debezium.connector.common.TransactionMetadataValue, TRANSACTION",
    "io.debezium.connector.mysql.SchemaChangeValue, SCHEMA_CHANGE",
    "io.debezium.connector.postgresql.MessageValue, LOGICAL_MESSAGE",
    "prefix.io.debezium.connector.common.Notification, NOTIFICATION"
  })
  void ignoresRecordsAboutTheStream(String name, Ignored.Reason reason) {
    Schema schema = SchemaBuilder.struct().name(name).field("x", Schema.INT64_SCHEMA).build();
    SinkRecord record =
        new SinkRecord("t", 0, null, null, schema, new Struct(schema).put("x", 1L), 7);
    assertThat(reader.read(record)).isEqualTo(new Ignored(reader.read(record).at(), reason));
  }

  @Test
  void refusesWhatIsNoRow() {
    assertCode(reader, record(KEY, "text"), ErrorCode.RECORD_UNREADABLE);
    assertCode(reader, record(null, ADA), ErrorCode.KEY_MISSING);
    assertCode(reader, record(null, null), ErrorCode.KEY_MISSING);
  }

  @Test
  void refusesAStateThatIsNoRow() {
    SinkRecord whole = customers.insert(ADA);
    Struct before = (Struct) whole.value();
    SchemaBuilder builder = SchemaBuilder.struct().name(whole.valueSchema().name());
    for (Field field : whole.valueSchema().fields()) {
      builder.field(
          field.name(), field.name().equals("after") ? Schema.STRING_SCHEMA : field.schema());
    }
    Struct value = new Struct(builder.build()).put("after", "text");
    value.put("source", before.get("source")).put("op", "c");
    assertCode(reader, record(KEY, value), ErrorCode.RECORD_UNREADABLE);
  }

  @Test
  void refusesAKeyThatIsNotWhatItsSchemaSays() {
    SinkRecord row = customers.flat(ADA);
    SinkRecord wrong =
        new SinkRecord("t", 0, Schema.INT64_SCHEMA, "text", row.valueSchema(), row.value(), 7);
    assertCode(reader(OrderBy.KAFKA), wrong, ErrorCode.RECORD_UNREADABLE);
  }

  @Test
  void leavesTheRoutersFieldOutOfTheKey() {
    Changes routed =
        Changes.postgres("public", "shards")
            .key("id", Schema.INT64_SCHEMA)
            .key("__dbz__sourceIdentifier", Schema.STRING_SCHEMA);
    RowChange change =
        (RowChange) reader.read(routed.insert(Map.of("id", 1L, "__dbz__sourceIdentifier", "s1")));
    assertThat(((Image.OfStruct) change.key()).schema().fields())
        .extracting(field -> field.name())
        .containsExactly("id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[", "[1]", "[\"a\",\"b\"]", "]1,2["})
  void refusesASequenceThatCannotBeRead(String text) {
    assertThat(Sequence.parse(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[\"1\",\"2\"]|1|2",
        "[null,\"22015576\"]||22015576",
        "[ \"1\" , null ]|1|",
        "[\"18446744073709551615\",\"2\"]|-1|2"
      })
  void readsASequence(String text, Long committed, Long lsn) {
    assertThat(Sequence.parse(text)).isEqualTo(new Sequence(committed, lsn));
  }

  private static SinkRecord record(Object key, Object value) {
    return new SinkRecord("app.public.customers", 0, null, key, null, value, 7);
  }

  private static void assertCode(ChangeReader reader, SinkRecord record, ErrorCode code) {
    assertThatThrownBy(() -> reader.read(record))
        .isInstanceOfSatisfying(SinkException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
