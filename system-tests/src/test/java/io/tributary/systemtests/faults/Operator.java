package io.tributary.systemtests.faults;

import static org.awaitility.Awaitility.await;

import io.tributary.bigquery.faults.Mode;
import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;

/** What an operator does to connectors under load: one thing at a strike, the next one then. */
final class Operator {
  private static final String STRIKE = "operation";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private Operator() {}

  private enum Operation {
    ONE_TASK,
    PAUSE,
    FOUR_TASKS,
    DELETE_AND_CREATE,
    TWO_TASKS,
    RESTART
  }

  static void act(Trial trial, Random random) {
    Operation[] all = Operation.values();
    Operation operation = all[(int) (trial.times(Mode.MERGE, STRIKE) % all.length)];
    trial.load().more(1 + random.nextInt(60));
    switch (operation) {
      case ONE_TASK -> each(mode -> trial.start(mode, 1));
      case FOUR_TASKS -> each(mode -> trial.start(mode, 4));
      case TWO_TASKS -> each(mode -> trial.start(mode, Trial.TASKS));
      case RESTART -> each(mode -> trial.stage().ask(rest -> rest.restart(trial.sink(mode))));
      case PAUSE -> {
        each(mode -> trial.stage().ask(rest -> rest.pause(trial.sink(mode))));
        trial.load().more(60);
        each(mode -> trial.stage().ask(rest -> rest.resume(trial.sink(mode))));
      }
      case DELETE_AND_CREATE -> {
        each(mode -> trial.stage().delete(trial.sink(mode)));
        trial.load().more(60);
        awaitNoThreads(trial.stage());
        each(mode -> trial.start(mode, Trial.TASKS));
      }
    }
    trial.struck(STRIKE, 1);
    trial.recover();
  }

  /** Nothing of a connector that is gone stays behind. */
  private static void awaitNoThreads(Stage stage) {
    await()
        .atMost(LIMIT)
        .until(
            () ->
                stage.members().stream()
                    .allMatch(member -> member.gauges().threads("tributary-flight") == 0));
  }

  private static void each(Consumer<Mode> operation) {
    for (Mode mode : Mode.values()) {
      operation.accept(mode);
    }
  }
}
