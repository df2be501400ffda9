package io.tributary.emulator.refusals;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs tests of this module inside a test; they share one emulator until this is closed. */
final class TestRuns implements AutoCloseable {
  private final LauncherSession session = LauncherFactory.openSession(Recorder.UNRECORDED);

  /** A test that failed. */
  record Failure(String test, Throwable cause) {}

  /** The first of these tests to fail; those behind it do not run. */
  Optional<Failure> firstFailure(List<String> tests) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(tests.stream().map(test -> selectUniqueId(test)).toList())
            .filters(EngineFilter.includeEngines("junit-jupiter"))
            .configurationParameter(
                "junit.jupiter.execution.timeout.testable.method.default", "20 s")
            .configurationParameter(
                "junit.jupiter.execution.timeout.thread.mode.default", "SEPARATE_THREAD")
            .build();
    CancellationToken enough = CancellationToken.create();
    AtomicReference<Failure> first = new AtomicReference<>();
    session
        .getLauncher()
        .execute(
            LauncherExecutionRequestBuilder.request(request)
                .cancellationToken(enough)
                .listeners(
                    new TestExecutionListener() {
                      @Override
                      public void executionFinished(
                          TestIdentifier test, TestExecutionResult result) {
                        if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                          Throwable cause = result.getThrowable().orElseThrow();
                          first.compareAndSet(null, new Failure(test.getUniqueId(), cause));
                          enough.cancel();
                        }
                      }
                    })
                .build());
    return Optional.ofNullable(first.get());
  }

  @Override
  public void close() {
    session.close();
  }
}
