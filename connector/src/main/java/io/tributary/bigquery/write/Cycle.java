package io.tributary.bigquery.write;

import io.tributary.bigquery.change.RowChange.Move;
import io.tributary.bigquery.config.Deletes;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.offset.RecordPosition;
import io.tributary.bigquery.row.EncodedRow;
import io.tributary.bigquery.row.RowCodec;
import io.tributary.bigquery.row.RowLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * What one task writes to one table between two flushes. In a compacted one a later change of a key
 * takes the place of an earlier one and inherits from it the columns that the source did not send.
 * The departure of a row to another key is kept beside what follows on its old key. Owned by the
 * task's thread until it is sealed.
 */
final class Cycle {
  private final RowLayout layout;
  private final RowCodec codec;
  private final long openedAtMillis;
  private final Map<ByteBuffer, StagedRow> newest = new HashMap<>();
  private final List<StagedRow> others = new ArrayList<>();
  private final List<StagedRow> offered = new ArrayList<>();
  private final List<StagedRow> offeredAgain = new ArrayList<>();
  private final Deletes deletes;
  private final Predicate<ByteBuffer> apart;
  private long bytes;
  private long held;
  private long waiting;

  private Cycle(
      RowLayout layout,
      RowCodec codec,
      long nowMillis,
      Deletes deletes,
      Predicate<ByteBuffer> apart) {
    this.layout = layout;
    this.codec = codec;
    this.openedAtMillis = nowMillis;
    this.deletes = deletes;
    this.apart = apart;
  }

  /** Of each key the newest change stands for those before it. */
  static Cycle compacted(RowLayout layout, RowCodec codec, long nowMillis) {
    return compacted(layout, codec, nowMillis, Deletes.HARD);
  }

  /** The same, where a delete may need beside it what it deletes. */
  static Cycle compacted(RowLayout layout, RowCodec codec, long nowMillis, Deletes deletes) {
    return new Cycle(layout, codec, nowMillis, deletes, key -> false);
  }

  /** Every change stays as it came, in the order in which it came. */
  static Cycle plain(RowLayout layout, RowCodec codec, long nowMillis) {
    return new Cycle(layout, codec, nowMillis, Deletes.HARD, key -> true);
  }

  /** Takes a change in the order in which its partition delivered it. */
  void add(StagedRow row) {
    offered.add(row);
    bytes += row.bytes();
    held += row.held();
    ByteBuffer key = row.key();
    if (key == null || apart.test(key)) {
      others.add(row);
      return;
    }
    StagedRow earlier = newest.get(key);
    if (earlier == null) {
      newest.put(key, row);
    } else if (earlier.position().compareTo(row.position()) > 0) {
      others.add(row);
    } else {
      newest.put(key, follow(earlier, row));
    }
  }

  /**
   * Takes a row that an earlier cycle could not complete; it goes in beside what has arrived since.
   */
  void addAgain(StagedRow row) {
    offeredAgain.add(row);
    bytes += row.bytes();
    held += row.held();
    waiting += row.bytes() + row.held();
    others.add(row);
  }

  /**
   * The cycle without rows that BigQuery rejected. What they had taken the place of comes back, and
   * what their keys were offered is no longer made one, so that a bad value is found in the very
   * record that brought it.
   *
   * @param rejected some of {@link #rows()}; those that were offered as they are are left out
   */
  Cycle without(Set<StagedRow> rejected) {
    Set<ByteBuffer> keys = new HashSet<>();
    rejected.forEach(row -> keys.add(row.key()));
    Cycle rest = new Cycle(layout, codec, openedAtMillis, deletes, apart.or(keys::contains));
    offered.stream().filter(row -> !rejected.contains(row)).forEach(rest::add);
    offeredAgain.stream().filter(row -> !rejected.contains(row)).forEach(rest::addAgain);
    return rest;
  }

  /** Of these, the rows that have taken nothing over from others here. */
  Set<StagedRow> asOffered(Set<StagedRow> rows) {
    Set<StagedRow> found = new HashSet<>();
    offered.stream().filter(rows::contains).forEach(found::add);
    offeredAgain.stream().filter(rows::contains).forEach(found::add);
    return found;
  }

  /** The row that stands for both; an earlier one that others may depend on is kept as well. */
  private StagedRow follow(StagedRow earlier, StagedRow later) {
    boolean again =
        earlier.op() == StagedRow.Op.DELETE
            && later.op() == StagedRow.Op.DELETE
            && later.position().repeats(earlier.position());
    if (again) {
      // The first one knows what it deletes.
      return later.inheriting(earlier, earlier.row());
    }
    boolean departure = earlier.move() == Move.AWAY;
    boolean arrival = earlier.move() == Move.HERE && earlier.dependent();
    boolean fresh = later.move() == Move.HERE || earlier.op() == StagedRow.Op.DELETE;
    boolean needed = !later.unavailable().isEmpty() || later.move() == Move.AWAY;
    boolean complete = fresh || later.unavailable().isEmpty();
    EncodedRow both = complete ? null : codec.inherit(later.row(), earlier.row(), layout);
    boolean apart = both != null && both.columns().length > StagedRow.LARGEST;
    boolean kept =
        deletes == Deletes.SOFT
            && later.op() == StagedRow.Op.DELETE
            && earlier.op() == StagedRow.Op.UPSERT;
    if (departure || (arrival && needed) || apart || kept) {
      others.add(earlier);
    }
    if (both == null || apart) {
      return later;
    }
    bytes += both.columns().length;
    if (earlier.absorbed() != null) {
      bytes -= earlier.row().columns().length;
    }
    return later.inheriting(earlier, both);
  }

  RowLayout layout() {
    return layout;
  }

  boolean isEmpty() {
    return offered.isEmpty() && offeredAgain.isEmpty();
  }

  /** Bytes of its rows. */
  long bytes() {
    return bytes;
  }

  /** About how much heap it holds, in bytes: its rows, and the records that they came from. */
  long held() {
    return bytes + held;
  }

  /** How much of that is for rows which an earlier cycle could not complete. */
  long waiting() {
    return waiting;
  }

  /** Where those rows come from. */
  List<RecordPosition> waitingAt() {
    return offeredAgain.stream().map(StagedRow::at).toList();
  }

  long openedAtMillis() {
    return openedAtMillis;
  }

  /** Whether it was offered nothing but its rows. */
  boolean isPlain() {
    return offeredAgain.isEmpty() && offered.size() == newest.size() + others.size();
  }

  /**
   * How the cycle landed; what neither goes again nor is set aside is settled.
   *
   * @param again rows that have to go with a later cycle
   * @param rejected rows to set aside, and why
   */
  Landing landing(List<StagedRow> again, Map<StagedRow, SinkException> rejected) {
    Set<RecordPosition> open = new HashSet<>();
    Set<RecordPosition> left = new HashSet<>();
    again.forEach(row -> row.each((at, handle) -> open.add(at)));
    rejected
        .keySet()
        .forEach(row -> row.each((at, handle) -> (handle.ours() ? open : left).add(at)));
    List<RecordPosition> settled = new ArrayList<>();
    // What is left to the next owner may have come back to this task, and be done by that copy.
    BiConsumer<RecordPosition, Handle> settle =
        (at, handle) -> {
          if (!open.contains(at) && (handle.ours() || !left.contains(at))) {
            settled.add(at);
          }
        };
    offered.forEach(row -> settle.accept(row.at(), row.handle()));
    offeredAgain.forEach(row -> row.each(settle));
    return new Landing(settled, again, rejected);
  }

  /** The rows to stage, each of a key's newest, and those kept beside them. */
  List<StagedRow> rows() {
    List<StagedRow> all = new ArrayList<>(newest.size() + others.size());
    all.addAll(newest.values());
    all.addAll(others);
    return all;
  }
}
