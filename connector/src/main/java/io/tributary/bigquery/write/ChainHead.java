package io.tributary.bigquery.write;

import io.tributary.bigquery.table.JobState;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Finds the last job of a chain. The numbers in use form a run without gaps above a remembered
 * lower bound, so the end is found by doubling and halving.
 */
final class ChainHead {
  private final LongFunction<JobState> state;
  private final long floor;

  ChainHead(LongFunction<JobState> state, Optional<String> label) {
    this.state = state;
    this.floor = label.map(Long::parseLong).orElse(0L);
  }

  /** The last number in use, or the first number when none is. */
  long find() {
    long used = floor;
    long step = 1;
    while (exists(used + step)) {
      used += step;
      step *= 2;
    }
    long free = used + step;
    while (free - used > 1) {
      long middle = used + (free - used) / 2;
      if (exists(middle)) {
        used = middle;
      } else {
        free = middle;
      }
    }
    return used == floor ? floor + 1 : used;
  }

  private boolean exists(long number) {
    return !(state.apply(number) instanceof JobState.Absent);
  }
}
