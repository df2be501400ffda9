package io.tributary.bigquery.change;

import io.tributary.bigquery.testkit.Changes;
import java.util.Random;

/** PostgreSQL's: a write has its place when it is made, whenever its transaction commits. */
final class WriteAheadLog extends DatabaseLog {
  private final Random random;
  private long wal = 1_000;
  private long snapshot;

  WriteAheadLog(Random random) {
    this.random = random;
  }

  @Override
  Write write(long key, Long to, Long value, long second) {
    Write write = new Write(key, to, value, second);
    // The first write after a commit may sit exactly where that commit ended.
    write.place = wal;
    wal += 1 + random.nextInt(5);
    return write;
  }

  @Override
  void commit(Transaction transaction, long second) {
    transaction.writes().forEach(write -> write.at(second));
    end(transaction);
  }

  private void end(Transaction transaction) {
    wal += 1 + random.nextInt(2);
    transaction.end = wal;
    add(transaction);
  }

  /** Making a slot writes to the log. */
  @Override
  void newSlot() {
    wal++;
  }

  @Override
  void startOver() {
    forget();
    wal = random.nextBoolean() ? 1_000 : wal + 10;
  }

  private Long committed(int life, int index) {
    return index == life ? null : (Long) transaction(index - 1).end;
  }

  @Override
  void stamp(Changes changes, int life, int index, Write write) {
    changes.log(committed(life, index), write.place - Changes.STEP);
  }

  @Override
  void stampSnapshot(Changes changes, int life, int sent) {
    wal += random.nextInt(2);
    snapshot = wal;
    changes.log(committed(life, sent), wal);
  }

  /**
   * Two transactions of the connector's own mark the window; the rows are told the lsn of the
   * second one's change and stand before its commit.
   */
  @Override
  void stampWindow(Changes changes, Runnable commit) {
    Transaction opening = new Transaction();
    end(opening);
    changes.log(opening.end, wal++);
  }

  @Override
  void closeWindow() {
    end(new Transaction());
  }

  @Override
  boolean tellsCommitTimes() {
    return true;
  }

  @Override
  boolean independent(int life, int sent) {
    return sent > life && transaction(sent - 1).end >= snapshot;
  }
}
