package io.tributary.tools.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A child process with a log file, watched over by the folder's guard. Not thread-safe. */
public final class LocalProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int TAIL_LINES = 25;

  private final String name;
  private final LocalFolder folder;
  private final Process process;
  private final Path log;
  private final String stopSignal;

  private LocalProcess(
      String name, LocalFolder folder, Process process, Path log, String stopSignal) {
    this.name = name;
    this.folder = folder;
    this.process = process;
    this.log = log;
    this.stopSignal = stopSignal;
  }

  /**
   * Starts {@code command}; its output is appended to {@code log}.
   *
   * @param stopSignal the signal that asks this program to stop in order, e.g. {@code TERM}
   */
  public static LocalProcess start(
      String name, LocalFolder folder, List<String> command, Path log, String stopSignal) {
    return start(name, folder, command, Map.of(), log, stopSignal);
  }

  /** The same with variables added to this JVM's environment. */
  static LocalProcess start(
      String name,
      LocalFolder folder,
      List<String> command,
      Map<String, String> environment,
      Path log,
      String stopSignal) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.path().toFile())
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().putAll(environment);
      Process process = builder.start();
      folder.watch(process, stopSignal);
      return new LocalProcess(name, folder, process, log, stopSignal);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be started: " + command.get(0), e);
    }
  }

  /** Runs {@code command} to its end and fails with its output if its status is not 0. */
  public static void run(String name, LocalFolder folder, List<String> command, Path log) {
    try (LocalProcess once = start(name, folder, command, log, "KILL")) {
      if (!once.process.waitFor(2, TimeUnit.MINUTES) || once.process.exitValue() != 0) {
        throw new IllegalStateException(name + " failed:\n" + once.logTail());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(name + " was interrupted.", e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** The last lines of the log. */
  String logTail() {
    try {
      List<String> lines = List.of(Files.readString(log, StandardCharsets.UTF_8).split("\n"));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(no log: " + log + ")";
    }
  }

  /** Throws, with the end of the log, if the process has ended although it should run. */
  public void requireAlive() {
    if (!isAlive()) {
      throw new IllegalStateException(
          name + " ended with status " + process.exitValue() + ":\n" + logTail());
    }
  }

  /** SIGKILL; returns when the process is gone. */
  public void killHard() {
    process.destroyForcibly();
    awaitEnd(PATIENCE);
    folder.forget(process);
  }

  /** Asks the process to stop, and kills it if it does not within 20 seconds. */
  @Override
  public void close() {
    if (isAlive()) {
      signal(stopSignal);
      if (!awaitEnd(PATIENCE)) {
        killHard();
        return;
      }
    }
    folder.forget(process);
  }

  /** Sends a signal such as {@code STOP}. */
  public void signal(String signal) {
    try {
      // the shell's own kill, because slim images have no program of that name
      new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid()).start().waitFor();
    } catch (IOException e) {
      process.destroy();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean awaitEnd(Duration patience) {
    try {
      return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    }
  }
}
