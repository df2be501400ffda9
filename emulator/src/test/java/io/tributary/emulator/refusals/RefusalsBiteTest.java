package io.tributary.emulator.refusals;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.emulator.refusals.TestRuns.Failure;
import io.tributary.emulator.surgery.Surgery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Turns off one refusal at a time and runs the tests that met it when all of them ran. One of them
 * has to fail, and to pass again afterwards.
 */
@Tag("mutation")
final class RefusalsBiteTest {
  private static final Path FOLDER = Path.of("target", "refusals");

  /** Some tests take a refusal in passing and wait for something that then does not come. */
  private static final int TESTS_TRIED = 25;

  private final List<String> report = new ArrayList<>();
  private TestRuns runs = new TestRuns();

  @AfterEach
  void close() {
    runs.close();
  }

  @Test
  void forEveryRefusalThereIsATestThatFailsWithoutIt() throws IOException {
    List<Refusal> refusals = RefusalScan.all();
    Recording recording = Recording.read(FOLDER.resolve("recording.json"));
    assertThat(recording.refusals())
        .as("a recording of these classes; run all tests of the module first")
        .isEqualTo(refusals.stream().map(Refusal::id).toList());

    List<Refusal> survivors = new ArrayList<>();
    for (Refusal refusal : refusals) {
      if (!bites(refusal, recording.meeting(refusal))) {
        survivors.add(refusal);
      }
    }
    Files.write(FOLDER.resolve("report.txt"), report);
    System.out.printf(
        "refusals: %d, of which %d make a test fail when turned off; by room %s%n",
        refusals.size(),
        refusals.size() - survivors.size(),
        refusals.stream()
            .collect(Collectors.groupingBy(Refusal::room, TreeMap::new, Collectors.counting())));
    Set<String> unproved = new TreeSet<>();
    survivors.forEach(refusal -> unproved.add(refusal.name().strip()));
    assertThat(unproved)
        .as("refusals that no test would miss; %s has the places", FOLDER.resolve("report.txt"))
        .isEqualTo(excused());
  }

  private boolean bites(Refusal refusal, List<String> tests) {
    if (tests.isEmpty()) {
      note("NEVER MET", refusal, "");
      return false;
    }
    List<String> tried = tests.subList(0, Math.min(tests.size(), TESTS_TRIED));
    Optional<Failure> failure = missed(refusal, tried);
    note(
        failure.isPresent() ? "bites" : "SURVIVES", refusal, failure.map(Failure::test).orElse(""));
    return failure.isPresent();
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

  private void note(String outcome, Refusal refusal, String test) {
    report.add(
        "%-10s %s:%d %s%n           %s"
            .formatted(outcome, refusal.owner(), refusal.line(), refusal.name(), test));
  }

  /** Names of refusals that may stay unproved; above each stands why. */
  private static Set<String> excused() throws IOException {
    try (var in = RefusalsBiteTest.class.getResourceAsStream("excused.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(String::strip)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
