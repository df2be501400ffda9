package io.tributary.emulator.jobs;

import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

/** How many jobs are remembered, and how many cells of their results. */
record Retention(int jobs, long cells) {
  static final Retention DEFAULT = new Retention(10_000, 10_000_000);

  /**
   * Removes the oldest jobs beyond the limits, but none that still runs; those without a result are
   * not forgotten for the results of others. Returns what was removed.
   */
  Set<Job> trim(Collection<Job> present) {
    long held = present.stream().mapToLong(Job::cells).sum();
    int surplus = present.size() - jobs;
    Set<Job> gone = new HashSet<>();
    Iterator<Job> oldest = present.iterator();
    while (oldest.hasNext() && (surplus > 0 || held > cells)) {
      Job job = oldest.next();
      if (job.isDone() && (surplus > 0 || job.cells() > 0)) {
        oldest.remove();
        gone.add(job);
        surplus--;
        held -= job.cells();
      }
    }
    return gone;
  }
}
