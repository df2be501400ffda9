package io.tributary.bigquery.change;

import io.tributary.bigquery.testkit.Changes;
import java.util.Random;

/** MySQL's and MariaDB's: a transaction is written as a whole when it commits. */
final class FileLog extends DatabaseLog {
  private final Random random;
  private final boolean mySql;
  private String base = "binlog";
  private long number = 999_997;
  private long end = 4;

  /**
   * @param mySql it has compressed transactions, and the time of a change is that of its commit;
   *     MariaDB's is that of the statement
   */
  FileLog(Random random, boolean mySql) {
    this.random = random;
    this.mySql = mySql;
  }

  @Override
  Write write(long key, Long to, Long value, long second) {
    return new Write(key, to, value, second);
  }

  @Override
  void commit(Transaction transaction, long second) {
    if (random.nextInt(4) == 0) {
      number++;
      end = 4;
    }
    end += 40;
    boolean compressed = mySql && random.nextInt(3) == 0;
    int row = 0;
    for (Write write : transaction.writes()) {
      if (mySql) {
        write.at(second);
      }
      boolean sameEvent = row > 0 && random.nextBoolean();
      row = sameEvent ? row : 0;
      end += sameEvent || compressed ? 0 : 10 + random.nextInt(50);
      write.file = file();
      write.place = end;
      write.row = row++;
    }
    end += 60;
    add(transaction);
  }

  private String file() {
    return base + ".%06d".formatted(number);
  }

  @Override
  void newSlot() {}

  @Override
  void startOver() {
    forget();
    base = random.nextInt(3) == 0 ? base + "x" : base;
    number = 1 + random.nextLong(number + 2);
    end = 4;
  }

  @Override
  void stamp(Changes changes, int life, int index, Write write) {
    changes.binlog(write.file, write.place - Changes.STEP, write.row);
  }

  @Override
  void stampSnapshot(Changes changes, int life, int sent) {
    changes.binlog(file(), end, 0);
  }

  /** The window closes at a change, whose place the rows are told and which comes behind them. */
  @Override
  void stampWindow(Changes changes, Runnable commit) {
    int before = size();
    commit.run();
    if (size() > before && !transaction(before).writes().isEmpty()) {
      Write first = transaction(before).writes().get(0);
      changes.binlog(first.file, first.place, first.row);
    } else {
      end += 100;
      changes.binlog(file(), end, 0);
    }
  }

  @Override
  void closeWindow() {
    end += 100;
  }

  @Override
  boolean tellsCommitTimes() {
    return mySql;
  }

  @Override
  boolean independent(int life, int sent) {
    return true;
  }
}
