package io.tributary.emulator.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.tributary.emulator.refusals.Recorder;
import io.tributary.emulator.surgery.Surgery;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** A property that nothing could falsify would prove nothing. */
@Tag(Recorder.CHANGES_CLASSES)
final class PlantedBugsTest {
  @ParameterizedTest
  @MethodSource("io.tributary.emulator.histories.PlantedBug#all")
  void areFoundByTheHistories(PlantedBug bug) {
    LauncherDiscoveryRequest histories =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(HistoriesPropertyTest.class))
            .filters(EngineFilter.includeEngines("jqwik"))
            .configurationParameter("jqwik.database", "")
            .configurationParameter("jqwik.tries.default", "2000")
            .configurationParameter("jqwik.shrinking.default", "OFF")
            .configurationParameter("jqwik.reporting.usejunitplatform", "true")
            .build();
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    Surgery planted = bug.plant();
    try (LauncherSession session = LauncherFactory.openSession(Recorder.UNRECORDED)) {
      session.getLauncher().execute(histories, summary);
    } finally {
      planted.close();
    }
    assertThat(summary.getSummary().getFailures())
        .singleElement()
        .satisfies(found -> assertThat(found.getException()).isInstanceOf(AssertionError.class));
  }
}
