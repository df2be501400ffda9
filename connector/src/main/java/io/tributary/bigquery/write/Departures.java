package io.tributary.bigquery.write;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.tributary.bigquery.row.EncodedRow;
import io.tributary.bigquery.row.RowLayout;
import io.tributary.bigquery.row.Transfer;
import io.tributary.bigquery.table.TableId;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Rows of a table that leave their keys, by what the halves of a key change share: their last
 * states, and which have arrived on their new keys. Used by one flight at a time.
 */
final class Departures {
  private final TableId table;
  private final Memory memory;

  Departures(TableId table, Memory memory) {
    this.table = table;
    this.memory = memory;
  }

  /** The youngest departures of all tables of a task. Thread-safe. */
  static final class Memory {
    private static final long MOST_BYTES = 16L << 20;
    private static final long MOST_LINKS = 10_000;

    /** Accounted for every state beside its bytes. */
    private static final int OVERHEAD = 512;

    private final Cache<Link, State> states =
        CacheBuilder.newBuilder()
            .concurrencyLevel(1)
            .maximumWeight(MOST_BYTES)
            .weigher((Link link, State state) -> OVERHEAD + state.row().columns().length)
            .build();
    private final Cache<Link, Boolean> left = links();
    private final Cache<Link, Boolean> arrivals = links();

    private static Cache<Link, Boolean> links() {
      return CacheBuilder.newBuilder().concurrencyLevel(1).maximumSize(MOST_LINKS).build();
    }
  }

  private record Link(TableId table, ByteBuffer bytes) {}

  /** A row's state as it was encoded for a layout. */
  private record State(EncodedRow row, RowLayout layout) {
    int lacks() {
      return row.unavailable().size();
    }

    EncodedRow as(RowLayout other) {
      return layout.equals(other) ? row : new Transfer(layout, other).of(row);
    }
  }

  private Link link(byte[] bytes) {
    return new Link(table, ByteBuffer.wrap(bytes));
  }

  /** Takes note of the state that a row leaves its key with, as it was found there. */
  void leaves(byte[] link, EncodedRow row, RowLayout layout) {
    add(link, row, layout);
    memory.left.put(link(link), true);
  }

  /** The state of a row that was looked for on its old key, as far as this layout can hold it. */
  Optional<EncodedRow> left(byte[] link, RowLayout layout) {
    return memory.left.getIfPresent(link(link)) == null ? Optional.empty() : of(link, layout);
  }

  /** Takes note of a state, unless a fuller one is known. */
  void add(byte[] link, EncodedRow row, RowLayout layout) {
    State state = new State(row, layout);
    State known = memory.states.getIfPresent(link(link));
    if (known == null || known.lacks() >= state.lacks()) {
      memory.states.put(link(link), state);
    }
  }

  /** The state that a row left its key with, as far as this layout can hold it. */
  Optional<EncodedRow> of(byte[] link, RowLayout layout) {
    return Optional.ofNullable(memory.states.getIfPresent(link(link)))
        .map(state -> state.as(layout));
  }

  boolean known(byte[] link) {
    return memory.states.getIfPresent(link(link)) != null;
  }

  /** The row is on its new key, or something newer is. */
  void arrived(byte[] link) {
    memory.arrivals.put(link(link), true);
  }

  boolean hasArrived(byte[] link) {
    return memory.arrivals.getIfPresent(link(link)) != null;
  }
}
