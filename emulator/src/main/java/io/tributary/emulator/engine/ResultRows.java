package io.tributary.emulator.engine;

import java.util.List;

/** All rows of a result; cells are canonical Java values, see {@link Engine}. */
public record ResultRows(List<Object[]> rows) {
  /** No rows. */
  public static final ResultRows NONE = new ResultRows(List.of());

  public ResultRows {
    rows = List.copyOf(rows);
  }

  /** How many rows there are. */
  public int size() {
    return rows.size();
  }

  /** At most {@code maxResults} rows from {@code startIndex} on. */
  public List<Object[]> page(long startIndex, int maxResults) {
    int from = (int) Math.min(startIndex, rows.size());
    return rows.subList(from, (int) Math.min((long) from + maxResults, rows.size()));
  }
}
