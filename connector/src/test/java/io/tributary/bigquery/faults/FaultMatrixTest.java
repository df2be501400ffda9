package io.tributary.bigquery.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.testkit.Capture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault in every mode that it concerns: what was promised holds, and no log, error or metric
 * tells a value. With {@code -Dtributary.faults.only=1,M2} some of them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FaultMatrixTest {
  private final List<String> lines = new ArrayList<>();

  static List<Case> cases() {
    return Stream.of(
            ServiceFaults.cases(),
            NetworkFaults.cases(),
            RecordFaults.cases(),
            SchemaFaults.cases(),
            GroupFaults.cases(),
            SourceFaults.cases(),
            TaskFaults.cases(),
            KnownFlaws.cases())
        .flatMap(List::stream)
        .toList();
  }

  static Stream<Arguments> runs() {
    String only = System.getProperty("tributary.faults.only", "");
    return cases().stream()
        .filter(each -> only.isEmpty() || List.of(only.split(",")).contains(each.number()))
        .flatMap(each -> each.modes().stream().map(mode -> Arguments.of(each, mode)));
  }

  @BeforeAll
  void begin() {
    lines.clear();
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("runs")
  void holds(Case fault, Mode mode) throws Exception {
    try (Capture log = new Capture();
        Run run = new Run(mode)) {
      fault.script().play(run);
      Figures figures = run.judge();
      System.out.println(figures.line(fault.number(), mode));
      lines.add(FaultsPage.line(fault, mode, figures));
      assertThat(figures.breaches()).isEmpty();
      assertThat(run.told()).as("metrics and errors").isNotEmpty();
      for (String value : List.of(Shop.CANARY, Integer.toString(Shop.NO_DAY))) {
        assertThat(run.told()).noneMatch(each -> each.contains(value));
        assertThat(log.text()).doesNotContain(value);
      }
    }
  }

  @AfterAll
  void write() throws IOException {
    if (FaultsPage.writing() && lines.size() == runs().count()) {
      FaultsPage.write(lines);
    }
  }
}
