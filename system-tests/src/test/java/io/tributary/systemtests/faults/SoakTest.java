package io.tributary.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.faults.Figures;
import io.tributary.bigquery.faults.Mode;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Faults of every kind, one behind the other, for {@code -Dminutes=N}; {@code -Dseed=N} chooses
 * which. Every kind has to have struck.
 */
@Tag("soak")
final class SoakTest {
  /** A topic is judged after so long, as all of it is kept in memory. */
  private static final Duration PART = Duration.ofMinutes(10);

  @Test
  void holds() {
    Duration whole = Duration.ofMinutes(Integer.getInteger("minutes", 5));
    long seed = Long.getLong("seed", 1);
    Random random = new Random(seed);
    Map<Fault, Integer> struck = new HashMap<>();
    Map<Mode, Figures> sum = new EnumMap<>(Mode.class);
    long start = System.nanoTime();
    try (Stage stage = new Stage(2)) {
      for (int part = 0; part == 0 || missing(struck) || within(start, whole); part++) {
        try (Trial trial = new Trial(stage, "soak_" + part, seed + part)) {
          long began = System.nanoTime();
          do {
            Fault fault = choose(struck, random, within(start, whole.dividedBy(2)));
            fault.strike().at(trial, random);
            struck.merge(fault, 1, Integer::sum);
          } while (within(began, PART) && (within(start, whole) || missing(struck)));
          trial
              .judge()
              .forEach(
                  (mode, found) -> {
                    assertThat(found.breaches()).as("%s, seed %d", mode, seed).isEmpty();
                    sum.merge(mode, found, Figures::plus);
                  });
        }
      }
    }
    struck.forEach((fault, times) -> System.out.printf("%s: %d times%n", fault, times));
    sum.forEach((mode, found) -> System.out.println(found.line("40", mode)));
    sum.forEach((mode, found) -> ProcessesPage.add("40", "all of these, mixed", mode, found));
    assertThat(struck).containsOnlyKeys(Faults.all());
  }

  /** Any fault in the first half; later those first that are missing. */
  private static Fault choose(Map<Fault, Integer> struck, Random random, boolean early) {
    List<Fault> missing =
        Faults.all().stream().filter(fault -> !struck.containsKey(fault)).toList();
    List<Fault> some = early || missing.isEmpty() ? Faults.all() : missing;
    return some.get(random.nextInt(some.size()));
  }

  private static boolean missing(Map<Fault, Integer> struck) {
    return !struck.keySet().containsAll(Faults.all());
  }

  /** Whether it is not over yet. */
  private static boolean within(long start, Duration limit) {
    return System.nanoTime() - start < limit.toNanos();
  }
}
