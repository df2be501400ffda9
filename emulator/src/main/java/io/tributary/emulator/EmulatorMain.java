package io.tributary.emulator;

import picocli.CommandLine;

/** Runs the emulator in a process of its own. */
public final class EmulatorMain {
  private EmulatorMain() {}

  /** Ends the JVM with 1 if the emulator does not start, and with 2 for wrong arguments. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new EmulatorCommand())
            .setCommandName("bigquery-emulator")
            .setParameterExceptionHandler(EmulatorCommand::wrongUsage)
            .execute(args));
  }
}
