package io.tributary.emulator.histories;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.EmulatorOptions;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;

/** Whatever happens, every answer and the tables are those that the model predicts. */
class HistoriesPropertyTest {
  private final BigQueryUnderTest bigQuery = BigQueryUnderTest.start(EmulatorOptions.builder());

  @Provide
  Arbitrary<List<Step>> histories() {
    return Histories.any();
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void endInTheTablesThatTheModelPredicts(@ForAll("histories") List<Step> history) {
    Model model = new Model();
    try (Service service = new Service(bigQuery)) {
      for (int i = 0; i < history.size(); i++) {
        Step step = history.get(i);
        String expected = model.take(i, step);
        assertThat(service.take(i, step)).as("%d: %s", i, step).isEqualTo(expected);
      }
      assertThat(service.tables()).isEqualTo(model.tables());
    }
  }

  @AfterProperty
  void close() {
    bigQuery.close();
  }
}
