package io.tributary.tools.verify;

import java.util.List;

/**
 * What a comparison found.
 *
 * @param tables how many tables were compared
 * @param rows how many source rows were compared
 * @param count how many differences there are in all
 * @param first the first of them
 */
public record Differences(int tables, long rows, long count, List<Difference> first) {
  /** Copies the list. */
  public Differences {
    first = List.copyOf(first);
  }

  /** Whether both sides are equal. */
  public boolean none() {
    return count == 0;
  }
}
