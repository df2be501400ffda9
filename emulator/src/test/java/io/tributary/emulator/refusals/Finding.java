package io.tributary.emulator.refusals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What came of turning off a refusal.
 *
 * @param id the refusal's
 * @param name the refusal's
 * @param place its class and line
 * @param test the test that misses it, or nothing
 */
record Finding(String id, String name, String place, Outcome outcome, String test) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FOLDER = Path.of("target", "refusals", "findings");

  /** Whether a test fails without it. */
  enum Outcome {
    BITES,
    SURVIVES,
    NEVER_MET
  }

  static Finding of(Refusal refusal, Outcome outcome, String test) {
    String place = refusal.owner() + ":" + refusal.line();
    return new Finding(refusal.id(), refusal.name(), place, outcome, test);
  }

  /** Writes a file of its own, beside those of other processes. */
  static void write(List<Finding> findings) {
    try {
      Files.createDirectories(FOLDER);
      JSON.writeValue(Files.createTempFile(FOLDER, "findings", ".json").toFile(), findings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that were written. */
  static List<Finding> readAll() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Finding> all = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        all.addAll(List.of(JSON.readValue(file.toFile(), Finding[].class)));
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For the report. */
  String text() {
    return "%-10s %s %s%n           %s".formatted(outcome, place, name, test);
  }
}
