package io.tributary.bigquery.bigquery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A directory of the worker that its operator has named.
 *
 * @param property the worker's system property that names it
 */
record AllowedDirectory(String property) {
  private static final int MAX_BYTES = 65_536;

  boolean named() {
    return !System.getProperty(property, "").isEmpty();
  }

  /** Whether a file lies in it, whose path is a real one. */
  boolean holds(Path file) throws IOException {
    return named() && file.startsWith(Path.of(System.getProperty(property)).toRealPath());
  }

  /** The content of a file of a credential's size; empty if it is none. */
  static Optional<String> read(Path file) throws IOException {
    return Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES
        ? Optional.of(Files.readString(file, StandardCharsets.UTF_8))
        : Optional.empty();
  }
}
