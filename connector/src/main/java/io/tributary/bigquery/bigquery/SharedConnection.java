package io.tributary.bigquery.bigquery;

import com.google.api.gax.grpc.GrpcCallContext;
import com.google.api.gax.rpc.ClientStream;
import com.google.api.gax.rpc.ResponseObserver;
import com.google.api.gax.rpc.StreamController;
import com.google.cloud.bigquery.storage.v1.AppendRowsRequest;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.cloud.bigquery.storage.v1.ProtoSchema;
import com.google.protobuf.ByteString;
import io.tributary.bigquery.write.AppendOutcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A connection that carries the rows of many default streams. Answers come in the order of the
 * requests. Once it has ended it takes no rows any more. Thread-safe.
 */
final class SharedConnection implements ResponseObserver<AppendRowsResponse> {
  private static final String TRACE_ID = "tributary:sink";

  private final Duration patience;
  private final ClientStream<AppendRowsRequest> requests;
  private final Queue<CompletableFuture<AppendOutcome>> unanswered = new ArrayDeque<>();
  private final Map<String, ProtoSchema> told = new HashMap<>();
  private StreamController controller;
  private String aim;
  private boolean ended;

  /**
   * @param first the stream that the service finds the connection's place by
   * @param patience how long an answer may take; a connection that lets one wait longer is given up
   */
  SharedConnection(BigQueryWriteClient client, String first, Duration patience) {
    this.patience = patience;
    Map<String, List<String>> place =
        Map.of("x-goog-request-params", List.of("write_stream=" + first));
    requests =
        client
            .appendRowsCallable()
            .splitCall(this, GrpcCallContext.createDefault().withExtraHeaders(place));
  }

  /**
   * Whether rows of this schema can be sent. It is not known for certain that a connection follows
   * another schema of a stream that it has carried; if it did not, values would be lost.
   */
  synchronized boolean takes(String stream, ProtoSchema schema) {
    return !ended && schema.equals(told.getOrDefault(stream, schema));
  }

  CompletableFuture<AppendOutcome> append(
      String stream, ProtoSchema schema, List<ByteString> rows) {
    CompletableFuture<AppendOutcome> outcome = new CompletableFuture<>();
    send(stream, schema, rows, outcome);
    AppendOutcome silence =
        new AppendOutcome.TryAgain("No answer within " + patience.toMillis() + " ms.");
    return outcome
        .completeOnTimeout(silence, patience.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(
            result -> {
              if (result == silence) {
                abandon();
              }
              return result;
            });
  }

  private synchronized void send(
      String stream,
      ProtoSchema schema,
      List<ByteString> rows,
      CompletableFuture<AppendOutcome> outcome) {
    if (ended) {
      outcome.complete(closed());
      return;
    }
    AppendRowsRequest.ProtoData.Builder data =
        AppendRowsRequest.ProtoData.newBuilder()
            .setRows(ProtoRows.newBuilder().addAllSerializedRows(rows));
    AppendRowsRequest.Builder request = AppendRowsRequest.newBuilder().setWriteStream(stream);
    if (aim == null) {
      request.setTraceId(TRACE_ID);
    }
    if (!stream.equals(aim)) {
      data.setWriterSchema(schema);
    }
    aim = stream;
    told.put(stream, schema);
    unanswered.add(outcome);
    requests.send(request.setProtoRows(data).build());
  }

  /** Takes no more rows, and lets what was sent be answered. */
  synchronized void retire() {
    if (!ended) {
      ended = true;
      requests.closeSend();
    }
  }

  /** Ends at once; what is unanswered may have been stored or not. */
  void abandon() {
    StreamController stopped;
    synchronized (this) {
      ended = true;
      stopped = controller;
    }
    if (stopped != null) {
      stopped.cancel();
    }
    release(closed());
  }

  @Override
  public synchronized void onStart(StreamController started) {
    controller = started;
  }

  /** A success that tells of a changed schema is a success like others. */
  @Override
  public void onResponse(AppendRowsResponse response) {
    CompletableFuture<AppendOutcome> outcome;
    synchronized (this) {
      outcome = unanswered.poll();
    }
    if (outcome != null) {
      outcome.complete(Outcomes.append(response));
    }
  }

  /** The failure is that of the first request without an answer; the others were not looked at. */
  @Override
  public void onError(Throwable failure) {
    CompletableFuture<AppendOutcome> first;
    synchronized (this) {
      ended = true;
      first = unanswered.poll();
    }
    AppendOutcome outcome = Outcomes.append(failure);
    if (first != null) {
      first.complete(outcome);
    }
    String end = "The connection ended with the failure of another request.";
    release(
        outcome instanceof AppendOutcome.Unseen unseen
            ? new AppendOutcome.TryAgain(
                end + " " + unseen.reason(), Duration.ZERO, unseen.lasting())
            : new AppendOutcome.TryAgain(end));
  }

  @Override
  public void onComplete() {
    synchronized (this) {
      ended = true;
    }
    release(closed());
  }

  private void release(AppendOutcome fate) {
    List<CompletableFuture<AppendOutcome>> rest;
    synchronized (this) {
      rest = new ArrayList<>(unanswered);
      unanswered.clear();
    }
    rest.forEach(outcome -> outcome.complete(fate));
  }

  private static AppendOutcome closed() {
    return new AppendOutcome.TryAgain("The connection is closed.");
  }
}
