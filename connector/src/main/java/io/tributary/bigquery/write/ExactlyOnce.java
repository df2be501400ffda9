package io.tributary.bigquery.write;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.offset.RecordPosition;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.TableId;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Puts rows straight into a table, each once. Their partitions are claimed, what is in the table
 * already is left out, and the rest goes by way of one stream whose name was recorded before.
 */
final class ExactlyOnce {
  private final TableId table;
  private final Claims claims;
  private final Staging staging;
  private final Form form;
  private final BooleanSupplier allowed;

  /**
   * @param allowed asked after a stream was recorded and before anything is put into it
   */
  ExactlyOnce(TableId table, Claims claims, Staging staging, Form form, BooleanSupplier allowed) {
    this.table = table;
    this.claims = claims;
    this.staging = staging;
    this.form = form;
    this.allowed = allowed;
  }

  /** How rows are written. */
  interface Form {
    /** A self-contained proto2 message. */
    DescriptorProto descriptor();

    /** The table's columns that rows are written to, beside the sink's own. */
    List<Column> columns();

    ByteString of(StagedRow row);
  }

  /**
   * What became of rows.
   *
   * @param whole false when it was not allowed any more; some of the rows may be in the table then
   * @param written how many were not in the table before
   * @param rejected rows that BigQuery rejected, with its reasons
   */
  record Result(boolean whole, int written, Map<StagedRow, SinkException> rejected) {}

  /** Returns when the rows are in the table, or not allowed any more. */
  Result write(List<StagedRow> all, Clock clock, Duration deadline) throws InterruptedException {
    Instant giveUp = clock.instant().plus(deadline);
    Map<StagedRow, SinkException> rejected = new LinkedHashMap<>();
    List<StagedRow> rows = claims.claim(once(all));
    int missing = rows.size();
    while (!rows.isEmpty()) {
      if (clock.instant().isAfter(giveUp)) {
        throw Staging.lost(table);
      }
      try (PendingStream stream = staging.open(table, form.descriptor())) {
        if (claims.record(stream.name(), rows)) {
          if (!allowed.getAsBoolean()) {
            return new Result(false, 0, rejected);
          }
          Staging.Attempt attempt =
              staging.attempt(stream, table, form.columns(), rows.stream().map(form::of).toList());
          if (attempt.whole()) {
            claims.written(rows);
            return new Result(true, missing - rejected.size(), rejected);
          }
          // Whoever claims one of its partitions may commit what is in it, however late.
          staging.finish(table, stream.name());
          claims.forget(rows);
          rows = without(rows, attempt.rejected(), rejected);
        }
      }
      rows = claims.claim(rows);
    }
    return new Result(true, missing - rejected.size(), rejected);
  }

  /**
   * Kafka may deliver a record again while its first copy still waits in the cycle. The last one is
   * of the time in which the partition is the task's.
   */
  static List<StagedRow> once(List<StagedRow> rows) {
    Map<Copy, StagedRow> last = new LinkedHashMap<>();
    rows.forEach(row -> last.put(new Copy(row.at(), row.op(), row.key()), row));
    return List.copyOf(last.values());
  }

  /** What a row is a copy of; a record may ask for a delete and an insert. */
  private record Copy(RecordPosition at, StagedRow.Op op, ByteBuffer key) {}

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
