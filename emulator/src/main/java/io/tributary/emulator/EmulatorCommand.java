package io.tributary.emulator;

import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.limits.Quotas;
import io.tributary.emulator.write.AppendedRows;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the emulator until a signal ends the process. */
@Command(
    name = "emulator",
    description = "Runs a BigQuery on this machine, on loopback ports, until a signal ends it.",
    mixinStandardHelpOptions = true)
public final class EmulatorCommand implements Callable<Integer> {
  private static final int HIGHEST_PORT = 65_535;

  /** The analyzer's library says that it misses what it does not need. */
  private static final Logger NOISE =
      Logger.getLogger("com.google.zetasql.io.grpc.NameResolverRegistry");

  @Option(
      names = "--rest-port",
      paramLabel = "PORT",
      description = "Port of the REST API, 0 for a free one (default: ${DEFAULT-VALUE}).",
      defaultValue = "9050")
  private int restPort;

  @Option(
      names = "--grpc-port",
      paramLabel = "PORT",
      description = "Port of the Storage Write API, 0 for a free one (default: ${DEFAULT-VALUE}).",
      defaultValue = "9060")
  private int grpcPort;

  @Option(
      names = "--project",
      description = "The project clients see (default: ${DEFAULT-VALUE}).",
      defaultValue = "local")
  private String project;

  @Option(
      names = "--location",
      description = "Location of new datasets (default: ${DEFAULT-VALUE}).",
      defaultValue = "US")
  private String location;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "File that keeps the tables (default: they are gone with the process).")
  private Path data;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description =
          "Memory of the database before it turns to the disk (default: ${DEFAULT-VALUE}).",
      defaultValue = "2GB")
  private String memory;

  @Option(
      names = "--discard",
      description =
          "Check and count the rows that are appended, but keep none (default: keep them).")
  private boolean discard;

  @Option(
      names = "--quotas",
      description = "Refuse what exceeds the published quotas (default: grant everything).")
  private boolean quotas;

  @Spec private CommandSpec spec;

  /** Says in one line what is wrong with the arguments; the status is 2. */
  public static int wrongUsage(ParameterException wrong, String... arguments) {
    CommandLine command = wrong.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command
        .getErr()
        .printf("%s: %s (%s --help tells more)%n", name, oneLine(wrong.getMessage()), name);
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  @Override
  public Integer call() throws InterruptedException {
    NOISE.setLevel(Level.OFF);
    checkPorts();
    BigQueryEmulator emulator;
    try {
      emulator = BigQueryEmulator.start(options());
    } catch (BigQueryError | UncheckedIOException e) {
      spec.commandLine().getErr().println(spec.qualifiedName() + ": " + oneLine(e.getMessage()));
      return spec.exitCodeOnExecutionException();
    }
    Runtime.getRuntime().addShutdownHook(new Thread(emulator::close, "emulator-stop"));
    System.out.printf("ready rest=%d grpc=%d%n", emulator.restPort(), emulator.grpcPort());
    System.out.flush();
    // ended by the signal that runs the hook
    new CountDownLatch(1).await();
    return 0;
  }

  private void checkPorts() {
    for (int port : new int[] {restPort, grpcPort}) {
      if (port < 0 || port > HIGHEST_PORT) {
        throw new ParameterException(spec.commandLine(), "A port cannot be " + port + ".");
      }
    }
    if (restPort != 0 && restPort == grpcPort) {
      throw new ParameterException(
          spec.commandLine(), "--rest-port and --grpc-port cannot both be " + restPort + ".");
    }
  }

  private EmulatorOptions options() {
    return EmulatorOptions.builder()
        .project(project)
        .location(location)
        .restPort(restPort)
        .grpcPort(grpcPort)
        .dataFile(data)
        .memory(memory)
        .appendedRows(discard ? AppendedRows.COUNTED : AppendedRows.KEPT)
        .quotas(quotas ? Quotas.SERVICE : Quotas.UNLIMITED)
        .build();
  }

  private static String oneLine(String message) {
    return String.join(" ", String.valueOf(message).strip().split("\\s*\\R\\s*", -1));
  }
}
