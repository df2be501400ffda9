package io.tributary.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.faults.Figures;
import io.tributary.bigquery.faults.Mode;
import io.tributary.tools.verify.Differences;
import io.tributary.tools.verify.SourceTable;
import io.tributary.tools.verify.TableComparison;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Processes that are killed, frozen, cut off and slowed down, in every mode at once: what was
 * promised holds. {@code -Dkills=N}, {@code -Dzombies=N} and {@code -Doperations=N} say how often
 * for three of them, {@code -Doutage=SECONDS} with {@code -Drows=N}, {@code -Dquota=SECONDS} and
 * {@code -Dlag=SECONDS} how long for three, {@code -Dtributary.faults.only=11,12} which ones.
 */
@Tag("faults")
final class ProcessFaultsTest {
  private static final int KILLS_BEHIND_A_DATABASE = 3;

  private static Stage stage;

  /** How often a fault strikes, and how often behind one topic. */
  private record Count(int times, int perTrial) {}

  @BeforeAll
  static void start() {
    stage = new Stage(2);
  }

  @AfterAll
  static void stop() {
    if (stage != null) {
      stage.close();
    }
  }

  static Stream<Arguments> rows() {
    String only = System.getProperty("tributary.faults.only", "");
    return Stream.of(
            Arguments.of(Faults.KILL, new Count(Integer.getInteger("kills", 10), 10)),
            Arguments.of(Faults.ZOMBIE, new Count(Integer.getInteger("zombies", 5), 5)),
            Arguments.of(Faults.BROKER, new Count(2, 2)),
            Arguments.of(Coordinator.MOVED, new Count(1, 1)),
            Arguments.of(Faults.THIRD, new Count(1, 1)),
            Arguments.of(Faults.CUT, new Count(2, 2)),
            Arguments.of(Faults.SILENCE, new Count(1, 1)),
            Arguments.of(Faults.SERVICE, new Count(2, 2)),
            Arguments.of(BigQueryFaults.SLOW, new Count(1, 1)),
            Arguments.of(BigQueryFaults.LOST, new Count(2, 2)),
            Arguments.of(BigQueryFaults.OUTAGE, new Count(1, 1)),
            Arguments.of(BigQueryFaults.QUOTA, new Count(1, 1)),
            Arguments.of(BigQueryFaults.LAG, new Count(1, 1)),
            Arguments.of(Faults.OPERATOR, new Count(Integer.getInteger("operations", 6), 60)))
        .filter(
            row ->
                only.isEmpty()
                    || List.of(only.split(",")).contains(((Fault) row.get()[0]).number()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void holds(Fault fault, Count count) throws IOException {
    Progress progress = Progress.of(fault);
    while (progress.times() < count.times()) {
      int times = Math.min(count.perTrial(), count.times() - progress.times());
      progress = progress.plus(fault, times, part(fault, times, progress.times()));
      System.out.printf("%s: %d of %d%n", fault, progress.times(), count.times());
      report(fault, progress);
    }
    Progress.forget(fault);
  }

  private static void report(Fault fault, Progress progress) {
    String name = fault.name() + (progress.times() > 2 ? ", " + progress.times() + " times" : "");
    progress
        .figures()
        .forEach(
            (mode, found) -> {
              System.out.println(found.line(fault.number(), mode));
              ProcessesPage.add(fault.number(), name, mode, found);
            });
  }

  /** Some strikes behind one topic. The seed is the number of strikes before. */
  private static Map<Mode, Figures> part(Fault fault, int times, int before) {
    try (Trial trial = new Trial(stage, "f" + fault.number() + "_" + before, before)) {
      strike(trial, fault, times, new Random(before));
      return judge(trial, fault.number());
    }
  }

  @Test
  void holdsBehindADatabase() throws Exception {
    String number = "11b";
    try (Trial trial =
        new Trial(stage, "database", name -> new DatabaseLoad(stage, name, Trial.PARTITIONS, 1))) {
      strike(trial, Faults.KILL, KILLS_BEHIND_A_DATABASE, new Random(1));
      Map<Mode, Figures> figures = judge(trial, number);
      try (Connection database = ((DatabaseLoad) trial.load()).connect()) {
        for (Mode mode : List.of(Mode.MERGE, Mode.CDC)) {
          compare(database, trial.dataset(mode));
        }
      }
      String name = Faults.KILL.name() + ", behind PostgreSQL and Debezium";
      figures.forEach((mode, found) -> ProcessesPage.add(number, name, mode, found));
    }
  }

  private static void compare(Connection database, String dataset)
      throws SQLException, InterruptedException {
    Differences differences =
        TableComparison.compare(
            database,
            stage.warehouse().client(),
            dataset,
            List.of(new SourceTable("public", "items")));
    assertThat(differences.first()).as(dataset).isEmpty();
    assertThat(differences.count()).as(dataset).isZero();
  }

  private static void strike(Trial trial, Fault fault, int times, Random random) {
    while (trial.leastStrikes() < times) {
      fault.strike().at(trial, random);
    }
  }

  private static Map<Mode, Figures> judge(Trial trial, String number) {
    Map<Mode, Figures> figures = trial.judge();
    figures.forEach((mode, found) -> System.out.println(found.line(number, mode)));
    figures.forEach(
        (mode, found) -> assertThat(found.breaches()).as(number + ", " + mode).isEmpty());
    return figures;
  }
}
