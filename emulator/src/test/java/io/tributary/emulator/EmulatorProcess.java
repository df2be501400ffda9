package io.tributary.emulator;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The emulator's command, run as a user runs it. */
final class EmulatorProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("ready rest=(\\d+) grpc=(\\d+)\n");

  private final Process process;
  private final Path out;
  private final Path err;

  private EmulatorProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts the command; what it prints goes to files in this folder. */
  static EmulatorProcess start(Path folder, String... arguments) {
    return start(folder, List.of(), arguments);
  }

  /** Starts the command with more options of the JVM, which finds resources in the folder, too. */
  static EmulatorProcess start(Path folder, List<String> options, String... arguments) {
    try {
      Path out = Files.createTempFile(folder, "out", ".txt");
      Path err = Files.createTempFile(folder, "err", ".txt");
      // a build in the background ignores SIGINT, and its children would, too
      List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("-Xmx512m");
      command.add("--add-opens=java.base/java.nio=ALL-UNNAMED");
      command.addAll(options);
      command.add("-cp");
      command.add(folder + File.pathSeparator + System.getProperty("java.class.path"));
      command.add(EmulatorMain.class.getName());
      command.addAll(List.of(arguments));
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      return new EmulatorProcess(process, out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The ports of REST and gRPC, once they are announced. */
  int[] ports() {
    Awaitility.await()
        .atMost(java.time.Duration.ofMinutes(1))
        .until(() -> !process.isAlive() || READY.matcher(out()).matches());
    Matcher ready = READY.matcher(out());
    if (!ready.matches()) {
      throw new IllegalStateException("not ready: " + out() + err());
    }
    return new int[] {Integer.parseInt(ready.group(1)), Integer.parseInt(ready.group(2))};
  }

  BigQueryUnderTest connect() {
    int[] ports = ports();
    return BigQueryUnderTest.at("http://127.0.0.1:" + ports[0], "127.0.0.1:" + ports[1]);
  }

  /** The status with which the process ends after this signal. */
  int signal(String name) {
    try {
      new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return status();
  }

  /** The status with which the process ends. */
  int status() {
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("still running: " + out() + err());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  String out() {
    return read(out);
  }

  String err() {
    return read(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
