package io.tributary.emulator.write;

import java.util.ArrayList;
import java.util.List;

/** What was appended and committed so far, in order. Thread-safe. */
public final class WriteLog {
  private final List<AppendRecord> appends = new ArrayList<>();
  private final List<CommitRecord> commits = new ArrayList<>();

  synchronized void add(AppendRecord append) {
    appends.add(append);
  }

  synchronized void add(CommitRecord commit) {
    commits.add(commit);
  }

  /** A copy of the appends so far. */
  public synchronized List<AppendRecord> appends() {
    return List.copyOf(appends);
  }

  /** A copy of the batch commits so far. */
  public synchronized List<CommitRecord> commits() {
    return List.copyOf(commits);
  }
}
