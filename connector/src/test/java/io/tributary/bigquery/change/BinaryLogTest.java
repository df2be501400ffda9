package io.tributary.bigquery.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bigquery.config.TableOptions;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.testkit.Changes;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Positions of MySQL's and MariaDB's changes, and what becomes of a log that starts over. */
class BinaryLogTest {
  private static final Map<String, Object> ROW = Map.of("id", 1L);
  private static final long NOON = 1_760_000_000_000_000L;
  private static final long SECOND = 1_000_000;

  private final Changes items =
      Changes.mySql("shop", "items").key("id", Schema.INT64_SCHEMA).at(0, 10).time(NOON);
  private final InMemorySnapshotMarks marks = new InMemorySnapshotMarks();
  private ChangeReader reader = reader(List.of());

  private ChangeReader reader(List<Instant> restarts) {
    return new ChangeReader(
        new ReaderSettings(
            0, restarts, OrderBy.SOURCE, "id", List.of(), origin -> TableOptions.NONE),
        marks);
  }

  @Test
  void takesFileAndPlace() {
    assertThat(position(change("binlog.000057", 400)))
        .isEqualTo(new SourcePosition(0, 57, 801, 10));
    assertThat(position(snapshot("binlog.000057", 400)))
        .isEqualTo(new SourcePosition(0, 57, 800, 11));
  }

  @Test
  void readsMariaDbAndEnvelopesWithoutSchema() {
    Changes maria = Changes.mariaDb("shop", "items").key("id", Schema.INT64_SCHEMA).at(0, 3);
    assertThat(position(maria.binlog("mysql-bin.000002", 344, 0).insert(ROW)))
        .isEqualTo(new SourcePosition(0, 2, 801, 3));
    Map<String, Object> envelope = new HashMap<>();
    envelope.put("op", "c");
    envelope.put("after", ROW);
    envelope.put("source", Map.of("connector", "mariadb", "file", "mysql-bin.2", "pos", 500L));
    SinkRecord loose = new SinkRecord("app.shop.items", 0, null, ROW, null, envelope, 4);
    assertThat(position(loose)).isEqualTo(new SourcePosition(0, 2, 1_001, 4));
  }

  @Test
  void comparesFilesAsNumbers() {
    SourcePosition before = position(change("binlog.999999", 500_000));
    assertThat(position(change("binlog.1000000", 4))).isGreaterThan(before);
  }

  @Test
  void comparesPlacesInLargeFiles() {
    SourcePosition before = position(change("binlog.000001", 5_000_000_000L));
    assertThat(position(change("binlog.000001", 5_000_000_100L))).isGreaterThan(before);
  }

  /** In a compressed transaction every event counts its rows from zero, at one place. */
  @Test
  void tellsChangesOfOnePlaceApartByOffset() {
    SourcePosition insert = position(items.binlog("binlog.000001", 400, 7).insert(ROW));
    SourcePosition update =
        position(items.binlog("binlog.000001", 400, 0).update(Map.of("id", 1L)));
    assertThat(update).isGreaterThan(insert);
  }

  @Test
  void putsAnIncrementalRowBelowTheChangeAtItsPlace() {
    SourcePosition change = position(change("binlog.000001", 400));
    SinkRecord row = items.binlog("binlog.000001", 400, 0).incremental(ROW);
    assertThat(position(row)).isLessThan(change);
  }

  @Test
  void takesAnEarlierFileThatIsSentAgain() {
    position(change("binlog.000056", 9_000));
    items.time(NOON + 5 * SECOND);
    SourcePosition newest = position(change("binlog.000057", 500));
    items.time(NOON + SECOND);
    assertThat(position(change("binlog.000056", 9_100))).isLessThan(newest);
  }

  @ParameterizedTest
  @CsvSource({"binlog.000056,9000", "binlog.000057,499", "other.000058,4"})
  void stopsWhenTheLogStartsOver(String file, long place) {
    position(change("binlog.000057", 500));
    items.time(NOON + SECOND);
    assertRestarted(change(file, place));
  }

  @Test
  void stopsAlsoWhenAnotherTaskHasReadWhatCameBefore() {
    position(change("binlog.000057", 500));
    reader = reader(List.of());
    items.time(NOON + SECOND);
    assertRestarted(change("binlog.000003", 90_000));
  }

  @Test
  void stopsAtASnapshotOfAnotherServer() {
    position(change("binlog.000057", 500));
    assertRestarted(snapshot("binlog.000003", 90_000));
    assertRestarted(snapshot("other.000058", 4));
  }

  /** A table that had no change since its snapshot, and whose server changes. */
  @Test
  void stopsAtAChangeBelowASnapshot() {
    position(snapshot("binlog.000057", 500));
    items.time(NOON + 60 * SECOND);
    assertRestarted(change("binlog.000003", 90_000));
  }

  @Test
  void goesOnBelowASnapshotOnRequest() {
    position(change("binlog.000057", 500));
    SourcePosition row = position(items.time(NOON + 9 * SECOND), "binlog.000058", 700);
    items.time(NOON + 8 * SECOND);
    assertThat(position(change("binlog.000057", 900))).isLessThan(row);
    // its clock is not the server's
    items.time(NOON + 10 * SECOND);
    assertThat(position(change("binlog.000058", 600))).isLessThan(row);
  }

  @Test
  void ordersByTheRestartsThatTheOperatorNames() {
    reader = reader(List.of(Instant.ofEpochSecond(NOON / SECOND + 30)));
    SourcePosition before = position(change("binlog.000057", 500));
    items.time(NOON + 60 * SECOND);
    SourcePosition after = position(change("other.000001", 4));
    assertThat(after).isEqualTo(new SourcePosition(1, 1, 9, 11)).isGreaterThan(before);
    items.at(0, 10).time(NOON);
    assertThat(position(change("binlog.000057", 500))).isEqualTo(before);
    items.time(NOON + 90 * SECOND).at(0, 12);
    position(change("other.000002", 4));
    items.time(NOON + 91 * SECOND);
    assertRestarted(change("other.000001", 90));
  }

  @Test
  void namesTheTimesBetweenWhichTheLogStartedOver() {
    position(change("binlog.000057", 500));
    items.time(NOON + SECOND);
    assertThatThrownBy(() -> reader.read(change("binlog.000001", 4)))
        .hasMessageContaining("between 2025-10-09T08:53:20Z and 2025-10-09T08:53:21Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "binlog", "binlog.", ".000001", "binlog.0x1", "binlog.4294967296"})
  void refusesAFileWithoutANumber(String file) {
    assertCode(change(file, 4), ErrorCode.POSITION_UNKNOWN);
  }

  @Test
  void refusesAChangeWithoutAPlace() {
    assertCode(change("binlog.000001", -1), ErrorCode.POSITION_UNKNOWN);
    Map<String, Object> envelope = new HashMap<>();
    envelope.put("op", "c");
    envelope.put("after", ROW);
    envelope.put("source", Map.of("connector", "mysql", "file", "binlog.000002"));
    assertCode(new SinkRecord("t", 0, null, ROW, null, envelope, 4), ErrorCode.POSITION_UNKNOWN);
    envelope.put("source", Map.of("connector", "mysql", "pos", 5L));
    assertCode(new SinkRecord("t", 0, null, ROW, null, envelope, 4), ErrorCode.POSITION_UNKNOWN);
  }

  private SinkRecord change(String file, long place) {
    return items.binlog(file, place - Changes.STEP, 0).insert(ROW);
  }

  private SinkRecord snapshot(String file, long place) {
    return items.binlog(file, place, 0).snapshot(ROW);
  }

  private SourcePosition position(Changes changes, String file, long place) {
    return position(changes.binlog(file, place, 0).snapshot(ROW));
  }

  private SourcePosition position(SinkRecord record) {
    return ((RowChange) reader.read(record)).position();
  }

  private void assertRestarted(SinkRecord record) {
    assertCode(record, ErrorCode.LOG_RESTARTED);
  }

  private void assertCode(SinkRecord record, ErrorCode code) {
    assertThatThrownBy(() -> reader.read(record))
        .isInstanceOfSatisfying(SinkException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
