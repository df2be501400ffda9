package io.tributary.bigquery.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.offset.RecordPosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.connect.data.Struct;

/** Positions order every key's changes as the source made them, whatever was repeated. */
class PositionsPropertyTest {
  private static final ReaderSettings SETTINGS =
      new ReaderSettings(1, OrderBy.SOURCE, "id", List.of());

  @Provide
  Arbitrary<History> histories() {
    return Arbitraries.randomValue(History::generate);
  }

  @Property(tries = 1000)
  void orderTheFirstDeliveriesOfEveryKeyAsTheyWereEmitted(@ForAll("histories") History history) {
    Map<Long, SourcePosition> last = new HashMap<>();
    List<RowChange> changes = read(history, new InMemorySnapshotMarks());
    for (int i = 0; i < changes.size(); i++) {
      if (!history.deliveries().get(i).replay()) {
        RowChange change = changes.get(i);
        SourcePosition before = last.put(key(change), change.position());
        assertThat(before == null || before.compareTo(change.position()) < 0)
            .as("%s then %s", before, change.position())
            .isTrue();
      }
    }
  }

  @Property(tries = 1000)
  void foldToTheSameTableAsTheLog(@ForAll("histories") History history) {
    Map<Long, Object> byLog = new TreeMap<>();
    Map<Long, RowChange> newest = new HashMap<>();
    for (RowChange change : read(history, new InMemorySnapshotMarks())) {
      store(byLog, change);
      newest.merge(key(change), change, (a, b) -> a.position().compareTo(b.position()) > 0 ? a : b);
    }
    Map<Long, Object> byPosition = new TreeMap<>();
    newest.values().forEach(change -> store(byPosition, change));
    assertThat(byPosition).isEqualTo(byLog);
  }

  @Property(tries = 500)
  void areTheSameWhereverReadingStartsAgain(
      @ForAll("histories") History history, @ForAll @IntRange(max = 200) int start) {
    InMemorySnapshotMarks marks = new InMemorySnapshotMarks();
    Map<RecordPosition, SourcePosition> expected = positions(read(history, marks));
    InMemorySnapshotMarks loaded = new InMemorySnapshotMarks();
    loaded.load(marks.takeNew());

    List<History.Delivery> all = history.deliveries();
    ChangeReader reader = new ChangeReader(SETTINGS, loaded);
    for (History.Delivery delivery : all.subList(Math.min(start, all.size()), all.size())) {
      Change change = reader.read(delivery.record());
      assertThat(((RowChange) change).position()).isEqualTo(expected.get(change.at()));
    }
    assertThat(positions(read(history, loaded))).isEqualTo(expected);
    assertThat(loaded.takeNew()).isEmpty();
  }

  @Property(tries = 500)
  void areTheSameWhenTheReaderRestartsOnTheWay(
      @ForAll("histories") History history, @ForAll @IntRange(max = 200) int stop) {
    Map<RecordPosition, SourcePosition> expected =
        positions(read(history, new InMemorySnapshotMarks()));
    List<History.Delivery> all = history.deliveries();
    int middle = Math.min(stop, all.size());
    InMemorySnapshotMarks first = new InMemorySnapshotMarks();
    ChangeReader before = new ChangeReader(SETTINGS, first);
    all.subList(0, middle).forEach(delivery -> before.read(delivery.record()));
    InMemorySnapshotMarks second = new InMemorySnapshotMarks();
    second.load(first.takeNew());
    ChangeReader after = new ChangeReader(SETTINGS, second);
    for (History.Delivery delivery : all.subList(middle / 2, all.size())) {
      Change change = after.read(delivery.record());
      assertThat(((RowChange) change).position()).isEqualTo(expected.get(change.at()));
    }
  }

  @Property(tries = 200)
  void refuseASnapshotBelowAnEarlierOne(@ForAll("histories") History history) {
    InMemorySnapshotMarks marks = new InMemorySnapshotMarks();
    ChangeReader reader = new ChangeReader(SETTINGS, marks);
    history.deliveries().forEach(delivery -> reader.read(delivery.record()));
    reader.read(history.snapshotRowAt(0, history.wal() + 1));
    assertThatThrownBy(() -> reader.read(history.snapshotRowAt(0, history.wal())))
        .isInstanceOfSatisfying(
            SinkException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LOG_RESTARTED));
  }

  private static List<RowChange> read(History history, SnapshotMarks marks) {
    ChangeReader reader = new ChangeReader(SETTINGS, marks);
    List<RowChange> changes = new ArrayList<>();
    history
        .deliveries()
        .forEach(delivery -> changes.add((RowChange) reader.read(delivery.record())));
    return changes;
  }

  private static Map<RecordPosition, SourcePosition> positions(List<RowChange> changes) {
    Map<RecordPosition, SourcePosition> positions = new HashMap<>();
    changes.forEach(change -> positions.put(change.at(), change.position()));
    return positions;
  }

  private static void store(Map<Long, Object> table, RowChange change) {
    if (change.isDelete()) {
      table.remove(key(change));
    } else {
      table.put(key(change), ((Image.OfStruct) change.row()).struct().get("value"));
    }
  }

  private static long key(RowChange change) {
    Struct key = ((Image.OfStruct) change.key()).struct();
    return key.getInt64("id");
  }
}
