package io.tributary.bigquery.write;

import io.tributary.bigquery.change.RowChange.Move;
import io.tributary.bigquery.config.CdcOptions.Unavailable;
import io.tributary.bigquery.row.Completion;
import io.tributary.bigquery.row.EncodedRow;
import io.tributary.bigquery.row.KeyLiterals;
import io.tributary.bigquery.row.RowLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
  private final List<DepartureLog.Departure> departing = new ArrayList<>();
  private final Map<StagedRow, EncodedRow> states = new HashMap<>();
  private final Set<ByteBuffer> leaving;
  private final Set<ByteBuffer> coming;
  private boolean learned;

  /**
   * @param open the rows that are not done with
   * @param waiting earlier rows that go again later, on which rows of their keys may depend
   */
  CompletedRows(
      CdcMode mode,
      Cycle cycle,
      CdcMode.Parts parts,
      List<StagedRow> open,
      Collection<StagedRow> waiting) {
    this.mode = mode;
    this.cycle = cycle;
    this.parts = parts;
    this.leaving = links(open, Move.AWAY);
    this.coming = links(open, Move.HERE);
    Map<ByteBuffer, List<StagedRow>> earlierByKey =
        waiting.stream().collect(Collectors.groupingBy(StagedRow::key));
    for (StagedRow row : first(open)) {
      List<StagedRow> earlier = earlierByKey.getOrDefault(row.key(), List.of());
      if (earlier.stream().anyMatch(one -> bars(one, row))) {
        bar(row);
      } else if (!row.dependent()) {
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

  /**
   * What the table has of a key is not what a row builds on while an earlier row of the key waits,
   * and a row that waits to leave its key must still be found there.
   */
  private static boolean bars(StagedRow earlier, StagedRow row) {
    return earlier.position().compareTo(row.position()) < 0
        && (row.dependent() || earlier.move() == Move.AWAY);
  }

  private void bar(StagedRow row) {
    if (row.dependent() && row.op() != StagedRow.Op.DELETE) {
      incomplete.add(row);
    } else if (!row.dependent() || parts.mayWait(row)) {
      held.add(row);
    } else {
      ready.put(row, row);
    }
  }

  /** Rows that wait for each other, which no order of a source's log brings about. */
  private void release() {
    for (StagedRow row : postponed) {
      if (row.move() == Move.AWAY) {
        leave(row);
      } else {
        incomplete.add(row);
      }
    }
  }

  /** Rows of the cycle, and what they are once completed. */
  Map<StagedRow, StagedRow> ready() {
    return ready;
  }

  /** Rows that need nothing and still have to wait for earlier ones of their keys. */
  List<StagedRow> held() {
    return held;
  }

  /** What has to be left to other tasks before the deletes among {@link #ready()} go. */
  List<DepartureLog.Departure> departing() {
    return departing;
  }

  /** Rows that the table has newer ones of. */
  List<StagedRow> outdated() {
    return outdated;
  }

  /** Rows that lack columns which are known nowhere. */
  List<StagedRow> incomplete() {
    return incomplete;
  }

  private static Set<ByteBuffer> links(List<StagedRow> rows, Move move) {
    return rows.stream()
        .filter(row -> row.move() == move && row.link() != null)
        .map(row -> ByteBuffer.wrap(row.link()))
        .collect(Collectors.toSet());
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
   * to be looked up, the delete waits for what arrives in the same cycle, or else until the state
   * is where another task finds it, so that a task that starts anew in between finds it still.
   */
  private void depart(StagedRow row) {
    if (row.link() == null) {
      // Nothing links the halves of the change, so what arrives is whole, and this is a delete.
      if (row.unavailable().isEmpty()) {
        ready.put(row, row);
      } else {
        ask(row);
      }
    } else {
      Optional<EncodedRow> left =
          mode.departures().left(row.link(), mode.waiting().layout(row, cycle));
      if (left.isPresent()) {
        hold(row, left.get());
      } else if (looksUp() && !row.unavailable().isEmpty()) {
        asking.add(row);
      } else {
        departed(row, row.row());
      }
    }
  }

  private void departed(StagedRow row, EncodedRow state) {
    learned = true;
    RowLayout layout = mode.waiting().layout(row, cycle);
    mode.departures().leaves(row.link(), state, layout);
    hold(row, mode.departures().of(row.link(), layout).orElse(state));
  }

  /**
   * @param state what the row left its key with; other flights may drive it out of the memory
   */
  private void hold(StagedRow row, EncodedRow state) {
    states.put(row, state);
    if (!looksUp() || mode.departures().hasArrived(row.link())) {
      ready.put(row, former(row));
    } else if (coming.contains(ByteBuffer.wrap(row.link()))) {
      postponed.add(row);
    } else {
      leave(row);
    }
  }

  /** The row as it left its key, as far as that is known. */
  private StagedRow former(StagedRow row) {
    RowLayout layout = mode.waiting().layout(row, cycle);
    return row.withRow(completion.of(row.row(), states.get(row), layout));
  }

  /** The row's arrival is the affair of another cycle, perhaps of another task. */
  private void leave(StagedRow row) {
    ready.put(row, former(row));
    RowLayout layout = mode.waiting().layout(row, cycle);
    EncodedRow state = states.get(row);
    if (tells(row, state, layout)) {
      departing.add(new DepartureLog.Departure(row, state, layout));
    }
  }

  private static boolean tells(StagedRow row, EncodedRow state, RowLayout layout) {
    int key = KeyLiterals.of(row.row().key(), layout).size();
    return state.unavailable().size() < layout.columns().size() - key;
  }

  private void arrive(StagedRow row) {
    if (taken(row)) {
      return;
    }
    boolean here = row.link() != null && leaving.contains(ByteBuffer.wrap(row.link()));
    if (here && !mode.departures().known(row.link())) {
      postponed.add(row);
    } else {
      ask(row);
    }
  }

  /** Whether the state that the row left its former key with makes it whole. */
  private boolean taken(StagedRow row) {
    RowLayout layout = mode.waiting().layout(row, cycle);
    Optional<EncodedRow> whole =
        Optional.ofNullable(row.link())
            .flatMap(link -> mode.departures().of(link, layout))
            .map(state -> completion.of(row.row(), state, layout))
            .filter(completed -> completed.unavailable().isEmpty());
    whole.ifPresent(completed -> ready.put(row, row.withRow(completed)));
    return whole.isPresent();
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
    byLayout.forEach(
        (layout, rows) -> {
          findDepartures(layout, rows);
          rows.removeIf(row -> row.move() == Move.HERE && taken(row));
          Map<ByteBuffer, Lookup.Found> found = new Lookup(parts, mode.table(), layout).of(rows);
          rows.forEach(row -> take(row, Optional.ofNullable(found.get(row.key()))));
        });
  }

  /** What was deleted before stays as it is; what is not known whole cannot stay. */
  private void delete(StagedRow row, Optional<Lookup.Found> found) {
    if (found.filter(Lookup.Found::deleted).isPresent()) {
      outdated.add(row);
    } else {
      ready.put(row, row);
    }
  }

  /** Asks for what other tasks have left to rows that arrive here. */
  private void findDepartures(RowLayout layout, List<StagedRow> rows) {
    List<StagedRow> arrived =
        rows.stream().filter(row -> row.move() == Move.HERE && row.link() != null).toList();
    if (!arrived.isEmpty()) {
      mode.departureLog()
          .read(arrived, layout)
          .forEach((row, state) -> mode.departures().add(row.link(), state, layout));
    }
  }

  private void take(StagedRow row, Optional<Lookup.Found> found) {
    RowLayout layout = mode.waiting().layout(row, cycle);
    if (row.move() == Move.AWAY && row.link() != null) {
      departed(
          row,
          found
              .filter(there -> there.before(row))
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
            .filter(there -> there.before(row))
            .filter(there -> row.move() != Move.HERE || there.reaches(row))
            .map(there -> completion.of(row.row(), there.state(), layout))
            .filter(completed -> completed.unavailable().isEmpty());
    if (whole.isPresent()) {
      ready.put(row, row.withRow(whole.get()));
    } else if (row.op() == StagedRow.Op.DELETE) {
      delete(row, found);
    } else {
      incomplete.add(row);
    }
  }
}
