package io.tributary.tools.bench;

import io.tributary.emulator.write.AppendedRows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tributary bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description =
        "Measures how many rows of ten columns the emulator takes in a second from one writer on"
            + " this machine, once keeping and once discarding them.")
public final class BenchCommand implements Callable<Integer> {
  /** Google's libraries log each connection. */
  private static final Logger NOISE = Logger.getLogger("com.google");

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Rows of one run (default: ${DEFAULT-VALUE}).")
  private int rows;

  @Option(
      names = "--rows-per-request",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Rows of one AppendRows request (default: ${DEFAULT-VALUE}).")
  private int rowsPerRequest;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "5",
      description = "Runs of each kind, after one to warm up (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (rows < rowsPerRequest || rowsPerRequest < 1 || runs < 1) {
      throw new ParameterException(
          spec.commandLine(), "--runs must be positive, and --rows at least --rows-per-request.");
    }
    NOISE.setLevel(Level.OFF);
    BenchRows data = BenchRows.make(rowsPerRequest);
    System.out.printf(
        "%d rows a run, %d a request, %d bytes a row%n", rows, rowsPerRequest, data.rowBytes());
    Map<AppendedRows, List<Long>> speeds = new EnumMap<>(AppendedRows.class);
    for (int run = 0; run <= runs; run++) {
      for (AppendedRows kind : AppendedRows.values()) {
        long speed = new BenchRun(kind, data).rowsPerSecond(rows);
        System.out.printf(
            "%-7s %s %,d rows/s%n", run == 0 ? "warm-up" : "run " + run, name(kind), speed);
        if (run > 0) {
          speeds.computeIfAbsent(kind, any -> new ArrayList<>()).add(speed);
        }
      }
    }
    speeds.forEach(BenchCommand::summary);
    return 0;
  }

  private static void summary(AppendedRows kind, List<Long> speeds) {
    Collections.sort(speeds);
    System.out.printf(
        "%s best %,d median %,d rows/s%n",
        name(kind), speeds.get(speeds.size() - 1), speeds.get(speeds.size() / 2));
  }

  private static String name(AppendedRows kind) {
    return kind == AppendedRows.KEPT ? "kept     " : "discarded";
  }
}
