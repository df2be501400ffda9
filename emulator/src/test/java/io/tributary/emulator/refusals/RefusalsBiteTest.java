package io.tributary.emulator.refusals;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.emulator.refusals.Finding.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Judges what came of turning off every refusal, once it is known of all of them. */
@Tag("verdict")
final class RefusalsBiteTest {
  private static final Path REPORT = Path.of("target", "refusals", "report.txt");

  @Test
  void forEveryRefusalThereIsATestThatFailsWithoutIt() throws IOException {
    List<Refusal> refusals = RefusalScan.all();
    List<Finding> findings = Finding.readAll();
    assertThat(findings)
        .extracting(Finding::id)
        .as("every refusal was turned off once")
        .containsExactlyInAnyOrderElementsOf(refusals.stream().map(Refusal::id).toList());

    Files.write(REPORT, findings.stream().map(Finding::text).sorted().toList());
    List<Finding> survivors = findings.stream().filter(f -> f.outcome() != Outcome.BITES).toList();
    System.out.printf(
        "refusals: %d, of which %d make a test fail when turned off; by room %s%n",
        refusals.size(),
        refusals.size() - survivors.size(),
        refusals.stream()
            .collect(Collectors.groupingBy(Refusal::room, TreeMap::new, Collectors.counting())));
    Set<String> unproved = new TreeSet<>();
    survivors.forEach(finding -> unproved.add(finding.name().strip()));
    assertThat(unproved)
        .as("refusals that no test would miss; %s has the places", REPORT)
        .isEqualTo(excused());
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
