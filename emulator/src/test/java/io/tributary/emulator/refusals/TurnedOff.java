package io.tributary.emulator.refusals;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.emulator.refusals.TestRuns.Failure;
import io.tributary.emulator.surgery.Surgery;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns off one refusal at a time and runs the tests that met it when all of them ran. One of them
 * has to fail, and to pass again afterwards. {@link RefusalsBiteTest} judges what is found.
 */
final class TurnedOff implements AutoCloseable {
  private static final Path RECORDINGS = Path.of("target", "refusals", "recordings");

  /** Some tests take a refusal in passing and wait for something that then does not come. */
  private static final int TESTS_TRIED = 25;

  private TestRuns runs = new TestRuns();

  /** Tries every {@code step}-th refusal from {@code first} on. */
  void findAll(int first, int step) {
    List<Refusal> refusals = RefusalScan.all();
    Recording recording = Recording.readAll(RECORDINGS);
    assertThat(recording.refusals())
        .as("a recording of these classes; run all tests of the module first")
        .isEqualTo(refusals.stream().map(Refusal::id).toList());
    List<Finding> findings = new ArrayList<>();
    for (int i = first; i < refusals.size(); i += step) {
      findings.add(find(refusals.get(i), recording.meeting(refusals.get(i))));
    }
    Finding.write(findings);
  }

  private Finding find(Refusal refusal, List<String> tests) {
    if (tests.isEmpty()) {
      return Finding.of(refusal, Finding.Outcome.NEVER_MET, "");
    }
    List<String> tried = tests.subList(0, Math.min(tests.size(), TESTS_TRIED));
    return missed(refusal, tried)
        .map(failure -> Finding.of(refusal, Finding.Outcome.BITES, failure.test()))
        .orElseGet(() -> Finding.of(refusal, Finding.Outcome.SURVIVES, ""));
  }

  /** The test that misses the refusal: it fails without it, and passes with it. */
  private Optional<Failure> missed(Refusal refusal, List<String> tests) {
    List<String> left = new ArrayList<>(tests);
    while (!left.isEmpty()) {
      Optional<Failure> failure = without(refusal, left);
      if (failure.isEmpty() || passes(failure.get().test())) {
        return failure;
      }
      // this refusal or one before it did the shared emulator lasting harm
      renew();
      String test = failure.get().test();
      boolean misses = without(refusal, List.of(test)).isPresent();
      renew();
      if (misses && passes(test)) {
        return failure;
      }
      left.remove(test);
    }
    return Optional.empty();
  }

  private Optional<Failure> without(Refusal refusal, List<String> tests) {
    List<String> left = new ArrayList<>(tests);
    Surgery leftOut = Mutation.without(refusal);
    try {
      Optional<Failure> failure = runs.firstFailure(left);
      while (failure.isPresent() && Meter.passed() == 0) {
        // it failed before it came to the place, so for another reason
        left.remove(failure.get().test());
        failure = left.isEmpty() ? Optional.empty() : runs.firstFailure(left);
      }
      return failure;
    } finally {
      leftOut.close();
    }
  }

  private boolean passes(String test) {
    return runs.firstFailure(List.of(test)).isEmpty();
  }

  private void renew() {
    runs.close();
    runs = new TestRuns();
  }

  @Override
  public void close() {
    runs.close();
  }
}
