package io.tributary.emulator.write;

import com.google.cloud.bigquery.storage.v1.WriteStream;
import io.tributary.emulator.engine.RowBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A stream that an application created. Every method needs the lock of the object, which callers
 * hold over check and effect.
 */
final class StreamState {
  /** How long a committed stream lives without traffic. */
  private static final Duration COMMITTED_LIFE = Duration.ofDays(3);

  /** How long a buffered stream lives without traffic. */
  private static final Duration BUFFERED_LIFE = Duration.ofDays(7);

  /** How long after its creation a pending stream must be committed. */
  private static final Duration PENDING_LIFE = Duration.ofHours(24);

  private final StreamName name;
  private final WriteStream.Type type;
  private final Instant created;
  private final Instant tableCreated;
  private final List<RowBatch> hidden = new ArrayList<>();
  private final List<Long> hiddenEnds = new ArrayList<>();
  private long end;
  private long flushedEnd;
  private boolean finalized;
  private Instant committed;
  private AppendConnection owner;
  private volatile Instant touched;

  StreamState(StreamName name, WriteStream.Type type, Instant created, Instant tableCreated) {
    this.name = name;
    this.type = type;
    this.created = created;
    this.tableCreated = tableCreated;
    this.touched = created;
  }

  StreamName name() {
    return name;
  }

  WriteStream.Type type() {
    return type;
  }

  Instant created() {
    return created;
  }

  /**
   * Creation time of the table the stream belongs to: a table made anew has none of its streams.
   */
  Instant tableCreated() {
    return tableCreated;
  }

  /** Notes traffic of the stream, which keeps it alive. */
  void touch(Instant now) {
    touched = now;
  }

  /** When the stream vanishes; needs no lock. */
  Instant expires() {
    return switch (type) {
      case PENDING -> created.plus(PENDING_LIFE);
      case BUFFERED -> touched.plus(BUFFERED_LIFE);
      default -> touched.plus(COMMITTED_LIFE);
    };
  }

  /** The offset after the last row. */
  long end() {
    return end;
  }

  /** The offset after the last row of a buffered stream that became visible. */
  long flushedEnd() {
    return flushedEnd;
  }

  boolean isFinalized() {
    return finalized;
  }

  void seal() {
    finalized = true;
    owner = null;
  }

  Instant committed() {
    return committed;
  }

  void advance(long rows) {
    end += rows;
  }

  /** Keeps rows that are not to be seen yet, and counts them. */
  void keep(List<RowBatch> batches) {
    for (RowBatch batch : batches) {
      hidden.add(batch);
      end += batch.rows().size();
      hiddenEnds.add(end);
    }
  }

  List<RowBatch> hidden() {
    return List.copyOf(hidden);
  }

  void committedAt(Instant when) {
    committed = when;
    hidden.clear();
    hiddenEnds.clear();
  }

  /** Rows of a buffered stream that become visible when it is flushed up to this offset. */
  List<RowBatch> flushable(long flushTo) {
    List<RowBatch> batches = new ArrayList<>();
    long start = flushedEnd;
    for (int i = 0; i < hidden.size() && start < flushTo; i++) {
      List<Object[]> rows = hidden.get(i).rows();
      int count = (int) Math.min(flushTo - start, rows.size());
      batches.add(new RowBatch(hidden.get(i).columns(), rows.subList(0, count)));
      start = hiddenEnds.get(i);
    }
    return batches;
  }

  void flushed(long flushTo) {
    while (!hidden.isEmpty() && hiddenEnds.get(0) <= flushTo) {
      hidden.remove(0);
      hiddenEnds.remove(0);
    }
    if (!hidden.isEmpty()) {
      RowBatch first = hidden.get(0);
      int keep = (int) (hiddenEnds.get(0) - flushTo);
      int size = first.rows().size();
      if (keep < size) {
        hidden.set(0, new RowBatch(first.columns(), first.rows().subList(size - keep, size)));
      }
    }
    flushedEnd = flushTo;
  }

  /** Makes this connection the only one that writes; returns the one that did, or null. */
  AppendConnection claim(AppendConnection connection) {
    AppendConnection previous = owner == connection ? null : owner;
    owner = connection;
    return previous;
  }

  void release(AppendConnection connection) {
    if (owner == connection) {
      owner = null;
    }
  }
}
