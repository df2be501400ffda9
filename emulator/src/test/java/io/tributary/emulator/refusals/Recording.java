package io.tributary.emulator.refusals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which tests met which refusals.
 *
 * @param refusals all there were, to tell a recording of other classes
 * @param tests for each test that met any: how long it took, and which it met
 */
record Recording(List<String> refusals, Map<String, Test> tests) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** A test as it was recorded. */
  record Test(long millis, List<String> met) {}

  /** What all processes that ran tests have recorded, of the same classes. */
  static Recording readAll(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> refusals = null;
      Map<String, Test> tests = new TreeMap<>();
      for (Path file : files.sorted().toList()) {
        Recording one = JSON.readValue(file.toFile(), Recording.class);
        if (refusals != null && !refusals.equals(one.refusals)) {
          throw new IllegalStateException("Recordings of different classes in " + folder);
        }
        refusals = one.refusals;
        tests.putAll(one.tests);
      }
      return new Recording(refusals == null ? List.of() : refusals, tests);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file of its own, beside those of other processes. */
  void write(Path folder) {
    try {
      Files.createDirectories(folder);
      JSON.writeValue(Files.createTempFile(folder, "recording", ".json").toFile(), this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The tests that met a refusal, the quickest first. */
  List<String> meeting(Refusal refusal) {
    return tests.entrySet().stream()
        .filter(test -> test.getValue().met().contains(refusal.id()))
        .sorted(Comparator.comparing(test -> test.getValue().millis()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
