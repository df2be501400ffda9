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
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.testkit.Changes;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes that are ordered by a field of their own. */
@SuppressWarnings("JavaUtilDate") // the type that Connect gives its own times
class FieldOrderTest {
  private final Changes items =
      Changes.mySql("shop", "items")
          .key("id", Schema.INT64_SCHEMA)
          .column("version", Schema.OPTIONAL_INT64_SCHEMA)
          .at(0, 10);
  private final ChangeReader byVersion = reader("version");

  private static ChangeReader reader(String field) {
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
            List.of(),
            Optional.of(field),
            ColumnChoices.NONE);
    return new ChangeReader(
        new ReaderSettings(2, List.of(), OrderBy.SOURCE, "id", List.of(), origin -> options),
        new InMemorySnapshotMarks());
  }

  @Test
  void comparesNumbersAndTimesAsSuch() {
    List<Object> ascending =
        Arrays.asList(
            Long.MIN_VALUE,
            new BigDecimal("-2.5"),
            -2,
            (short) -1,
            -0.5,
            "-0.25",
            0L,
            new BigDecimal("0.000000000000000001"),
            1.5f,
            2,
            new Date(3),
            "4",
            new BigDecimal("9007199254740993.000001"),
            Long.MAX_VALUE);
    assertAscending(ascending);
    assertAscending(
        List.of(
            "1969-12-31T23:59:59.999999999Z",
            "1970-01-01T00:00:00Z",
            "2026-01-31T12:00:00.000001+02:00",
            "2026-01-31T10:00:00.000002Z"));
  }

  private static void assertAscending(List<Object> values) {
    List<SourcePosition> positions = values.stream().map(FieldOrderTest::position).toList();
    assertThat(positions).isSorted().doesNotHaveDuplicates();
  }

  private static SourcePosition position(Object value) {
    ChangeReader reader = reader("version");
    Map<String, Object> row = new HashMap<>();
    row.put("id", 1L);
    row.put("version", value);
    SinkRecord flat = new SinkRecord("t", 0, null, Map.of("id", 1L), null, row, 5);
    return ((RowChange) reader.read(flat)).position();
  }

  @Test
  void readsItFromTheRowWhateverTheOffset() {
    SourcePosition seven = read(items.insert(row(7L)));
    assertThat(seven).isEqualTo(new SourcePosition(2, 7 ^ Long.MIN_VALUE, 0, 10));
    assertThat(read(items.update(row(6L)))).isLessThan(seven);
    assertThat(read(items.update(row(7L)))).isGreaterThan(seven);
  }

  @Test
  void readsItFromTheFormerRowOfADelete() {
    SinkRecord gone = items.delete(Map.of("id", 1L));
    Struct envelope = (Struct) gone.value();
    envelope.put(
        "before",
        new Struct(envelope.schema().field("before").schema()).put("id", 1L).put("version", 8L));
    assertThat(read(gone)).isGreaterThan(read(items.update(row(7L))));
    assertBad(byVersion, items.delete(Map.of("id", 1L)));
  }

  @Test
  void readsItFromTheSourceBlock() {
    ChangeReader byTime = reader("source.ts_us");
    SinkRecord update = items.time(50).update(row(null));
    SinkRecord delete = items.time(51).delete(Map.of("id", 1L));
    SinkRecord truncate = items.time(52).truncate();
    SourcePosition updated = ((RowChange) byTime.read(update)).position();
    SourcePosition deleted = ((RowChange) byTime.read(delete)).position();
    assertThat(List.of(updated, deleted, ((Truncate) byTime.read(truncate)).position())).isSorted();
  }

  @Test
  void doesNotTrustTheFormerRowOfPostgres() {
    Changes postgres =
        Changes.postgres("public", "items")
            .key("id", Schema.INT64_SCHEMA)
            .column("version", Schema.INT64_SCHEMA);
    SinkRecord gone = postgres.delete(Map.of("id", 1L));
    Struct envelope = (Struct) gone.value();
    envelope.put(
        "before",
        new Struct(envelope.schema().field("before").schema()).put("id", 1L).put("version", 0L));
    assertBad(byVersion, gone);
    assertThat(read(postgres.insert(row(3L)))).isNotNull();
  }

  @Test
  void refusesATruncateThatDoesNotTellIt() {
    assertThatThrownBy(() -> byVersion.read(items.truncate()))
        .isInstanceOfSatisfying(
            SinkException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TRUNCATE_UNORDERED));
  }

  @Test
  void ordersFlattenedRows() {
    SourcePosition later = read(items.flat(row(7L)));
    assertThat(read(items.flat(row(6L)))).isLessThan(later);
    assertBad(byVersion, items.tombstone(Map.of("id", 1L)));
  }

  @Test
  void ignoresATombstoneThatComesFirst() {
    SinkRecord tombstone = items.tombstone(Map.of("id", 1L));
    assertThat(((RowChange) byVersion.read(tombstone)).position())
        .isLessThan(read(items.insert(row(-1_000_000L))));
  }

  @Test
  void refusesNull() {
    assertBad(byVersion, items.insert(row(null)));
    assertBad(reader("absent"), items.insert(row(1L)));
    assertBad(reader("source.absent"), items.insert(row(1L)));
    assertBad(reader("source.query"), items.insert(row(1L)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "seven",
        "1.0000000000000000001",
        "9223372036854775808",
        "2026-01-31T12",
        "NaN"
      })
  void refusesWhatIsNoNumber(String text) {
    assertThatThrownBy(() -> position(text)).isInstanceOf(BadRecord.class);
    assertThatThrownBy(() -> position(text)).message().doesNotContain("seven");
  }

  @Test
  void refusesWhatHasNoOrder() {
    for (Object value : List.of(true, new byte[8], Map.of("a", 1), Collections.emptyList())) {
      assertThatThrownBy(() -> position(value)).isInstanceOf(BadRecord.class);
    }
    assertThatThrownBy(() -> position(Double.POSITIVE_INFINITY)).isInstanceOf(BadRecord.class);
  }

  private static Map<String, Object> row(Long version) {
    Map<String, Object> row = new HashMap<>();
    row.put("id", 1L);
    row.put("version", version);
    return row;
  }

  private SourcePosition read(SinkRecord record) {
    return ((RowChange) byVersion.read(record)).position();
  }

  private static void assertBad(ChangeReader reader, SinkRecord record) {
    assertThatThrownBy(() -> reader.read(record))
        .isInstanceOfSatisfying(
            BadRecord.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ORDER_UNKNOWN));
  }
}
