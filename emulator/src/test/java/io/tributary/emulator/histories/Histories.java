package io.tributary.emulator.histories;

import io.tributary.emulator.histories.Step.Feed;
import io.tributary.emulator.histories.Step.Kind;
import io.tributary.emulator.histories.Step.RowChange;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Makes histories that often come close to the edges. */
final class Histories {
  /** Few enough that changes of a key meet, and numbers that texts would order differently. */
  private static final List<String> SECTIONS =
      List.of("0", "1", "2", "9", "a", "A", "F", "10", "1f", "00A", "FFF", "FFFFFFFFFFFFFFFF");

  private Histories() {}

  static Arbitrary<List<Step>> any() {
    return Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.of(Kind.class).map(Step.Create::new)),
            Tuple.of(2, rows().map(Step.Insert::new)),
            Tuple.of(6, Combinators.combine(stream(), rows()).as(Step.Append::new)),
            Tuple.of(
                4,
                Combinators.combine(stream(), rows(), Arbitraries.integers().between(-2, 4))
                    .as(Step.AppendAt::new)),
            Tuple.of(2, Combinators.combine(stream(), rows()).as(Step.AppendUnheard::new)),
            Tuple.of(1, stream().map(Step.Reconnect::new)),
            Tuple.of(
                5,
                Combinators.combine(stream(), Arbitraries.integers().between(-1, 5))
                    .as(Step.Flush::new)),
            Tuple.of(3, stream().map(Step.Finalize::new)),
            Tuple.of(4, stream().set().ofMinSize(1).ofMaxSize(3).map(Step.Commit::new)),
            Tuple.of(6, sequenced()),
            Tuple.of(3, arriving()),
            Tuple.of(2, Arbitraries.integers().between(0, 9).map(Step.Replay::new)),
            Tuple.of(3, Arbitraries.create(Step.Look::new)))
        .map(Step.class::cast)
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  private static Arbitrary<Integer> stream() {
    return Arbitraries.integers().between(0, 4);
  }

  private static Arbitrary<Integer> rows() {
    return Arbitraries.integers().between(1, 4);
  }

  private static Arbitrary<Step> sequenced() {
    Arbitrary<String> numbers =
        Arbitraries.of(SECTIONS)
            .list()
            .ofMinSize(1)
            .ofMaxSize(4)
            .map(sections -> String.join("/", sections));
    return Combinators.combine(keys(), deletes(), numbers)
        .as(RowChange::new)
        .list()
        .uniqueElements(RowChange::key)
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(rows -> new Step.Change(Feed.BY_SEQUENCE, rows));
  }

  /** Which of a request's changes to one key wins is chance, so every key is in it once. */
  private static Arbitrary<Step> arriving() {
    return Combinators.combine(keys(), deletes())
        .as((key, deletes) -> new RowChange(key, deletes, null))
        .list()
        .uniqueElements(RowChange::key)
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(rows -> new Step.Change(Feed.BY_ARRIVAL, rows));
  }

  private static Arbitrary<Integer> keys() {
    return Arbitraries.integers().between(1, 3);
  }

  private static Arbitrary<Boolean> deletes() {
    return Arbitraries.frequency(Tuple.of(2, false), Tuple.of(1, true));
  }
}
