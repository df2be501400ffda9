package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.BigQueryError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The right to use a data file, held by one emulator at a time. DuckDB's own lock keeps other
 * processes out, but not a second emulator of this one.
 */
final class DataFile implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;

  private DataFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Takes the file for this emulator, or throws. */
  static DataFile claim(Path file) {
    Path path = file.resolveSibling(file.getFileName() + ".lock");
    try {
      FileChannel channel =
          FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (locks(channel)) {
        return new DataFile(path, channel);
      }
      channel.close();
    } catch (IOException e) {
      throw BigQueryError.internal("Cannot write beside the data file: " + e, e);
    }
    throw BigQueryError.internal("The data file " + file + " is in use by another emulator", null);
  }

  private static boolean locks(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** The lock file stays where it cannot be removed; it means nothing without its lock. */
  @Override
  public void close() {
    try (channel) {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw BigQueryError.internal("Cannot give up the data file: " + e, e);
    }
  }
}
