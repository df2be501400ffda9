package io.tributary.bigquery.write;

import io.tributary.bigquery.row.EncodedRow;
import io.tributary.bigquery.row.RowLayout;
import io.tributary.bigquery.row.Transfer;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rows that leave their keys, by what the halves of a key change share: the last states of the
 * youngest of them, and which have arrived on their new keys. Used by one flight at a time.
 */
final class Departures {
  private static final long MOST_BYTES = 16L << 20;
  private static final int MOST_LINKS = 10_000;

  private final Map<ByteBuffer, State> states = new LinkedHashMap<>();
  private final Set<ByteBuffer> left = new LinkedHashSet<>();
  private final Set<ByteBuffer> arrivals = new LinkedHashSet<>();
  private long bytes;

  /** A row's state as it was encoded for a layout. */
  private record State(EncodedRow row, RowLayout layout) {
    long bytes() {
      return row.columns().length;
    }

    int lacks() {
      return row.unavailable().size();
    }

    EncodedRow as(RowLayout other) {
      return layout.equals(other) ? row : new Transfer(layout, other).of(row);
    }
  }

  /** Takes note of the state that a row leaves its key with, as it was found there. */
  void leaves(byte[] link, EncodedRow row, RowLayout layout) {
    add(link, row, layout);
    keep(left, link);
  }

  /** Whether the row was looked for on its old key. */
  boolean hasLeft(byte[] link) {
    return left.contains(ByteBuffer.wrap(link)) && known(link);
  }

  /** Takes note of a state, unless a fuller one is known. */
  void add(byte[] link, EncodedRow row, RowLayout layout) {
    State state = new State(row, layout);
    State known = states.get(ByteBuffer.wrap(link));
    if (known != null && known.lacks() < state.lacks()) {
      return;
    }
    State former = states.put(ByteBuffer.wrap(link), state);
    bytes += state.bytes() - (former == null ? 0 : former.bytes());
    Iterator<State> eldest = states.values().iterator();
    while (bytes > MOST_BYTES && states.size() > 1) {
      bytes -= eldest.next().bytes();
      eldest.remove();
    }
  }

  /** The state that a row left its key with, as far as this layout can hold it. */
  Optional<EncodedRow> of(byte[] link, RowLayout layout) {
    return Optional.ofNullable(states.get(ByteBuffer.wrap(link))).map(state -> state.as(layout));
  }

  boolean known(byte[] link) {
    return states.containsKey(ByteBuffer.wrap(link));
  }

  /** The row is on its new key, or will never be. */
  void arrived(byte[] link) {
    keep(arrivals, link);
  }

  private static void keep(Set<ByteBuffer> youngest, byte[] link) {
    youngest.add(ByteBuffer.wrap(link));
    if (youngest.size() > MOST_LINKS) {
      Iterator<ByteBuffer> eldest = youngest.iterator();
      eldest.next();
      eldest.remove();
    }
  }

  boolean hasArrived(byte[] link) {
    return arrivals.contains(ByteBuffer.wrap(link));
  }
}
