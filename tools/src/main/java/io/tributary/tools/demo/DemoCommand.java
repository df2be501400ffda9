package io.tributary.tools.demo;

import io.tributary.tools.local.ClosingStack;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tributary demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Runs the whole pipeline on this machine, from PostgreSQL to a BigQuery emulator, writes to"
            + " it, and proves that both sides are equal in the end.")
public final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "20000",
      description = "Rows of the snapshot in all (default: ${DEFAULT-VALUE}).")
  private long rows;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "30",
      description = "Length of the live workload (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--kill-worker",
      paramLabel = "N",
      defaultValue = "0",
      description = "Kill the Connect worker N times during the workload and start it again.")
  private int kills;

  @Option(
      names = "--exit",
      description =
          "Stop everything after verifying; the status is 0 only if there is no difference and no"
              + " dead letter.")
  private boolean exit;

  @Option(
      names = "--logs",
      paramLabel = "FOLDER",
      description = "Copy the logs there before everything is removed.")
  private Path logs;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (rows < 1 || seconds < 0 || kills < 0) {
      throw new ParameterException(
          spec.commandLine(), "--rows must be positive, --seconds and --kill-worker not negative.");
    }
    ClosingStack parts = new ClosingStack();
    AtomicBoolean stopped = new AtomicBoolean();
    Thread hook = new Thread(() -> stop(parts, stopped), "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return new Demo(new DemoOptions(rows, seconds, kills, exit, logs), Terminal.detect())
          .run(parts);
    } finally {
      // after Ctrl-C the hook is at it already, and this waits for it
      parts.close();
      stopped.set(true);
    }
  }

  private static void stop(ClosingStack parts, AtomicBoolean stopped) {
    if (!stopped.get()) {
      System.err.println("Stopping everything; this takes some seconds.");
    }
    parts.close();
  }
}
