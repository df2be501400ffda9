package io.tributary.systemtests.faults;

import io.tributary.bigquery.faults.Figures;
import io.tributary.bigquery.faults.Mode;
import io.tributary.tools.local.TributaryHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rows of processes in {@code docs/faults.md}; each run writes its own. */
final class ProcessesPage {
  private static final String HEADING = "\n## Processes\n";

  private static final String HEAD =
      """

      A broker, workers and the local BigQuery as processes of their own, under load in all modes at once. Rows are written by
      `./mvnw verify -Pfaults -Dtributary.docs.write=true`; how often is said by `-Dkills=N`, `-Dzombies=N` and `-Doperations=N`,
      how long by `-Doutage=SECONDS`, `-Drows=N`, `-Dquota=SECONDS` and `-Dlag=SECONDS`.
      `injected` counts strikes and what they broke: connections, calls, appends of workers that woke up. `dup_appends` may
      count rows whose stream was never committed. `recovered_ms` is the longest time from a fault until everything that was
      written before was committed; the machine was busy with other work.

      | n | fault | mode | figures |
      |---|---|---|---|
      """;

  private ProcessesPage() {}

  /** Puts a row in the place of the former one of this number and mode. */
  static void add(String number, String fault, Mode mode, Figures figures) {
    if (!Boolean.getBoolean("tributary.docs.write")) {
      return;
    }
    Path page = TributaryHome.locate().root().resolve("docs").resolve("faults.md");
    try {
      String text = Files.readString(page);
      int start = text.indexOf(HEADING);
      String tasks = start < 0 ? text : text.substring(0, start);
      List<String> rows = new ArrayList<>();
      if (start >= 0) {
        Arrays.stream(text.substring(start).split("\n"))
            .filter(line -> line.startsWith("| ") && !line.startsWith("| n |"))
            .forEach(rows::add);
      }
      rows.removeIf(
          row ->
              row.startsWith("| " + number + " |") && row.contains("| " + mode.spelling() + " |"));
      rows.add("| %s | %s | %s | %s |".formatted(number, fault, mode.spelling(), figures.text()));
      Files.writeString(page, tasks + HEADING + HEAD + String.join("\n", rows) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
