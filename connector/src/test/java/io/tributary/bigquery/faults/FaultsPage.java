package io.tributary.bigquery.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code docs/faults.md}, which a run of the whole matrix writes. */
final class FaultsPage {
  private static final Path PAGE = Path.of("..", "docs", "faults.md");

  private static final String HEAD =
      """
      <!-- Written by FaultMatrixTest with -Dtributary.docs.write=true; do not edit. -->

      # Faults

      What a task and BigQuery were put through, and what the verifier found. Each row runs in `./mvnw verify`, before the
      local BigQuery; a run whose fault did not strike fails. M and A: steps of modes `merge` and `append`; X: what other sinks
      are known to get wrong.

      - `lost`, `stale`, `phantom`: rows or changes that are missing, too old or wrong, or that nobody asked for
      - `dup_appends`: rows that were appended again (in mode `cdc` at least so many); `dup_visible`: rows that a query saw twice
      - `order_violations`: how often a query saw a row go back, or come back as it was
      - `dlq`: records that belong in the dead letter queue, and records that are there
      - `offset_ahead`: commits of Kafka offsets whose changes a query did not show yet
      - `injected`: how often faults struck; `recovered_ms`: from the first fault to the end of the run

      | n | fault | mode | figures |
      |---|---|---|---|
      """;

  private FaultsPage() {}

  static boolean writing() {
    return Boolean.getBoolean("tributary.docs.write");
  }

  static String line(Case fault, Mode mode, Figures figures) {
    return head(fault, mode) + figures.text() + " |";
  }

  /** What stands behind the rows of tasks is written by others. */
  static void write(List<String> lines) throws IOException {
    String before = Files.exists(PAGE) ? Files.readString(PAGE) : "";
    int rest = before.indexOf("\n## ");
    Files.writeString(
        PAGE, HEAD + String.join("\n", lines) + "\n" + (rest < 0 ? "" : before.substring(rest)));
  }

  private static String head(Case fault, Mode mode) {
    return "| %s | %s | %s | ".formatted(fault.number(), fault.name(), mode.spelling());
  }
}
