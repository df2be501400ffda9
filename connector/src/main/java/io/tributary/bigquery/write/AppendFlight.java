package io.tributary.bigquery.write;

import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.offset.RecordPosition;
import io.tributary.bigquery.table.TableId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The way of one cycle into a table of changes. Its partitions are claimed, what is in the table
 * already is left out, and the rest goes by way of one stream whose name was recorded before.
 */
final class AppendFlight {
  private final TableId table;
  private final Cycle cycle;
  private final Claims claims;
  private final AppendMode.Parts parts;

  AppendFlight(TableId table, Cycle cycle, Claims claims, AppendMode.Parts parts) {
    this.table = table;
    this.cycle = cycle;
    this.claims = claims;
    this.parts = parts;
  }

  Landing fly() throws InterruptedException {
    parts.snapshots().save();
    Map<StagedRow, SinkException> rejected = new LinkedHashMap<>();
    // A table that is not there has no rows that a truncate could end.
    if (!cycle.layout().columns().isEmpty() || parts.tables().find(table).isPresent()) {
      append(rejected);
    }
    parts.counters().add(Counters.What.CYCLES_APPLIED, 1);
    return cycle.landing(List.of(), rejected);
  }

  private void append(Map<StagedRow, SinkException> rejected) throws InterruptedException {
    Instant giveUp = parts.clock().instant().plus(parts.deadline());
    List<StagedRow> rows = once(cycle.rows());
    while (true) {
      rows = claims.claim(rows);
      if (rows.isEmpty()) {
        return;
      }
      if (parts.clock().instant().isAfter(giveUp)) {
        throw Staging.lost(table);
      }
      Staging.Attempt attempt = attempt(rows);
      if (!attempt.lost() && attempt.rejected().isEmpty()) {
        claims.written(rows);
        parts.counters().add(Counters.What.ROWS_STAGED, rows.size());
        return;
      }
      rows = without(rows, attempt.rejected(), rejected);
    }
  }

  /** Kafka may deliver a record again while its first copy still waits in the cycle. */
  private static List<StagedRow> once(List<StagedRow> rows) {
    Set<Copy> seen = new HashSet<>();
    return rows.stream().filter(row -> seen.add(new Copy(row.at(), row.op(), row.key()))).toList();
  }

  /** What a row is a copy of; a record may ask for a delete and an insert. */
  private record Copy(RecordPosition at, StagedRow.Op op, ByteBuffer key) {}

  /** A stream that somebody else ended counts as lost, and so do the claims of its rows. */
  private Staging.Attempt attempt(List<StagedRow> rows) throws InterruptedException {
    try (PendingStream stream = parts.staging().open(table, cycle.layout())) {
      if (!claims.record(stream.name(), rows)) {
        return new Staging.Attempt(true, Map.of());
      }
      HistoryBytes bytes = new HistoryBytes(cycle.layout());
      Staging.Attempt attempt =
          parts.staging().attempt(stream, table, rows.stream().map(bytes::of).toList());
      if (attempt.lost()) {
        claims.forget(rows);
      }
      return attempt;
    }
  }

  private List<StagedRow> without(
      List<StagedRow> rows, Map<Integer, String> reasons, Map<StagedRow, SinkException> rejected) {
    List<StagedRow> rest = new ArrayList<>(rows);
    reasons.forEach(
        (index, reason) -> {
          StagedRow row = rows.get(index);
          rejected.put(row, new SinkException(ErrorCode.ROW_REJECTED, table + ": " + reason));
          rest.remove(row);
        });
    return rest;
  }
}
