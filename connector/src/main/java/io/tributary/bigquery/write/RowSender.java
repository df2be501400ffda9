package io.tributary.bigquery.write;

import com.google.protobuf.ByteString;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.row.RowLayout;
import io.tributary.bigquery.table.TableId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Sends rows into a table's default stream until each was acknowledged or rejected, several
 * requests in flight. A request whose answer is lost is sent again, so rows may arrive twice.
 * Blocking; used by flights.
 */
final class RowSender {
  private static final int WINDOW = 4;

  private final CdcMode.Parts parts;
  private final TableId table;
  private final RowLayout layout;
  private final List<ByteString> rows;
  private final Map<Integer, String> rejected = new TreeMap<>();
  private final Deque<List<Integer>> waiting = new ArrayDeque<>();

  RowSender(CdcMode.Parts parts, TableId table, RowLayout layout, List<ByteString> rows) {
    this.parts = parts;
    this.table = table;
    this.layout = layout;
    this.rows = rows;
  }

  /** Rows that BigQuery rejected, by index, with its reasons; all others are in the table. */
  Map<Integer, String> send() throws InterruptedException {
    RowStream stream = parts.warehouse().openDefault(table, layout.descriptor());
    Pause pause = new Pause(parts.settings(), parts.counters(), parts.clock());
    cut();
    try {
      while (!waiting.isEmpty()) {
        AppendOutcome trouble = round(stream);
        if (trouble == null) {
          pause.reset();
        } else {
          if (trouble instanceof AppendOutcome.Absent) {
            parts.tables().refuseDropped(table, layout.staged().wires());
          }
          pause.once(trouble, table);
        }
      }
    } finally {
      pause.reset();
    }
    return rejected;
  }

  /** A windowful of requests; what has to be sent again waits at the front. */
  private AppendOutcome round(RowStream stream) throws InterruptedException {
    Map<List<Integer>, CompletableFuture<AppendOutcome>> answers = new LinkedHashMap<>();
    while (!waiting.isEmpty() && answers.size() < WINDOW) {
      List<Integer> request = waiting.poll();
      answers.put(request, stream.append(request.stream().map(rows::get).toList()));
    }
    AppendOutcome trouble = null;
    List<List<Integer>> again = new ArrayList<>();
    for (Map.Entry<List<Integer>, CompletableFuture<AppendOutcome>> sent : answers.entrySet()) {
      AppendOutcome outcome = Staging.await(sent.getValue());
      if (outcome instanceof AppendOutcome.RowsRejected bad) {
        again.add(without(sent.getKey(), bad.reasons()));
      } else if (outcome instanceof AppendOutcome.Refused refused) {
        throw new SinkException(
            refused.code(), "Append to " + table + ": " + refused.reason() + ".");
      } else if (!(outcome instanceof AppendOutcome.Accepted)) {
        // the first tells why; the others only that their connection ended with it
        trouble = trouble == null ? outcome : trouble;
        again.add(sent.getKey());
      }
    }
    parts.counters().add(Counters.What.APPENDS_REPEATED, again.size());
    for (int i = again.size() - 1; i >= 0; i--) {
      if (!again.get(i).isEmpty()) {
        waiting.addFirst(again.get(i));
      }
    }
    return trouble;
  }

  /** None of the request's rows was written; BigQuery may not have named all that are bad. */
  private List<Integer> without(List<Integer> request, Map<Integer, String> reasons) {
    List<Integer> rest = new ArrayList<>();
    for (int i = 0; i < request.size(); i++) {
      if (reasons.containsKey(i)) {
        rejected.put(request.get(i), reasons.get(i));
      } else {
        rest.add(request.get(i));
      }
    }
    return rest;
  }

  private void cut() {
    List<Integer> request = new ArrayList<>();
    long size = 0;
    for (int i = 0; i < rows.size(); i++) {
      if (size > 0 && size + rows.get(i).size() > parts.settings().appendBytes()) {
        waiting.add(request);
        request = new ArrayList<>();
        size = 0;
      }
      request.add(i);
      size += rows.get(i).size();
    }
    if (!request.isEmpty()) {
      waiting.add(request);
    }
  }
}
