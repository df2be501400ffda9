package io.tributary.tools;

import io.tributary.tools.demo.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code tributary} command. */
@Command(
    name = "tributary",
    mixinStandardHelpOptions = true,
    description = "Keeps BigQuery tables equal to the tables of an operational database.",
    subcommands = DemoCommand.class)
public final class Tributary {
  private Tributary() {}

  /** Ends the JVM with the command's status: 0 success, 1 failure, 2 wrong usage. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Tributary()).execute(arguments));
  }
}
