package io.tributary.emulator.engine;

import java.nio.file.Path;

/**
 * Where the tables are kept.
 *
 * @param file the file that keeps them; null keeps them in memory
 * @param memory how much memory the database may take before it turns to the disk, such as {@code
 *     2GB}
 */
public record Storage(Path file, String memory) {
  /** Two gigabytes of memory; null for no file. */
  public static Storage of(Path file) {
    return new Storage(file, "2GB");
  }
}
