package io.tributary.bigquery.histories;

import io.tributary.bigquery.histories.Type.Named;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A row at its source, which is there as long as it has a key. */
final class SourceRow {
  /** A value, and the column that it was made for. */
  private record Cell(Named column, Object value) {}

  private final Random random;
  private final Origin origin;
  private Map<String, Object> key;
  private Map<String, Cell> cells = Map.of();

  SourceRow(Random random, Origin origin) {
    this.random = random;
    this.origin = origin;
  }

  boolean isThere() {
    return key != null;
  }

  Map<String, Object> key() {
    return key;
  }

  /** Comes with nothing of an earlier life. */
  void come(Map<String, Object> newKey) {
    key = newKey;
    cells = Map.of();
  }

  /** Takes its values to another key; answers the one that it had. */
  Map<String, Object> move(Map<String, Object> newKey) {
    Map<String, Object> before = key;
    key = newKey;
    return before;
  }

  /** Is deleted; answers the key that it had. */
  Map<String, Object> go() {
    return move(null);
  }

  /**
   * Gives the row new values by a version of the schema. What the version does not know is lost.
   *
   * @param unsent of a hundred values that stay as they are, how many the source leaves out where
   *     it can
   * @return the columns that are left out
   */
  Set<String> fill(List<Named> columns, int unsent) {
    Map<String, Cell> next = new HashMap<>();
    Set<String> left = new HashSet<>();
    for (Named column : columns) {
      Cell before = cells.get(column.name());
      boolean same = before != null && before.column().equals(column) && random.nextInt(3) > 0;
      if (same
          && origin.leavesOut()
          && before.value() != null
          && column.type().placeholder() != null
          && random.nextInt(100) < unsent) {
        left.add(column.name());
      }
      next.put(column.name(), same ? before : new Cell(column, column.value(random)));
    }
    cells = next;
    return left;
  }

  Map<String, Object> image() {
    return image(Set.of());
  }

  /** The row with placeholders for what is left out. */
  Map<String, Object> image(Set<String> unsent) {
    Map<String, Object> image = new HashMap<>(key);
    cells.forEach(
        (name, cell) ->
            image.put(
                name, unsent.contains(name) ? cell.column().type().placeholder() : cell.value()));
    return image;
  }
}
