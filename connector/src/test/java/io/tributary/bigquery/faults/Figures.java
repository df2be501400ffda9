package io.tributary.bigquery.faults;

import java.util.ArrayList;
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
public record Figures(
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

  /** Both runs together: sums, and of times and memory the most. */
  public Figures plus(Figures other) {
    List<String> both = new ArrayList<>(breaches);
    both.addAll(other.breaches);
    return new Figures(
        lost + other.lost,
        stale + other.stale,
        phantom + other.phantom,
        dupAppends + other.dupAppends,
        dupVisible + other.dupVisible,
        orderViolations + other.orderViolations,
        deadExpected + other.deadExpected,
        deadActual + other.deadActual,
        offsetAhead + other.offsetAhead,
        injected + other.injected,
        Math.max(recoveredMillis, other.recoveredMillis),
        Math.max(putMillis, other.putMillis),
        Math.max(peakHeapMegabytes, other.peakHeapMegabytes),
        both);
  }

  /** One line, for people and for {@code grep}. */
  public String line(String row, Mode mode) {
    return "| %s | %s | %s |".formatted(row, mode.spelling(), text());
  }

  /** All but the row and its mode. */
  public String text() {
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
