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

  static Recording read(Path file) {
    try {
      return JSON.readValue(file.toFile(), Recording.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(Path file) {
    try {
      Files.createDirectories(file.getParent());
      JSON.writeValue(file.toFile(), this);
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
