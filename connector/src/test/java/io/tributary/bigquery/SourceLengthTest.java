package io.tributary.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A source file that outgrows one reading is several classes; looks at every module. */
final class SourceLengthTest {
  private static final int NOTEWORTHY = 350;
  private static final int TOO_LONG = 400;
  private static final Path PROJECT = Path.of("").toAbsolutePath().getParent();

  @Test
  void noSourceFileOutgrowsOneReading() throws IOException {
    Map<String, Integer> lengths = new TreeMap<>();
    for (Path source : sources()) {
      lengths.put(PROJECT.relativize(source).toString(), Files.readAllLines(source).size());
    }
    assertThat(lengths).as("source files under %s", PROJECT).isNotEmpty();
    lengths.forEach(
        (file, lines) -> {
          if (lines > NOTEWORTHY) {
            System.out.printf("long source file: %s has %d lines%n", file, lines);
          }
        });
    lengths.values().removeIf(lines -> lines <= TOO_LONG);
    assertThat(lengths).as("files over %d lines; split them", TOO_LONG).isEmpty();
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> modules = Files.list(PROJECT)) {
      return modules
          .map(module -> module.resolve("src/main/java"))
          .filter(Files::isDirectory)
          .flatMap(SourceLengthTest::javaFiles)
          .toList();
    }
  }

  private static Stream<Path> javaFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
