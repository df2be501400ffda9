package io.tributary.emulator;

import io.tributary.emulator.limits.Quotas;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the emulator in a process of its own until a signal ends it. */
@Command(
    name = "bigquery-emulator",
    description = "A BigQuery on this machine, on loopback ports.",
    mixinStandardHelpOptions = true)
public final class EmulatorMain implements Callable<Integer> {
  @Option(
      names = "--rest-port",
      description = "port of the REST API, 0 for a free one (default: ${DEFAULT-VALUE})",
      defaultValue = "9050")
  private int restPort;

  @Option(
      names = "--grpc-port",
      description = "port of the Storage Write API, 0 for a free one (default: ${DEFAULT-VALUE})",
      defaultValue = "9060")
  private int grpcPort;

  @Option(
      names = "--project",
      description = "the project clients see (default: ${DEFAULT-VALUE})",
      defaultValue = "local")
  private String project;

  @Option(
      names = "--location",
      description = "location of new datasets (default: ${DEFAULT-VALUE})",
      defaultValue = "US")
  private String location;

  @Option(
      names = "--quotas",
      description = "refuse what exceeds the published quotas (default: grant everything)")
  private boolean quotas;

  @Option(names = "--data", description = "file that keeps the tables (default: memory)")
  private Path data;

  /** Starts the command. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new EmulatorMain()).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    EmulatorOptions options =
        EmulatorOptions.builder()
            .project(project)
            .location(location)
            .restPort(restPort)
            .grpcPort(grpcPort)
            .dataFile(data)
            .quotas(quotas ? Quotas.SERVICE : Quotas.UNLIMITED)
            .build();
    BigQueryEmulator emulator = BigQueryEmulator.start(options);
    Runtime.getRuntime().addShutdownHook(new Thread(emulator::close, "emulator-stop"));
    System.out.printf("ready rest=%d grpc=%d%n", emulator.restPort(), emulator.grpcPort());
    System.out.flush();
    // ended by the signal that runs the hook
    new CountDownLatch(1).await();
    return 0;
  }
}
