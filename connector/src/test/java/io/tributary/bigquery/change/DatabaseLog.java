package io.tributary.bigquery.change;

import io.tributary.bigquery.testkit.Changes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The log of a made-up database: transactions in the order of their commits. */
abstract class DatabaseLog {
  private static final long SECOND = 1_000_000;

  /** What a write did, once it is committed. */
  enum Kind {
    INSERT,
    UPDATE,
    DELETE,
    MOVE
  }

  /** Changes of one transaction. */
  static final class Transaction {
    private final List<Write> writes = new ArrayList<>();
    long end;

    List<Write> writes() {
      return writes;
    }
  }

  /** A change of one row. */
  static final class Write {
    private final long key;
    private final Long to;
    private final Long value;
    private Kind kind;
    String file;
    long place;
    int row;
    private long second;

    Write(long key, Long to, Long value, long second) {
      this.key = key;
      this.to = to;
      this.value = value;
      this.second = second;
    }

    long key() {
      return key;
    }

    Long to() {
      return to;
    }

    Kind kind() {
      return kind;
    }

    long micros() {
      return second * SECOND;
    }

    void at(long newSecond) {
      second = newSecond;
    }

    boolean touches(long other) {
      return key == other || (to != null && to == other);
    }

    /** Whether a row has left its key. */
    boolean leaves() {
      return kind == Kind.DELETE || kind == Kind.MOVE;
    }

    Map<String, Long> row() {
      return History.row(kind == Kind.MOVE ? to : key, value);
    }

    /** Makes the change, or the one that is possible. */
    void become(Map<Long, Long> table) {
      if (value == null) {
        kind = Kind.DELETE;
        table.remove(key);
      } else if (to != null && table.containsKey(key) && !table.containsKey(to)) {
        kind = Kind.MOVE;
        table.remove(key);
        table.put(to, value);
      } else {
        kind = table.put(key, value) == null ? Kind.INSERT : Kind.UPDATE;
      }
    }
  }

  private final List<Transaction> transactions = new ArrayList<>();

  int size() {
    return transactions.size();
  }

  Transaction transaction(int index) {
    return transactions.get(index);
  }

  void add(Transaction transaction) {
    transactions.add(transaction);
  }

  void forget() {
    transactions.clear();
  }

  /** A write of an open transaction. */
  abstract Write write(long key, Long to, Long value, long second);

  abstract void commit(Transaction transaction, long second);

  /** A new connector asks to be sent what is written from now on. */
  abstract void newSlot();

  /** Another server takes over. */
  abstract void startOver();

  /** Has records say where a write sits, to a connector that began at transaction {@code life}. */
  abstract void stamp(Changes changes, int life, int index, Write write);

  abstract void stampSnapshot(Changes changes, int life, int sent);

  /** Has rows of an incremental snapshot say where its window closes. */
  abstract void stampWindow(Changes changes, Runnable commit);

  abstract void closeWindow();

  /** Whether the time of a change is that of its commit, and not of its statement. */
  abstract boolean tellsCommitTimes();

  /** Whether positions of what is sent from now on follow from each record alone. */
  abstract boolean independent(int life, int sent);
}
