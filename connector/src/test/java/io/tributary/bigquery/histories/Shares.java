package io.tributary.bigquery.histories;

import io.tributary.bigquery.histories.Delivery.Trait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.connect.sink.SinkRecord;

/** How many histories show what. A history is the life of one row. */
final class Shares {
  private int histories;
  private int records;
  private int toast;
  private int keyChange;
  private int schemaChange;
  private int replay;
  private int truncated;
  private int binlog;
  private int shared;
  private int kept;

  /**
   * Adds the rows of a table.
   *
   * @param again whether a record was delivered more than once
   * @param beside whether a record was written by one of two tasks that shared the table
   */
  void add(TableHistory table, Predicate<SinkRecord> again, Predicate<SinkRecord> beside) {
    Map<Integer, List<Delivery>> lives = new HashMap<>();
    for (Delivery each : table.log()) {
      if (each.row() == Delivery.ALL) {
        continue;
      }
      lives.computeIfAbsent(each.row(), row -> new ArrayList<>()).add(each);
    }
    for (List<Delivery> life : lives.values()) {
      histories++;
      records += life.size();
      toast += shows(life, Trait.TOAST);
      keyChange += shows(life, Trait.KEY_CHANGE);
      schemaChange += life.stream().map(Delivery::version).distinct().count() > 1 ? 1 : 0;
      boolean repeated = life.stream().anyMatch(each -> again.test(each.record()));
      replay += repeated || shows(life, Trait.REPEATED) > 0 ? 1 : 0;
      shared += life.stream().anyMatch(each -> beside.test(each.record())) ? 1 : 0;
      kept += table.deletion() == Deletion.SOFT && life.stream().anyMatch(Delivery::takes) ? 1 : 0;
    }
    truncated += table.truncated().size();
    binlog += table.origin() == Origin.POSTGRES ? 0 : lives.size();
  }

  void add(Shares other) {
    histories += other.histories;
    records += other.records;
    toast += other.toast;
    keyChange += other.keyChange;
    schemaChange += other.schemaChange;
    replay += other.replay;
    truncated += other.truncated;
    binlog += other.binlog;
    shared += other.shared;
    kept += other.kept;
  }

  int histories() {
    return histories;
  }

  int toast() {
    return percent(toast);
  }

  int keyChange() {
    return percent(keyChange);
  }

  int schemaChange() {
    return percent(schemaChange);
  }

  int replay() {
    return percent(replay);
  }

  int truncated() {
    return percent(truncated);
  }

  int binlog() {
    return percent(binlog);
  }

  int shared() {
    return percent(shared);
  }

  int kept() {
    return percent(kept);
  }

  private int percent(int part) {
    return histories == 0 ? 0 : part * 100 / histories;
  }

  private static int shows(List<Delivery> life, Trait trait) {
    return life.stream().anyMatch(each -> each.trait() == trait) ? 1 : 0;
  }

  @Override
  public String toString() {
    return ("%d histories (lives of rows) of %d records: %d %% with unchanged TOAST columns, %d %% with"
            + " key changes, %d %% across schema changes, %d %% replayed, %d %% truncated, %d %% from a"
            + " binary log, %d %% in tables that two tasks shared, %d %% deleted where rows stay")
        .formatted(
            histories,
            records,
            toast(),
            keyChange(),
            schemaChange(),
            replay(),
            truncated(),
            binlog(),
            shared(),
            kept());
  }
}
