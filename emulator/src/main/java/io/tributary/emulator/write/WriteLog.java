package io.tributary.emulator.write;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What was appended and committed of late, in order. Thread-safe. */
public final class WriteLog {
  private static final int APPENDS = 100_000;
  private static final int COMMITS = 10_000;

  private final Deque<AppendRecord> appends = new ArrayDeque<>();
  private final Deque<CommitRecord> commits = new ArrayDeque<>();

  synchronized void add(AppendRecord append) {
    add(appends, append, APPENDS);
  }

  synchronized void add(CommitRecord commit) {
    add(commits, commit, COMMITS);
  }

  private static <T> void add(Deque<T> log, T entry, int limit) {
    if (log.size() == limit) {
      log.removeFirst();
    }
    log.addLast(entry);
  }

  /** A copy of the last 100,000 appends. */
  public synchronized List<AppendRecord> appends() {
    return List.copyOf(appends);
  }

  /** A copy of the last 10,000 batch commits. */
  public synchronized List<CommitRecord> commits() {
    return List.copyOf(commits);
  }

  /** Forgets everything. */
  public synchronized void clear() {
    appends.clear();
    commits.clear();
  }
}
