package io.tributary.bigquery.write;

import com.google.protobuf.ByteString;
import io.tributary.bigquery.change.RowChange.Move;
import io.tributary.bigquery.change.SourcePosition;
import io.tributary.bigquery.config.CdcOptions.Unavailable;
import io.tributary.bigquery.config.WriteSettings;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.row.RowLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The way of one cycle: its rows are completed where they lack columns, streamed, and settled when
 * they are acknowledged. Rows of one key go one after the other where one depends on another; all
 * others go together, because BigQuery orders them by their positions.
 */
final class CdcFlight {
  private final CdcMode mode;
  private final Cycle cycle;
  private final CdcMode.Parts parts;
  private final Map<StagedRow, SinkException> rejected = new LinkedHashMap<>();
  private final Map<StagedRow, RowLayout> again = new HashMap<>();
  private final Set<Half> done = new HashSet<>();
  private final List<StagedRow> replaced = new ArrayList<>();
  private final Map<ByteBuffer, SourcePosition> written = new HashMap<>();
  private final Map<ByteBuffer, List<StagedRow>> byKey;

  CdcFlight(CdcMode mode, Cycle cycle, CdcMode.Parts parts) {
    this.mode = mode;
    this.cycle = cycle;
    this.parts = parts;
    this.byKey = cycle.rows().stream().collect(Collectors.groupingBy(StagedRow::key));
  }

  /**
   * What is asked of one key by one record, which may ask something of two. A record that was read
   * once more has another handle.
   */
  private record Half(Handle record, ByteBuffer key) {
    static Half of(StagedRow row) {
      return new Half(row.handle(), row.key());
    }
  }

  Landing fly() throws InterruptedException {
    parts.snapshots().save();
    Cycle sending = cycle;
    for (List<StagedRow> open = open(sending); !open.isEmpty(); open = open(sending)) {
      CompletedRows completed = new CompletedRows(mode, cycle, parts, open, waiting());
      completed.outdated().forEach(this::end);
      completed.held().forEach(this::wait);
      completed.incomplete().forEach(this::leave);
      mode.departureLog().write(completed.departing());
      Map<StagedRow, String> refused = send(completed.ready());
      for (StagedRow row : sending.asOffered(refused.keySet())) {
        reject(
            row, new SinkException(ErrorCode.ROW_REJECTED, mode.table() + ": " + refused.get(row)));
      }
      if (!refused.isEmpty()) {
        sending = sending.without(refused.keySet());
      }
    }
    replaced.stream().filter(row -> !outdone(row)).forEach(this::wait);
    parts.counters().add(Counters.What.CYCLES_APPLIED, 1);
    mode.waiting().landed(cycle, again);
    return cycle.landing(List.copyOf(again.keySet()), rejected);
  }

  private List<StagedRow> open(Cycle sending) {
    return sending.rows().stream().filter(row -> !done.contains(Half.of(row))).toList();
  }

  private List<StagedRow> waiting() {
    List<StagedRow> rows = mode.waiting().beyond(cycle);
    rows.addAll(again.keySet());
    return rows;
  }

  /** The row is done with, and so is its way to a new key. */
  private void end(StagedRow row) {
    done.add(Half.of(row));
    if (row.move() == Move.HERE && row.link() != null) {
      mode.departures().arrived(row.link());
    }
  }

  private void wait(StagedRow row) {
    done.add(Half.of(row));
    again.put(row, mode.waiting().layout(row, cycle));
    parts.counters().add(Counters.What.ROWS_WAITING_AGAIN, 1);
  }

  /** Decides on a row that nobody can complete now. */
  private void leave(StagedRow row) {
    Unavailable policy = mode.options().unavailable();
    boolean mayWait = policy == Unavailable.LOOKUP && parts.mayWait(row);
    // Where a row only comes by, to go to a further key or to be kept, what it came with is needed.
    boolean passing = mayWait && row.move() == Move.HERE && awaited(row);
    if (mode.waiting().superseded(row)) {
      end(row);
      return;
    }
    if (superseded(row, passing)) {
      end(row);
      replaced.add(row);
      return;
    }
    if (mayWait) {
      wait(row);
      return;
    }
    SinkException reason =
        new SinkException(
            ErrorCode.ROW_INCOMPLETE,
            "Record "
                + row.at()
                + " of "
                + mode.table()
                + " lacks columns "
                + row.unavailable()
                + ".");
    boolean stops =
        policy == Unavailable.FAIL
            || (policy == Unavailable.LOOKUP
                && parts.settings().incomplete() == WriteSettings.Incomplete.FAIL);
    if (stops && row.handle().ours()) {
      throw reason;
    }
    reject(row, reason);
  }

  /** Whether a later change of the row's key is in the table; it may wait, or be rejected. */
  private boolean outdone(StagedRow row) {
    SourcePosition newest = written.get(row.key());
    return newest != null && newest.compareTo(row.position()) > 0;
  }

  /** Whether the state may still come that the row left its former key with. */
  private boolean awaited(StagedRow row) {
    return row.link() != null && !mode.departures().known(row.link());
  }

  /**
   * Whether a later change of the row's key says all there is to say.
   *
   * @param passing whether what comes next may need what this row came with
   */
  private boolean superseded(StagedRow row, boolean passing) {
    List<StagedRow> later =
        byKey.getOrDefault(row.key(), List.of()).stream()
            .filter(other -> !rejected.containsKey(other))
            .filter(other -> other.position().compareTo(row.position()) > 0)
            .sorted(Comparator.comparing(StagedRow::position))
            .toList();
    return later.stream()
        .limit(passing ? 1 : later.size())
        .anyMatch(
            other ->
                other.unavailable().isEmpty() || (!passing && other.op() == StagedRow.Op.DELETE));
  }

  private void reject(StagedRow row, SinkException reason) {
    done.add(Half.of(row));
    rejected.put(row, reason);
  }

  private void wrote(StagedRow row) {
    end(row);
    mode.waiting().wrote(row);
    written.merge(
        row.key(), row.position(), (one, other) -> one.compareTo(other) < 0 ? other : one);
  }

  /**
   * Streams rows, those of each layout together.
   *
   * @param rows rows of the cycle, and what they are once completed
   * @return those that BigQuery rejected, and why
   */
  private Map<StagedRow, String> send(Map<StagedRow, StagedRow> rows) throws InterruptedException {
    Map<RowLayout, List<StagedRow>> byLayout = new HashMap<>();
    rows.keySet()
        .forEach(
            row ->
                byLayout
                    .computeIfAbsent(mode.waiting().layout(row, cycle), layout -> new ArrayList<>())
                    .add(row));
    Map<StagedRow, String> refused = new LinkedHashMap<>();
    for (Map.Entry<RowLayout, List<StagedRow>> group : byLayout.entrySet()) {
      List<StagedRow> same = group.getValue();
      List<ByteString> encoded =
          same.stream().map(row -> ChangeBytes.of(mode.streamed(rows.get(row)))).toList();
      Map<Integer, String> bad = new RowSender(parts, mode.table(), group.getKey(), encoded).send();
      bad.forEach((index, reason) -> refused.put(same.get(index), reason));
      same.stream().filter(row -> !refused.containsKey(row)).forEach(this::wrote);
      parts.counters().add(Counters.What.ROWS_STREAMED, same.size() - bad.size());
    }
    return refused;
  }
}
