package io.tributary.tools;

import io.tributary.emulator.EmulatorCommand;
import io.tributary.tools.bench.BenchCommand;
import io.tributary.tools.demo.DemoCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code tributary} command. */
@Command(
    name = "tributary",
    mixinStandardHelpOptions = true,
    description = "Keeps BigQuery tables equal to the tables of an operational database.",
    subcommands = {DemoCommand.class, EmulatorCommand.class, BenchCommand.class})
public final class Tributary {
  private Tributary() {}

  /** Ends the JVM with the command's status: 0 success, 1 failure, 2 wrong usage. */
  public static void main(String[] arguments) {
    CommandLine tributary = new CommandLine(new Tributary());
    String version = "tributary " + Tributary.class.getPackage().getImplementationVersion();
    tributary.getCommandSpec().version(version);
    tributary.getSubcommands().values().forEach(sub -> sub.getCommandSpec().version(version));
    System.exit(
        tributary
            .setParameterExceptionHandler(EmulatorCommand::wrongUsage)
            .setExecutionExceptionHandler((failure, command, result) -> report(failure, command))
            .execute(arguments));
  }

  private static int report(Exception failure, CommandLine command) {
    PrintWriter err = command.getErr();
    if (failure instanceof NullPointerException || failure instanceof ClassCastException) {
      // a mistake of ours: only the place tells anything
      failure.printStackTrace(err);
      return command.getCommandSpec().exitCodeOnExecutionException();
    }
    err.println("tributary: " + failure.getMessage());
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      err.println("  because: " + cause);
    }
    return command.getCommandSpec().exitCodeOnExecutionException();
  }
}
