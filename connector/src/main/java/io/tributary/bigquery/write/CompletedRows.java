package io.tributary.bigquery.write;

import io.tributary.bigquery.change.RowChange.Move;
import io.tributary.bigquery.config.CdcOptions.Unavailable;
import io.tributary.bigquery.row.Completion;
import io.tributary.bigquery.row.EncodedRow;
import io.tributary.bigquery.row.RowLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Of rows that are to be streamed, those that can go now, completed: by the state that a row left
 * its former key with, or by what the table has. Of rows of one key that depend on each other only
 * the first one goes; the others are for another time.
 */
final class CompletedRows {
  private final CdcMode mode;
  private final Cycle cycle;
  private final CdcMode.Parts parts;
  private final Completion completion = new Completion();
  private final Map<StagedRow, StagedRow> ready = new LinkedHashMap<>();
  private final List<StagedRow> asking = new ArrayList<>();
  private final List<StagedRow> incomplete = new ArrayList<>();
  private final List<StagedRow> outdated = new ArrayList<>();
  private final List<StagedRow> held = new ArrayList<>();
  private final List<StagedRow> postponed = new ArrayList<>();
  private final List<StagedRow> open;
  private boolean learned;

  CompletedRows(CdcMode mode, Cycle cycle, CdcMode.Parts parts, List<StagedRow> open) {
    this.mode = mode;
    this.cycle = cycle;
    this.parts = parts;
    this.open = open;
    for (StagedRow row : first(open)) {
      if (!row.dependent()) {
        ready.put(row, row);
      } else if (row.move() == Move.AWAY) {
        depart(row);
      } else if (row.move() == Move.HERE) {
        arrive(row);
      } else {
        ask(row);
      }
    }
    look();
    boolean moved = learned || !(ready.isEmpty() && incomplete.isEmpty() && outdated.isEmpty());
    if (!moved && held.isEmpty()) {
      release();
    }
  }

  /** Rows that wait for each other, which no order of a source's log brings about. */
  private void release() {
    for (StagedRow row : postponed) {
      if (row.move() == Move.AWAY) {
        ready.put(row, row);
      } else {
        incomplete.add(row);
      }
    }
  }

  /** Rows of the cycle, and what they are once completed. */
  Map<StagedRow, StagedRow> ready() {
    return ready;
  }

  /** Deletes that wait until their rows have arrived elsewhere. */
  List<StagedRow> held() {
    return held;
  }

  /** Rows that the table has newer ones of. */
  List<StagedRow> outdated() {
    return outdated;
  }

  /** Rows that lack columns which are known nowhere. */
  List<StagedRow> incomplete() {
    return incomplete;
  }

  private static List<StagedRow> first(List<StagedRow> open) {
    Map<ByteBuffer, List<StagedRow>> byKey = new LinkedHashMap<>();
    open.forEach(row -> byKey.computeIfAbsent(row.key(), key -> new ArrayList<>()).add(row));
    List<StagedRow> first = new ArrayList<>();
    for (List<StagedRow> rows : byKey.values()) {
      if (rows.stream().anyMatch(StagedRow::dependent)) {
        first.add(rows.stream().min(Comparator.comparing(StagedRow::position)).orElseThrow());
      } else {
        first.addAll(rows);
      }
    }
    return first;
  }

  /**
   * A row's state goes where the row goes; what stays behind is a delete. While the state may have
   * to be looked up, the delete waits until the row has arrived, so that a task that starts anew in
   * between finds it still.
   */
  private void depart(StagedRow row) {
    if (row.link() == null) {
      ready.put(row, row);
    } else if (mode.departures().known(row.link())) {
      hold(row);
    } else if (looksUp() && !row.unavailable().isEmpty()) {
      asking.add(row);
    } else {
      departed(row, row.row());
    }
  }

  private void departed(StagedRow row, EncodedRow state) {
    learned = true;
    mode.departures().add(row.link(), state, mode.waiting().layout(row, cycle));
    hold(row);
  }

  private void hold(StagedRow row) {
    if (!looksUp() || mode.departures().hasArrived(row.link()) || !parts.mayWait(row)) {
      ready.put(row, row);
    } else if (open.stream().anyMatch(other -> arrives(other, row))) {
      postponed.add(row);
    } else {
      held.add(row);
    }
  }

  private static boolean arrives(StagedRow other, StagedRow row) {
    return other.move() == Move.HERE
        && other.link() != null
        && Arrays.equals(other.link(), row.link());
  }

  private void arrive(StagedRow row) {
    RowLayout layout = mode.waiting().layout(row, cycle);
    Optional<EncodedRow> state =
        Optional.ofNullable(row.link()).flatMap(link -> mode.departures().of(link, layout));
    if (state.isPresent()) {
      EncodedRow whole = completion.of(row.row(), state.get(), layout);
      if (whole.unavailable().isEmpty()) {
        ready.put(row, row.withRow(whole));
        return;
      }
    } else if (open.stream().anyMatch(other -> departs(other, row))) {
      postponed.add(row);
      return;
    }
    ask(row);
  }

  private static boolean departs(StagedRow other, StagedRow row) {
    return other.move() == Move.AWAY
        && other.link() != null
        && Arrays.equals(other.link(), row.link());
  }

  private void ask(StagedRow row) {
    if (looksUp()) {
      asking.add(row);
    } else {
      incomplete.add(row);
    }
  }

  private boolean looksUp() {
    return mode.options().unavailable() == Unavailable.LOOKUP;
  }

  private void look() {
    Map<RowLayout, List<StagedRow>> byLayout = new HashMap<>();
    for (StagedRow row : asking) {
      byLayout
          .computeIfAbsent(mode.waiting().layout(row, cycle), layout -> new ArrayList<>())
          .add(row);
    }
    Map<ByteBuffer, Lookup.Found> found = new HashMap<>();
    byLayout.forEach(
        (layout, rows) -> found.putAll(new Lookup(parts, mode.table(), layout).of(rows)));
    asking.forEach(row -> take(row, Optional.ofNullable(found.get(row.key()))));
  }

  private void take(StagedRow row, Optional<Lookup.Found> found) {
    RowLayout layout = mode.waiting().layout(row, cycle);
    if (row.move() == Move.AWAY) {
      departed(
          row,
          found
              .filter(there -> !there.beyond(row))
              .map(there -> completion.of(row.row(), there.state(), layout))
              .orElse(row.row()));
      return;
    }
    if (found.filter(there -> there.beyond(row)).isPresent()) {
      outdated.add(row);
      return;
    }
    // What another row left on the key that this one came to is none of its own.
    Optional<EncodedRow> whole =
        found
            .filter(there -> row.move() != Move.HERE || there.reaches(row))
            .map(there -> completion.of(row.row(), there.state(), layout))
            .filter(completed -> completed.unavailable().isEmpty());
    if (whole.isPresent()) {
      ready.put(row, row.withRow(whole.get()));
    } else {
      incomplete.add(row);
    }
  }
}
