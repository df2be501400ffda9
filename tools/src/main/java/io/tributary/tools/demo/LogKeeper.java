package io.tributary.tools.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Copies the logs out of the temporary folder before it is removed.
 *
 * @param from the temporary folder
 * @param to where the user wants them; null for nowhere
 */
record LogKeeper(Path from, Path to) implements AutoCloseable {
  @Override
  public void close() throws IOException {
    if (to == null) {
      return;
    }
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      List<Path> logs = files.filter(file -> file.toString().endsWith(".log")).toList();
      for (Path log : logs) {
        Files.copy(log, to.resolve(log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
