package io.tributary.bigquery.write;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import io.tributary.bigquery.config.WriteSettings;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.row.RowLayout;
import io.tributary.bigquery.table.Answer;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.Patience;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.table.Tables;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Puts rows into a table, all or none: one pending stream, several append requests in flight with
 * explicit offsets, then finalize and batch commit. Whatever answer gets lost, the rows end up in
 * the table once. Blocking; used by flights.
 */
final class Staging {
  private static final int WINDOW = 4;

  private final Warehouse warehouse;
  private final Tables tables;
  private final WriteSettings settings;
  private final Patience patience;
  private final Counters counters;
  private final Clock clock;

  Staging(
      Warehouse warehouse, Tables tables, WriteSettings settings, Counters counters, Clock clock) {
    this.warehouse = warehouse;
    this.tables = tables;
    this.settings = settings;
    this.patience = new Patience(settings.retryDeadline());
    this.counters = counters;
    this.clock = clock;
  }

  /**
   * What became of rows.
   *
   * @param at when BigQuery began to take them, by its own clock
   * @param rejected empty when the rows are in the table; else some that BigQuery rejected, by
   *     index, with its reasons, and no row is in the table
   */
  record Sealed(Instant at, Map<Integer, String> rejected) {}

  /**
   * Commits the rows, or none of them.
   *
   * @param rows encodes them, given the time by BigQuery's clock: the worker's may be wrong
   */
  Sealed commit(TableId table, RowLayout layout, Function<Instant, List<ByteString>> rows)
      throws InterruptedException {
    Instant giveUp = clock.instant().plus(settings.retryDeadline());
    while (clock.instant().isBefore(giveUp)) {
      try (PendingStream stream = open(table, layout.descriptor())) {
        Instant at = stream.created().orElseGet(clock::instant);
        Attempt attempt = attempt(stream, table, layout.staged().wires(), rows.apply(at));
        if (!attempt.lost()) {
          return new Sealed(at, attempt.rejected());
        }
      }
    }
    throw lost(table);
  }

  static SinkException lost(TableId table) {
    return new SinkException(
        ErrorCode.STREAM_LOST,
        "Streams of " + table + " were lost again and again until the deadline.");
  }

  PendingStream open(TableId table, DescriptorProto row) {
    return patience.ask("create a stream of " + table, () -> warehouse.openPending(table, row));
  }

  /**
   * What became of the rows of one stream. Unless it was lost or rows were rejected, all of them
   * are in the table.
   *
   * @param lost whether the stream was lost before it had all rows, or before they were committed
   * @param rejected rows that BigQuery rejected, by index, with its reasons
   */
  record Attempt(boolean lost, Map<Integer, String> rejected) {
    boolean whole() {
      return !lost && rejected.isEmpty();
    }
  }

  /**
   * Commits the rows by way of one new stream.
   *
   * @param columns the table's columns that the rows are written to
   */
  Attempt attempt(PendingStream stream, TableId table, List<Column> columns, List<ByteString> rows)
      throws InterruptedException {
    Filled filled = fill(stream, new Target(table, columns), rows);
    boolean sealed = filled.whole() && seal(stream, table);
    return new Attempt(!sealed && filled.rejected().isEmpty(), filled.rejected());
  }

  /**
   * Ends a stream that somebody else began, and makes visible what is in it. One that is gone, or
   * was committed before, is as good.
   */
  void finish(TableId table, String stream) throws InterruptedException {
    patience.ask("finalize a stream of " + table, () -> ended(warehouse.finish(stream)));
    committed(table, stream);
  }

  /** A stream that takes no rows any more need not be finalized. */
  private static Answer<Long> ended(Answer<Long> answer) {
    return answer instanceof Answer.Refused<Long> refused && refused.code() == ErrorCode.STREAM_LOST
        ? new Answer.Ok<>(0L)
        : answer;
  }

  /** What a stream is filled for. */
  private record Target(TableId table, List<Column> columns) {}

  private Filled fill(PendingStream stream, Target target, List<ByteString> rows)
      throws InterruptedException {
    Pause pause = new Pause(settings, counters, clock);
    try {
      return fill(stream, target, cut(rows), pause);
    } finally {
      pause.reset();
    }
  }

  private Filled fill(PendingStream stream, Target target, List<Request> requests, Pause pause)
      throws InterruptedException {
    TableId table = target.table();
    int accepted = 0;
    while (accepted < requests.size()) {
      int end = Math.min(accepted + WINDOW, requests.size());
      List<CompletableFuture<AppendOutcome>> answers = new ArrayList<>(end - accepted);
      for (Request request : requests.subList(accepted, end)) {
        answers.add(stream.append(request.offset(), request.bytes()));
      }
      AppendOutcome trouble = null;
      for (int i = accepted; i < end && trouble == null; i++) {
        AppendOutcome outcome = await(answers.get(i - (end - answers.size())));
        if (outcome instanceof AppendOutcome.Accepted) {
          accepted = i + 1;
          pause.reset();
        } else {
          trouble = outcome;
        }
      }
      if (trouble == null) {
        continue;
      }
      settle(answers);
      if (trouble instanceof AppendOutcome.StreamGone) {
        return new Filled(false, Map.of());
      } else if (trouble instanceof AppendOutcome.Refused refused) {
        throw new SinkException(
            refused.code(), "Append to " + table + ": " + refused.reason() + ".");
      } else if (trouble instanceof AppendOutcome.RowsRejected bad) {
        int first = (int) requests.get(accepted).offset();
        Map<Integer, String> rejected = new TreeMap<>();
        bad.reasons().forEach((index, reason) -> rejected.put(first + index, reason));
        return new Filled(false, rejected);
      } else {
        if (trouble instanceof AppendOutcome.Absent) {
          tables.refuseDropped(table, target.columns());
        }
        pause.once(trouble, table);
        patience.ask("reconnect to a stream of " + table, stream::reconnect);
      }
    }
    return new Filled(true, Map.of());
  }

  /** Lets the rest of the window end before anything is sent again. */
  private static void settle(List<CompletableFuture<AppendOutcome>> answers)
      throws InterruptedException {
    for (CompletableFuture<AppendOutcome> answer : answers) {
      await(answer);
    }
  }

  /** The outcome; silence is one as well. */
  static AppendOutcome await(CompletableFuture<AppendOutcome> answer) throws InterruptedException {
    try {
      return answer.get(2, TimeUnit.MINUTES);
    } catch (TimeoutException e) {
      return new AppendOutcome.TryAgain("no answer within two minutes");
    } catch (ExecutionException e) {
      throw new SinkException(ErrorCode.INTERNAL, "An append ended without an outcome.", e);
    }
  }

  /** False when the stream was lost. */
  private boolean seal(PendingStream stream, TableId table) throws InterruptedException {
    patience.ask("finalize a stream of " + table, () -> ended(stream.finish()));
    return committed(table, stream.name());
  }

  private boolean committed(TableId table, String stream) throws InterruptedException {
    Pause pause = new Pause(settings, counters, clock);
    while (true) {
      CommitOutcome outcome = warehouse.commit(table, List.of(stream));
      if (outcome instanceof CommitOutcome.Committed) {
        return true;
      } else if (outcome instanceof CommitOutcome.StreamGone) {
        return false;
      } else if (outcome instanceof CommitOutcome.Refused refused) {
        throw new SinkException(
            refused.code(), "Commit to " + table + ": " + refused.reason() + ".");
      }
      CommitOutcome.TryAgain later = (CommitOutcome.TryAgain) outcome;
      pause.once(new AppendOutcome.TryAgain(later.reason(), later.pause(), later.lasting()), table);
    }
  }

  private List<Request> cut(List<ByteString> rows) {
    List<Request> requests = new ArrayList<>();
    int start = 0;
    long size = 0;
    for (int i = 0; i < rows.size(); i++) {
      if (size > 0 && size + rows.get(i).size() > settings.appendBytes()) {
        requests.add(new Request(start, rows.subList(start, i)));
        start = i;
        size = 0;
      }
      size += rows.get(i).size();
    }
    if (start < rows.size()) {
      requests.add(new Request(start, rows.subList(start, rows.size())));
    }
    return requests;
  }

  /** One append request: its offset in the stream, and its rows. */
  private record Request(long offset, List<ByteString> bytes) {}

  /**
   * How far the filling of a stream came. Neither whole nor with rejected rows: the stream was
   * lost.
   */
  private record Filled(boolean whole, Map<Integer, String> rejected) {}
}
