package io.tributary.bigquery.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.config.TableOptions;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Positions order every key's changes as the source made them, whatever was repeated. */
class PositionsPropertyTest {
  /** The databases whose logs are understood. */
  enum Database {
    POSTGRES,
    MYSQL,
    MARIADB;

    History history(Random random) {
      return switch (this) {
        case POSTGRES -> History.postgres(random);
        case MYSQL -> History.mySql(random);
        case MARIADB -> History.mariaDb(random);
      };
    }
  }

  /** Orders that somebody might take for right. */
  enum Mistake {
    WITHOUT_EPOCH,
    WITHOUT_BASE,
    WITHOUT_CHANGE,
    WITHOUT_SNAPSHOT_BIT,
    KAFKA_ALONE;

    /** What such an order makes of a position. */
    SourcePosition of(SourcePosition it) {
      return switch (this) {
        case WITHOUT_EPOCH -> new SourcePosition(0, it.base(), it.change(), it.kafkaOffset());
        case WITHOUT_BASE -> new SourcePosition(it.epoch(), 0, it.change(), it.kafkaOffset());
        case WITHOUT_CHANGE -> new SourcePosition(it.epoch(), it.base(), 0, it.kafkaOffset());
        case WITHOUT_SNAPSHOT_BIT ->
            new SourcePosition(
                it.epoch(), it.base(), it.change() & Long.MAX_VALUE, it.kafkaOffset());
        case KAFKA_ALONE -> new SourcePosition(0, 0, 0, it.kafkaOffset());
      };
    }
  }

  /** A record, and what was read of it. */
  private record Read(History.Delivery delivery, RowChange change) {
    SourcePosition position() {
      return change.position();
    }
  }

  @Provide
  Arbitrary<History> histories() {
    return Arbitraries.of(Database.class)
        .flatMap(database -> Arbitraries.randomValue(database::history));
  }

  @Property(tries = 3000)
  void foldToTheTableOfTheSource(@ForAll("histories") History history) {
    List<Read> reads = read(history, history.restarts(), new InMemorySnapshotMarks());
    assertThat(fold(reads, Comparator.naturalOrder())).isEqualTo(history.table());
  }

  /** Snapshots on request aside: their rows come before changes that they contain. */
  @Property(tries = 1000)
  void orderTheChangesOfEveryKeyAsTheyWereSentFirst(@ForAll("histories") History history) {
    Map<Long, SourcePosition> last = new HashMap<>();
    for (Read read : read(history, history.restarts(), new InMemorySnapshotMarks())) {
      if (!read.delivery().replay() && !read.change().operation().equals("r")) {
        SourcePosition before = last.put(key(read.change()), read.position());
        assertThat(before == null || before.compareTo(read.position()) < 0)
            .as("%s then %s", before, read.position())
            .isTrue();
      }
    }
  }

  /**
   * Tasks stop and others go on, each partition by itself, from wherever offsets were left. A topic
   * is read to its end before it is created anew.
   */
  @Property(tries = 2000)
  void areTheSameHoweverRecordsAreDeliveredAgain(
      @ForAll("histories") History history, @ForAll Random random) {
    List<Read> expected = read(history, history.restarts(), new InMemorySnapshotMarks());
    List<Mark> saved = new ArrayList<>();
    int settled = 0;
    int stop = stop(expected, 0, random.nextInt(5));
    while (stop <= expected.size()) {
      for (List<Read> partition : partitions(expected, stop)) {
        int before = settledOf(partition, expected.subList(0, settled));
        InMemorySnapshotMarks marks = new InMemorySnapshotMarks();
        marks.load(saved);
        ChangeReader reader = reader(history.restarts(), marks);
        for (Read read : partition.subList(random.nextInt(before + 1), partition.size())) {
          RowChange again = (RowChange) reader.read(read.delivery().record());
          assertThat(again.position()).isEqualTo(read.position());
        }
        saved.addAll(marks.takeNew());
      }
      settled = stop;
      stop = stop(expected, stop, 1 + random.nextInt(60));
    }
  }

  /** So many reads later, or where the topic ends. */
  private static int stop(List<Read> reads, int from, int count) {
    for (int i = from + 1; i < Math.min(from + count, reads.size()); i++) {
      if (reads.get(i - 1).delivery().topic() != reads.get(i).delivery().topic()) {
        return i;
      }
    }
    return from + count;
  }

  private static int settledOf(List<Read> partition, List<Read> settled) {
    int count = 0;
    for (Read read : settled) {
      if (count < partition.size() && partition.get(count).equals(read)) {
        count++;
      }
    }
    return count;
  }

  /** What the partitions of the last topic held at some time. */
  private static Collection<List<Read>> partitions(List<Read> reads, int end) {
    int last = end == 0 ? 0 : reads.get(end - 1).delivery().topic();
    return reads.subList(0, end).stream()
        .filter(read -> read.delivery().topic() == last)
        .collect(Collectors.groupingBy(read -> read.change().at().partition()))
        .values();
  }

  /**
   * Where nobody has named the restarts the reader stops, unless positions happen to be right. A
   * partition that has no past notices nothing.
   */
  @Property(tries = 3000)
  void areNeverWrongInSilence(@ForAll("histories") History history) {
    Assume.that(
        Collections.disjoint(
            history.happened(), Set.of(History.Event.PARTITIONS_ADDED, History.Event.TOPIC_ANEW)));
    try {
      List<Read> reads = read(history, List.of(), new InMemorySnapshotMarks());
      assertThat(fold(reads, Comparator.naturalOrder())).isEqualTo(history.table());
    } catch (SinkException stopped) {
      assertThat(stopped.code()).isEqualTo(ErrorCode.LOG_RESTARTED);
      assertThat(history.restarts()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POSTGRES,WITHOUT_EPOCH",
    "POSTGRES,WITHOUT_BASE",
    "POSTGRES,WITHOUT_SNAPSHOT_BIT",
    "POSTGRES,KAFKA_ALONE",
    "MYSQL,WITHOUT_EPOCH",
    "MYSQL,WITHOUT_BASE",
    "MYSQL,WITHOUT_CHANGE",
    "MYSQL,KAFKA_ALONE",
    "MARIADB,WITHOUT_EPOCH",
    "MARIADB,WITHOUT_BASE",
    "MARIADB,WITHOUT_CHANGE",
    "MARIADB,KAFKA_ALONE"
  })
  void aMistakeIsFound(Database database, Mistake mistake) {
    for (int seed = 0; seed < 2_000; seed++) {
      History history = database.history(new Random(seed));
      List<Read> reads = read(history, history.restarts(), new InMemorySnapshotMarks());
      if (!fold(reads, Comparator.comparing(mistake::of)).equals(history.table())) {
        return;
      }
    }
    throw new AssertionError(mistake + " goes unnoticed");
  }

  @Test
  void everythingHappens() {
    for (Database database : Database.values()) {
      Set<History.Event> happened = EnumSet.noneOf(History.Event.class);
      for (int seed = 0; seed < 200; seed++) {
        happened.addAll(database.history(new Random(seed)).happened());
      }
      assertThat(happened).as("%s", database).hasSizeGreaterThanOrEqualTo(8);
    }
  }

  private static ChangeReader reader(List<Instant> restarts, SnapshotMarks marks) {
    return new ChangeReader(
        new ReaderSettings(
            1, restarts, OrderBy.SOURCE, "id", List.of(), origin -> TableOptions.NONE),
        marks);
  }

  /** By one task that gets a topic's partitions anew whenever the topic is created anew. */
  private static List<Read> read(History history, List<Instant> restarts, SnapshotMarks marks) {
    ChangeReader reader = reader(restarts, marks);
    List<Read> reads = new ArrayList<>();
    int topic = 0;
    for (History.Delivery delivery : history.deliveries()) {
      if (delivery.topic() != topic) {
        topic = delivery.topic();
        reader = reader(restarts, marks);
      }
      reads.add(new Read(delivery, (RowChange) reader.read(delivery.record())));
    }
    return reads;
  }

  private static Map<Long, Long> fold(List<Read> reads, Comparator<SourcePosition> order) {
    Map<Long, RowChange> newest = new HashMap<>();
    for (Read read : reads) {
      newest.merge(
          key(read.change()),
          read.change(),
          (old, now) -> order.compare(old.position(), now.position()) > 0 ? old : now);
    }
    Map<Long, Long> table = new TreeMap<>();
    newest.forEach(
        (key, change) -> {
          if (!change.isDelete()) {
            table.put(key, ((Image.OfStruct) change.row()).struct().getInt64("value"));
          }
        });
    return table;
  }

  private static long key(RowChange change) {
    return ((Image.OfStruct) change.key()).struct().getInt64("id");
  }
}
