package io.tributary.bigquery.write;

import io.tributary.bigquery.change.SourcePosition;
import io.tributary.bigquery.row.RowLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has to be known of rows that go again with a later cycle: the layout that they were encoded
 * for, which may be another than the cycle's, and what was written to their keys meanwhile. Used by
 * one flight at a time.
 */
final class WaitingRows {
  private final Map<StagedRow, RowLayout> layouts = new HashMap<>();
  private final Set<ByteBuffer> keys = new HashSet<>();
  private final Map<ByteBuffer, SourcePosition> written = new HashMap<>();

  /** The layout that a row of a cycle was encoded for. */
  RowLayout layout(StagedRow row, Cycle cycle) {
    return layouts.getOrDefault(row, cycle.layout());
  }

  /** Rows that go with a later cycle than this. */
  List<StagedRow> beyond(Cycle cycle) {
    List<StagedRow> rows = new ArrayList<>(layouts.keySet());
    rows.removeAll(new HashSet<>(cycle.rows()));
    return rows;
  }

  /** Whether a later change of the row's key was written since the row waits. */
  boolean superseded(StagedRow row) {
    SourcePosition newest = written.get(row.key());
    return newest != null && newest.compareTo(row.position()) > 0;
  }

  /** Takes note of a whole row, or a delete, that was acknowledged. */
  void wrote(StagedRow row) {
    if (keys.contains(row.key())) {
      written.merge(
          row.key(), row.position(), (one, other) -> one.compareTo(other) < 0 ? other : one);
    }
  }

  /**
   * Takes note of what became of a cycle.
   *
   * @param again those of its rows that go again, with their layouts
   */
  void landed(Cycle cycle, Map<StagedRow, RowLayout> again) {
    cycle.rows().forEach(layouts::remove);
    layouts.putAll(again);
    keys.clear();
    layouts.keySet().forEach(row -> keys.add(row.key()));
    written.keySet().retainAll(keys);
  }
}
