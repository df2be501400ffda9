package io.tributary.tools.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Keeps what libraries log in this JVM away from the user's screen. */
final class Logs {
  // read when the first SLF4J logger is made, so this class must come before any
  private static final String SLF4J_FILE = "org.slf4j.simpleLogger.logFile";

  private Logs() {}

  /** From now on both kinds of loggers write files into {@code folder}. */
  static void into(Path folder) throws IOException {
    System.setProperty(SLF4J_FILE, folder.resolve("demo.log").toString());
    LogManager.getLogManager().reset();
    Handler file = new FileHandler(folder.resolve("demo-libraries.log").toString());
    file.setFormatter(new SimpleFormatter());
    file.setLevel(Level.WARNING);
    Logger.getLogger("").addHandler(file);
  }
}
