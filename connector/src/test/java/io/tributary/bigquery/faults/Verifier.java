package io.tributary.bigquery.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Judges a run by what it left behind. Pure. */
public final class Verifier {
  private static final long LONGEST_PUT_MILLIS = 10_000;
  private static final Duration LONGEST_RECOVERY = Duration.ofMinutes(1);
  private static final long MOST_HEAP_MEGABYTES = 1_400;

  private final Evidence evidence;
  private final Duration longestRecovery;
  private final Fold fold;
  private final Sample end;
  private final List<String> breaches = new ArrayList<>();

  private Verifier(Evidence evidence, Duration longestRecovery) {
    this.evidence = evidence;
    this.longestRecovery = longestRecovery;
    fold = new Fold(evidence.topics(), evidence.poison());
    end = evidence.samples().get(evidence.samples().size() - 1);
  }

  /** What it finds; it throws nothing. */
  public static Figures judge(Evidence evidence) {
    return judge(evidence, LONGEST_RECOVERY);
  }

  /** The same where recovery may take longer or must not take as long. */
  public static Figures judge(Evidence evidence, Duration longestRecovery) {
    return new Verifier(evidence, longestRecovery).judge();
  }

  private Figures judge() {
    Set<At> dead = new HashSet<>(evidence.deadLetters());
    if (!dead.equals(evidence.poison())) {
      breaches.add("dead letters " + dead + " instead of " + evidence.poison());
    }
    evidence
        .injected()
        .forEach(
            (fault, times) -> {
              if (times == 0) {
                breaches.add(fault + " did not happen");
              }
            });
    long injected = evidence.injected().values().stream().mapToLong(Long::longValue).sum();
    if (injected == 0) {
      breaches.add("injected=0");
    }
    long putMillis = percentile99(evidence.putMillis());
    limit("put_p99_ms", putMillis, LONGEST_PUT_MILLIS);
    limit("recovered_ms", evidence.recoveredMillis(), longestRecovery.toMillis());
    limit("peak_heap_mb", evidence.peakHeapMegabytes(), MOST_HEAP_MEGABYTES);
    return new Figures(
        none("lost", lost()),
        none("stale", stale()),
        none("phantom", phantom()),
        evidence.accepted() - evidence.stored(),
        none("dup_visible", twice()),
        none("order_violations", orderViolations()),
        evidence.poison().size(),
        dead.size(),
        none("offset_ahead", offsetAhead()),
        injected,
        evidence.recoveredMillis(),
        putMillis,
        evidence.peakHeapMegabytes(),
        breaches);
  }

  private long none(String figure, List<?> found) {
    if (!found.isEmpty()) {
      breaches.add(figure + ": " + found.subList(0, Math.min(found.size(), 20)));
    }
    return found.size();
  }

  private void limit(String figure, long value, long most) {
    if (value > most) {
      breaches.add(figure + "=" + value + " is more than " + most);
    }
  }

  private List<Object> lost() {
    List<Object> lost = new ArrayList<>();
    if (!evidence.whole()) {
      return lost;
    }
    Map<Long, List<Row>> rows = byKey(end);
    fold.rows().values().stream().filter(row -> !rows.containsKey(row.id())).forEach(lost::add);
    if (evidence.mode() == Mode.APPEND) {
      Set<At> kept = new HashSet<>(end.kept());
      fold.events().stream().map(Event::at).filter(at -> !kept.contains(at)).forEach(lost::add);
    }
    return lost;
  }

  private List<Row> stale() {
    Map<Long, Row> expected = fold.rows();
    return end.rows().stream()
        .filter(row -> evidence.whole() && expected.containsKey(row.id()))
        .filter(
            row ->
                row.version() < expected.get(row.id()).version()
                    || (row.version() == expected.get(row.id()).version()
                        && !row.equals(expected.get(row.id()))))
        .toList();
  }

  private List<Object> phantom() {
    Map<Long, Row> expected = fold.rows();
    Set<List<Long>> told = new HashSet<>();
    Set<At> places = new HashSet<>();
    for (Event event : fold.events()) {
      places.add(event.at());
      if (event.op() != 'd' && event.op() != 't') {
        told.add(List.of(event.id(), event.place()));
      }
    }
    List<Object> phantom = new ArrayList<>();
    for (Row row : end.rows()) {
      if ((evidence.whole() && !expected.containsKey(row.id()))
          || !told.contains(List.of(row.id(), row.version()))) {
        phantom.add(row);
      }
    }
    end.kept().stream().filter(at -> !places.contains(at)).forEach(phantom::add);
    return phantom;
  }

  private List<Object> twice() {
    List<Object> twice = new ArrayList<>();
    for (Sample sample : evidence.samples()) {
      byKey(sample).values().stream().filter(rows -> rows.size() > 1).forEach(twice::add);
      Set<At> seen = new HashSet<>();
      sample.kept().stream().filter(at -> !seen.add(at)).forEach(twice::add);
    }
    return twice;
  }

  /** A row may vanish, and come back newer than it was; it never goes back. */
  private List<String> orderViolations() {
    List<String> violations = new ArrayList<>();
    Map<Long, Long> newest = new HashMap<>();
    Set<Long> present = new HashSet<>();
    for (Sample sample : evidence.samples()) {
      Map<Long, List<Row>> rows = byKey(sample);
      rows.forEach(
          (id, found) -> {
            long version = found.get(0).version();
            long before = newest.getOrDefault(id, Long.MIN_VALUE);
            if (version < before || (version == before && !present.contains(id))) {
              violations.add("key " + id + ": version " + before + ", then " + version);
            }
            newest.merge(id, version, Math::max);
          });
      present.clear();
      present.addAll(rows.keySet());
    }
    return violations;
  }

  /** Samples whose offsets were committed before their changes could be seen. */
  private List<String> offsetAhead() {
    List<String> ahead = new ArrayList<>();
    Sample before = null;
    for (Sample sample : evidence.samples()) {
      boolean moved = before == null || !before.committed().equals(sample.committed());
      if (moved || sample.equals(end)) {
        List<String> hidden = hidden(sample);
        if (!hidden.isEmpty()) {
          ahead.add("committed " + sample.committed() + " without " + hidden);
        }
      }
      before = sample;
    }
    return ahead;
  }

  /** What is committed and cannot be seen; some of it. */
  private List<String> hidden(Sample sample) {
    Set<At> dead = new HashSet<>(evidence.deadLetters());
    List<String> hidden = new ArrayList<>();
    evidence.poison().stream()
        .filter(at -> sample.covers(at) && !dead.contains(at))
        .forEach(at -> hidden.add("dead letter " + at));
    if (evidence.mode() == Mode.APPEND) {
      Set<At> kept = new HashSet<>(sample.kept());
      fold.events().stream()
          .map(Event::at)
          .filter(at -> sample.covers(at) && !kept.contains(at))
          .forEach(at -> hidden.add("change " + at));
    } else {
      Map<Long, List<Row>> rows = byKey(sample);
      fold.last(sample::covers)
          .forEach(
              (id, last) -> {
                if (!atLeast(id, last, rows.get(id))) {
                  hidden.add(last + ", but " + rows.get(id));
                }
              });
    }
    return hidden.subList(0, Math.min(hidden.size(), 5));
  }

  private boolean atLeast(long id, Event last, List<Row> rows) {
    if (rows == null) {
      return last.removes(id) || fold.removedBehind(id, last.place());
    }
    long version = rows.get(0).version();
    return last.removes(id) ? version > last.place() : version >= last.place();
  }

  private static Map<Long, List<Row>> byKey(Sample sample) {
    Map<Long, List<Row>> rows = new TreeMap<>();
    sample.rows().forEach(row -> rows.computeIfAbsent(row.id(), id -> new ArrayList<>()).add(row));
    return rows;
  }

  private static long percentile99(List<Long> values) {
    List<Long> sorted = values.stream().sorted().toList();
    return sorted.isEmpty() ? 0 : sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1);
  }
}
