package io.tributary.bigquery.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The verifier can fail: every figure is seen to move when its breach is planted. */
final class VerifierTest {
  private final Shop shop = new Shop();
  private final At poison;

  VerifierTest() {
    shop.insert(1).insert(2).update(1).delete(2).insert(3).move(3, 4).insert(5);
    poison = shop.last();
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void findsNothingInARunThatIsRight(Mode mode) {
    Figures figures = judge(mode, UnaryOperator.identity());
    assertThat(figures.breaches()).isEmpty();
    assertThat(figures.line("1", mode))
        .isEqualTo(
            "| 1 | "
                + mode.spelling()
                + " | lost=0 stale=0 phantom=0 dup_appends=2 dup_visible=0 order_violations=0"
                + " dlq=1/1 offset_ahead=0 injected=3 recovered_ms=40 put_p99_ms=7"
                + " peak_heap_mb=100 |");
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void findsALostRow(Mode mode) {
    Figures figures = judge(mode, end -> rows(end, rows -> rows.removeIf(row -> row.id() == 1)));
    assertThat(figures.lost()).isEqualTo(1);
    assertThat(figures.breaches()).isNotEmpty();
  }

  @Test
  void findsALostChange() {
    Figures figures = judge(Mode.APPEND, end -> kept(end, kept -> kept.remove(0)));
    assertThat(figures.lost()).isEqualTo(1);
    assertThat(figures.breaches()).anyMatch(breach -> breach.startsWith("lost"));
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void findsARowOfAnEarlierState(Mode mode) {
    Row first = new Row(1, place(0), Shop.text(1));
    Figures figures = judge(mode, end -> rows(end, rows -> rows.set(0, first)));
    assertThat(figures.stale()).isEqualTo(1);
    assertThat(figures.breaches()).anyMatch(breach -> breach.startsWith("stale"));
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void findsAWrongValue(Mode mode) {
    Row wrong = new Row(1, place(2), "other");
    Figures figures = judge(mode, end -> rows(end, rows -> rows.set(0, wrong)));
    assertThat(figures.stale()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void findsARowThatShouldBeGone(Mode mode) {
    Row gone = new Row(2, place(1), Shop.text(2));
    Figures figures = judge(mode, end -> rows(end, rows -> rows.add(gone)));
    assertThat(figures.phantom()).isEqualTo(1);
    assertThat(figures.breaches()).anyMatch(breach -> breach.startsWith("phantom"));
  }

  @Test
  void findsAChangeThatNobodyMade() {
    Figures figures = judge(Mode.APPEND, end -> kept(end, kept -> kept.add(poison)));
    assertThat(figures.phantom()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void findsAKeyThatStandsTwice(Mode mode) {
    Figures figures = judge(mode, end -> rows(end, rows -> rows.add(rows.get(0))));
    assertThat(figures.dupVisible()).isEqualTo(1);
    assertThat(figures.breaches()).anyMatch(breach -> breach.startsWith("dup_visible"));
  }

  @Test
  void findsAChangeThatStandsTwice() {
    Figures figures = judge(Mode.APPEND, end -> kept(end, kept -> kept.add(kept.get(0))));
    assertThat(figures.dupVisible()).isEqualTo(1);
  }

  @Test
  void findsARowThatGoesBackForAMoment() {
    Sample end = end(Mode.MERGE);
    Sample older = rows(end, rows -> rows.set(0, new Row(1, place(0), Shop.text(1))));
    Figures figures = judge(Mode.MERGE, List.of(end, none(older), end));
    assertThat(figures.orderViolations()).isEqualTo(1);
    assertThat(figures.breaches()).anyMatch(breach -> breach.startsWith("order_violations"));
  }

  @Test
  void findsARowThatComesBackAsItWas() {
    Sample end = end(Mode.MERGE);
    Sample without = none(rows(end, rows -> rows.remove(0)));
    Figures figures = judge(Mode.MERGE, List.of(none(end), without, end));
    assertThat(figures.orderViolations()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void findsAnOffsetThatIsCommittedTooEarly(Mode mode) {
    Sample end = end(mode);
    Sample early = new Sample(List.of(), List.of(), end.committed());
    Figures figures = judge(mode, List.of(early, end));
    assertThat(figures.offsetAhead()).isEqualTo(1);
    assertThat(figures.breaches()).anyMatch(breach -> breach.startsWith("offset_ahead"));
  }

  @Test
  void findsAnOffsetBehindPoisonThatNoQueueHas() {
    Evidence right = evidence(Mode.MERGE, List.of(end(Mode.MERGE)));
    Figures figures = Verifier.judge(with(right, List.of(), right.injected(), 40));
    assertThat(figures.offsetAhead()).isEqualTo(1);
    assertThat(figures.line("1", Mode.MERGE)).contains(" dlq=1/0 ");
  }

  @Test
  void findsAHealthyRecordInTheDeadLetterQueue() {
    Evidence right = evidence(Mode.MERGE, List.of(end(Mode.MERGE)));
    List<At> letters = List.of(poison, At.of(Shop.TOPIC, 0, 0));
    Figures figures = Verifier.judge(with(right, letters, right.injected(), 40));
    assertThat(figures.deadActual()).isEqualTo(2);
    assertThat(figures.breaches()).anyMatch(breach -> breach.startsWith("dead letters"));
  }

  @Test
  void failsWithoutAFault() {
    Evidence right = evidence(Mode.MERGE, List.of(end(Mode.MERGE)));
    Figures none = Verifier.judge(with(right, right.deadLetters(), Map.of(), 40));
    assertThat(none.breaches()).containsExactly("injected=0");
    Map<String, Long> half = Map.of("cut", 3L, "lost answer", 0L);
    Figures one = Verifier.judge(with(right, right.deadLetters(), half, 40));
    assertThat(one.breaches()).containsExactly("lost answer did not happen");
  }

  @Test
  void failsWhenTimeOrMemoryRunsAway() {
    Evidence right = evidence(Mode.MERGE, List.of(end(Mode.MERGE)));
    Figures slow = Verifier.judge(with(right, right.deadLetters(), right.injected(), 70_000));
    assertThat(slow.breaches()).anyMatch(breach -> breach.startsWith("recovered_ms"));
    Evidence greedy =
        new Evidence(
            right.mode(),
            right.topics(),
            true,
            right.samples(),
            right.poison(),
            right.deadLetters(),
            0,
            0,
            right.injected(),
            0,
            List.of(20_000L),
            1_500);
    assertThat(Verifier.judge(greedy).breaches())
        .hasSize(2)
        .anyMatch(breach -> breach.startsWith("put_p99_ms"))
        .anyMatch(breach -> breach.startsWith("peak_heap_mb"));
  }

  @Test
  void aRunThatStoppedIsJudgedByWhatItCommitted() {
    Sample half =
        new Sample(
            List.of(new Row(1, place(0), Shop.text(1))), List.of(), Map.of(poison.partition(), 1L));
    Evidence whole = evidence(Mode.MERGE, List.of(half));
    Evidence stopped =
        new Evidence(
            whole.mode(),
            whole.topics(),
            false,
            whole.samples(),
            Set.of(),
            List.of(),
            0,
            0,
            whole.injected(),
            0,
            List.of(),
            0);
    assertThat(Verifier.judge(stopped).breaches()).isEmpty();
  }

  private Figures judge(Mode mode, UnaryOperator<Sample> breach) {
    return judge(mode, List.of(breach.apply(end(mode))));
  }

  private Figures judge(Mode mode, List<Sample> samples) {
    return Verifier.judge(evidence(mode, samples));
  }

  private Evidence evidence(Mode mode, List<Sample> samples) {
    return new Evidence(
        mode,
        shop.all(),
        true,
        samples,
        Set.of(poison),
        List.of(poison),
        9,
        7,
        Map.of("cut", 3L),
        40,
        List.of(1L, 7L),
        100);
  }

  private static Evidence with(
      Evidence run, List<At> deadLetters, Map<String, Long> injected, long recovered) {
    return new Evidence(
        run.mode(),
        run.topics(),
        run.whole(),
        run.samples(),
        run.poison(),
        deadLetters,
        run.accepted(),
        run.stored(),
        injected,
        recovered,
        run.putMillis(),
        run.peakHeapMegabytes());
  }

  /** The state of 1 after its update, and 3 under its new key. */
  private Sample end(Mode mode) {
    List<Row> rows =
        List.of(new Row(1, place(2), Shop.text(1) + "'"), new Row(4, place(5), Shop.text(3)));
    List<At> kept =
        mode == Mode.MERGE
            ? List.of()
            : new Fold(shop.all(), Set.of(poison)).events().stream().map(Event::at).toList();
    return new Sample(rows, kept, shop.ends());
  }

  private static long place(int change) {
    return Shop.FIRST + change * Shop.STRIDE;
  }

  private static Sample none(Sample sample) {
    return new Sample(sample.rows(), sample.kept(), Map.of());
  }

  private static Sample rows(Sample sample, Function<List<Row>, ?> breach) {
    List<Row> rows = new ArrayList<>(sample.rows());
    var unused = breach.apply(rows);
    return new Sample(rows, sample.kept(), sample.committed());
  }

  private static Sample kept(Sample sample, Function<List<At>, ?> breach) {
    List<At> kept = new ArrayList<>(sample.kept());
    var unused = breach.apply(kept);
    return new Sample(sample.rows(), kept, sample.committed());
  }
}
