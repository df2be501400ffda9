package io.tributary.tools.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The one temporary folder in which everything local lives, and the guard that clears it away.
 *
 * <p>A tiny shell process holds a pipe to this JVM and the list of the child processes. When the
 * pipe ends, however this JVM died, it ends the children that are left and removes the folder.
 * Thread-safe.
 */
public final class LocalFolder implements AutoCloseable {
  private static final String GUARD =
      """
      trap '' INT TERM HUP QUIT
      list=
      while read -r verb pid signal; do
        case $verb in
          watch) list="$list $pid:$signal" ;;
          forget)
            rest=
            for p in $list; do
              case $p in "$pid":*) ;; *) rest="$rest $p" ;; esac
            done
            list=$rest ;;
        esac
      done
      for p in $list; do kill -"${p#*:}" "${p%%:*}" 2>/dev/null; done
      tries=0
      for p in $list; do
        while kill -0 "${p%%:*}" 2>/dev/null && [ $tries -lt 5 ]; do sleep 1; tries=$((tries+1)); done
        kill -KILL "${p%%:*}" 2>/dev/null
      done
      rm -rf "$1"
      """;

  private final Path path;
  private final Process guard;
  private final Writer orders;

  private LocalFolder(Path path, Process guard) {
    this.path = path;
    this.guard = guard;
    this.orders = guard.outputWriter(StandardCharsets.UTF_8);
  }

  /**
   * Creates the folder under {@code java.io.tmpdir}.
   *
   * @throws UncheckedIOException if the folder or the guard cannot be created
   */
  public static LocalFolder create(String prefix) {
    try {
      // not createTempDirectory: it would settle for good where this JVM's temporary files go
      Path path =
          Files.createDirectory(
              Path.of(System.getProperty("java.io.tmpdir"), prefix + "-" + UUID.randomUUID()),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Process guard =
          new ProcessBuilder("sh", "-c", GUARD, "tributary-guard", path.toString())
              .directory(path.getParent().toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new LocalFolder(path, guard);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "No temporary folder can be created under " + System.getProperty("java.io.tmpdir"), e);
    }
  }

  /** The folder itself. */
  public Path path() {
    return path;
  }

  /** A path inside the folder; nothing is created. */
  public Path resolve(String name) {
    return path.resolve(name);
  }

  /** Has {@code process} ended with {@code signal} should this JVM die. */
  void watch(Process process, String signal) {
    order("watch " + process.pid() + " " + signal);
  }

  /** The process has ended; its number may soon belong to somebody else. */
  void forget(Process process) {
    order("forget " + process.pid());
  }

  private synchronized void order(String line) {
    try {
      orders.write(line + "\n");
      orders.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The guard of " + path + " has gone, so child processes might be left behind.", e);
    }
  }

  /** Removes the folder with everything in it. Close whatever runs in it first. */
  @Override
  public synchronized void close() {
    try {
      orders.close();
      guard.waitFor(20, TimeUnit.SECONDS);
    } catch (IOException e) {
      // the guard has gone already; the folder is removed below
      guard.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (Files.exists(path)) {
      delete();
    }
  }

  private void delete() {
    try {
      Files.walkFileTree(
          path,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure)
                throws IOException {
              Files.deleteIfExists(folder);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (NoSuchFileException e) {
      // a process that is just ending removed a file of its own first
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + path + " cannot be removed; remove it.", e);
    }
  }
}
