package io.tributary.bigquery.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bigquery.config.CdcOptions;
import io.tributary.bigquery.config.ColumnChoices;
import io.tributary.bigquery.config.Conflict;
import io.tributary.bigquery.config.Deletes;
import io.tributary.bigquery.config.TableOptions;
import io.tributary.bigquery.config.WriteMode;
import io.tributary.bigquery.error.BadRecord;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.testkit.Changes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** Tables whose records have no key in Kafka. */
class KeyFieldsTest {
  private static final String TOPIC = "app.public.visits";

  private final Changes visits =
      Changes.postgres("public", "visits")
          .key("day", Schema.INT32_SCHEMA)
          .key("guest", Schema.OPTIONAL_STRING_SCHEMA)
          .column("pages", Schema.OPTIONAL_INT64_SCHEMA);
  private final ChangeReader reader = reader(List.of("guest", "day"));

  private static ChangeReader reader(List<String> fields) {
    TableOptions options =
        new TableOptions(
            WriteMode.MERGE,
            false,
            CdcOptions.NONE,
            Deletes.HARD,
            Conflict.FAIL,
            Optional.empty(),
            List.of(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            fields,
            Optional.empty(),
            ColumnChoices.NONE);
    return new ChangeReader(
        new ReaderSettings(
            0,
            List.of(),
            OrderBy.SOURCE,
            "id",
            List.of(),
            origin ->
                origin.table().equals(Optional.of("visits")) || origin.topic().equals(TOPIC)
                    ? options
                    : TableOptions.NONE),
        new InMemorySnapshotMarks());
  }

  @Test
  void takesTheKeyFromTheRow() {
    Image.OfStruct key =
        (Image.OfStruct) ((RowChange) reader.read(bare(visits.insert(row(5, "Ada", 1))))).key();
    assertThat(key.schema().fields())
        .extracting(field -> field.name())
        .containsExactly("guest", "day");
    assertThat(key.struct().get("guest")).isEqualTo("Ada");
    SinkRecord flat = visits.at(1, 0).flat(row(5, "Ada", 1));
    assertThat(reader.read(bare(flat))).isInstanceOf(RowChange.class);
    SinkRecord loose = new SinkRecord(TOPIC, 2, null, null, null, row(5, "Ada", 1), 3);
    assertThat(((RowChange) reader.read(loose)).key())
        .isEqualTo(new Image.OfMap(Map.of("guest", "Ada", "day", 5)));
  }

  @Test
  void leavesKafkasKeyAlone() {
    Image.OfStruct key =
        (Image.OfStruct) ((RowChange) reader.read(visits.insert(row(5, "Ada", 1)))).key();
    assertThat(key.schema().fields())
        .extracting(field -> field.name())
        .containsExactly("day", "guest");
  }

  @Test
  void takesTheKeyOfADeleteFromTheFormerRow() {
    SinkRecord gone = before(visits.delete(row(5, "Ada", 1)), row(5, "Ada", 1));
    RowChange change = (RowChange) reader.read(bare(gone));
    assertThat(change.isDelete()).isTrue();
    assertThat(((Image.OfStruct) change.key()).struct().get("day")).isEqualTo(5);
    assertMissing(reader, bare(visits.delete(row(5, "Ada", 1))));
    assertMissing(reader, new SinkRecord(TOPIC, 3, null, null, null, null, 0));
  }

  @Test
  void makesTwoChangesOfAnUpdateThatChangesTheKey() {
    SinkRecord update = before(visits.update(row(6, "Ada", 2)), row(5, "Ada", 1));
    Moved moved = (Moved) reader.read(bare(update));
    assertThat(moved.away().isDelete()).isTrue();
    assertThat(moved.away().operation()).isEqualTo("d");
    assertThat(((Image.OfStruct) moved.away().key()).struct().get("day")).isEqualTo(5);
    assertThat(((Image.OfStruct) moved.here().key()).struct().get("day")).isEqualTo(6);
    assertThat(moved.away().position()).isEqualTo(moved.here().position());
    assertThat(moved.at()).isEqualTo(moved.away().at());
    SinkRecord same = before(visits.update(row(6, "Ada", 3)), row(6, "Ada", 2));
    assertThat(reader.read(bare(same))).isInstanceOf(RowChange.class);
    assertThat(reader.read(bare(visits.update(row(7, "Ada", 3))))).isInstanceOf(RowChange.class);
  }

  @Test
  void refusesARowWithoutAllOfItsKey() {
    assertMissing(reader, bare(visits.insert(row(5, null, 1))));
    assertMissing(reader(List.of("absent")), bare(visits.insert(row(5, "Ada", 1))));
  }

  @Test
  void namesTheRemediesWhereNothingIsSaidOfTheTable() {
    SinkRecord record = bare(visits.insert(row(5, "Ada", 1)));
    assertMissing(reader(List.of()), record);
    assertThatThrownBy(() -> reader(List.of()).read(record))
        .hasMessageContaining("`key.fields`")
        .hasMessageContaining("`write.mode=append`");
  }

  private static Map<String, Object> row(int day, String guest, long pages) {
    Map<String, Object> row = new HashMap<>();
    row.put("day", day);
    row.put("guest", guest);
    row.put("pages", pages);
    return row;
  }

  private static SinkRecord before(SinkRecord record, Map<String, Object> row) {
    Struct envelope = (Struct) record.value();
    Struct former = new Struct(envelope.schema().field("before").schema());
    row.forEach(former::put);
    envelope.put("before", former);
    return record;
  }

  private static SinkRecord bare(SinkRecord record) {
    return new SinkRecord(
        record.topic(),
        record.kafkaPartition(),
        null,
        null,
        record.valueSchema(),
        record.value(),
        record.kafkaOffset());
  }

  private static void assertMissing(ChangeReader reader, SinkRecord record) {
    assertThatThrownBy(() -> reader.read(record))
        .isInstanceOfSatisfying(
            BadRecord.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY_MISSING));
  }
}
