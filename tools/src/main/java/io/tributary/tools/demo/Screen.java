package io.tributary.tools.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Standard output: sentences, and under them a table that is redrawn in place on a terminal and is
 * a single line elsewhere. Thread-safe.
 */
final class Screen {
  private static final String UP = "\033[%dA";
  private static final String CLEAR_DOWN = "\033[J";

  private final PrintStream out;
  private final boolean terminal;
  private int drawn;

  Screen(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Prints a line that stays. */
  synchronized void say(String line) {
    wipe();
    out.println(line);
    out.flush();
  }

  /** Shows how far the tables have come. */
  synchronized void show(String title, List<Gauge.Reading> readings) {
    wipe();
    if (!terminal) {
      out.println(title + "  " + inOneLine(readings));
    } else {
      List<String> lines = table(title, readings);
      lines.forEach(out::println);
      drawn = lines.size();
    }
    out.flush();
  }

  /** Leaves the table as it stands. */
  synchronized void keep() {
    drawn = 0;
  }

  private void wipe() {
    if (drawn > 0) {
      out.printf(UP + CLEAR_DOWN, drawn);
      drawn = 0;
    }
  }

  private static String inOneLine(List<Gauge.Reading> readings) {
    return readings.stream()
        .map(
            reading ->
                reading.table().tableName()
                    + " "
                    + reading.source()
                    + "/"
                    + reading.target()
                    + (reading.waiting() == 0 ? "" : " lag " + reading.waiting()))
        .collect(Collectors.joining(", "));
  }

  private static List<String> table(String title, List<Gauge.Reading> readings) {
    List<String> lines = new ArrayList<>();
    lines.add(String.format("%-14s %12s %12s %10s", title, "PostgreSQL", "BigQuery", "lag"));
    for (Gauge.Reading reading : readings) {
      lines.add(
          String.format(
              "%-14s %,12d %,12d %,10d",
              reading.table().tableName(), reading.source(), reading.target(), reading.waiting()));
    }
    return lines;
  }
}
