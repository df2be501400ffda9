package io.tributary.systemtests.faults;

import io.tributary.tools.local.LocalFolder;
import io.tributary.tools.local.LocalProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of this class path in a JVM of its own, which can be started again. */
final class JavaProcess implements AutoCloseable {
  private final String name;
  private final LocalFolder folder;
  private final List<String> command;
  private LocalProcess process;

  /** Starts the program. */
  JavaProcess(String name, LocalFolder folder, String heap, String main, List<String> arguments) {
    this.name = name;
    this.folder = folder;
    command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap);
    command.add("-XX:+UseSerialGC");
    // it is started often, and lives for minutes
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UnlockDiagnosticVMOptions");
    command.add("-XX:-BytecodeVerificationRemote");
    command.add("--add-opens=java.base/java.nio=ALL-UNNAMED");
    command.add("-Djava.io.tmpdir=" + folder.path());
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main);
    command.addAll(arguments);
    start();
  }

  void start() {
    process =
        LocalProcess.start(
            name, folder, command, folder.resolve(name.replace(' ', '-') + ".log"), "TERM");
  }

  void killHard() {
    process.killHard();
  }

  void requireAlive() {
    process.requireAlive();
  }

  @Override
  public void close() {
    process.close();
  }
}
