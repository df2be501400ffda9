package io.tributary.emulator.histories;

import java.util.List;
import java.util.Set;

/**
 * One call of a history. Streams are counted in the order of their creation, and beyond the last
 * one from the beginning again, so that a history stays one when steps are taken out.
 */
sealed interface Step {
  /** Creates the next stream. */
  record Create(Kind kind) implements Step {}

  /** Appends to the default stream. */
  record Insert(int rows) implements Step {}

  /** Appends without an offset. */
  record Append(int stream, int rows) implements Step {}

  /** Appends this many rows before the end of the stream, or beyond it if negative. */
  record AppendAt(int stream, int rows, int back) implements Step {}

  /** Appends at the end, does not hear the answer, and appends the same there again. */
  record AppendUnheard(int stream, int rows) implements Step {}

  /** Goes on with the stream over another connection, while the old one is still open. */
  record Reconnect(int stream) implements Step {}

  /** Flushes up to this many rows before the last one, or beyond it if negative. */
  record Flush(int stream, int back) implements Step {}

  /** Finalizes. */
  record Finalize(int stream) implements Step {}

  /** Commits streams of whatever kind and state, together. */
  record Commit(Set<Integer> streams) implements Step {}

  /** Sends changes of rows in one request. */
  record Change(Feed feed, List<RowChange> rows) implements Step {}

  /** Sends the n-th request with changes once more. */
  record Replay(int change) implements Step {}

  /** Reads all tables. */
  record Look() implements Step {}

  /** What a stream is created as. */
  enum Kind {
    COMMITTED,
    BUFFERED,
    PENDING
  }

  /** A table that takes changes, and what orders them there. */
  enum Feed {
    BY_SEQUENCE,
    BY_ARRIVAL
  }

  /** A change of a row; the sequence number is null where arrival orders the changes. */
  record RowChange(int key, boolean deletes, String sequence) {}
}
