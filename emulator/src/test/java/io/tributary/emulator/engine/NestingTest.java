package io.tributary.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.tributary.emulator.catalog.BigQueryError;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** The analyzer's answers have a limit of depth; beyond it a statement is refused by name. */
final class NestingTest {
  @Test
  void deepExpressionsAreRefusedAsNotImplemented() {
    try (Engine engine = Engine.open(null, Clock.systemUTC())) {
      assertThat(
              engine.run(QueryRequest.of("p", "SELECT 1" + " + 1".repeat(20))).rows().rows().get(0))
          .containsExactly(21L);
      assertThatThrownBy(() -> engine.run(QueryRequest.of("p", "SELECT 1" + " + 1".repeat(200))))
          .asInstanceOf(type(BigQueryError.class))
          .satisfies(error -> assertThat(error.reason()).isEqualTo("notImplemented"));
    }
  }
}
