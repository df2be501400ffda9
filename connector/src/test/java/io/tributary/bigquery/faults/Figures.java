package io.tributary.bigquery.faults;

import java.util.List;

/**
 * What the verifier found.
 *
 * @param lost rows or changes that the table had to show and did not
 * @param stale rows that are older than they should be, or hold another value
 * @param phantom rows or changes that nobody asked for
 * @param dupAppends rows that were appended again; they need not be visible
 * @param dupVisible rows or changes that are there more than once
 * @param orderViolations how often a query saw a row go back or come back
 * @param offsetAhead commits of offsets whose changes could not be seen
 * @param breaches what is wrong, in words; empty when the run holds what was promised
 */
record Figures(
    long lost,
    long stale,
    long phantom,
    long dupAppends,
    long dupVisible,
    long orderViolations,
    long deadExpected,
    long deadActual,
    long offsetAhead,
    long injected,
    long recoveredMillis,
    long putMillis,
    long peakHeapMegabytes,
    List<String> breaches) {

  /** One line, for people and for {@code grep}. */
  String line(String row, Mode mode) {
    return "| %s | %s | %s |".formatted(row, mode.spelling(), text());
  }

  String text() {
    return ("lost=%d stale=%d phantom=%d dup_appends=%d dup_visible=%d order_violations=%d"
            + " dlq=%d/%d offset_ahead=%d injected=%d recovered_ms=%d put_p99_ms=%d"
            + " peak_heap_mb=%d")
        .formatted(
            lost,
            stale,
            phantom,
            dupAppends,
            dupVisible,
            orderViolations,
            deadExpected,
            deadActual,
            offsetAhead,
            injected,
            recoveredMillis,
            putMillis,
            peakHeapMegabytes);
  }
}
