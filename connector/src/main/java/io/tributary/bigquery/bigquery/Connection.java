package io.tributary.bigquery.bigquery;

import com.google.api.core.ApiFuture;
import com.google.api.core.ApiFutureCallback;
import com.google.api.core.ApiFutures;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.ByteString;
import io.tributary.bigquery.write.AppendOutcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One connection of a stream. Once given up it takes no rows any more. */
final class Connection {
  private final StreamWriter writer;
  private final Duration patience;
  private volatile boolean abandoned;

  /**
   * @param patience how long an answer may take; a connection that lets one wait longer is given up
   */
  Connection(StreamWriter writer, Duration patience) {
    this.writer = writer;
    this.patience = patience;
  }

  CompletableFuture<AppendOutcome> append(long offset, List<ByteString> rows) {
    if (abandoned || writer.isClosed()) {
      return CompletableFuture.completedFuture(
          new AppendOutcome.TryAgain("The connection is closed."));
    }
    CompletableFuture<AppendOutcome> outcome = new CompletableFuture<>();
    try {
      ApiFuture<AppendRowsResponse> sent =
          writer.append(ProtoRows.newBuilder().addAllSerializedRows(rows).build(), offset);
      ApiFutures.addCallback(sent, completing(outcome), MoreExecutors.directExecutor());
    } catch (RuntimeException refused) {
      outcome.complete(Outcomes.append(refused));
    }
    return withDeadline(outcome);
  }

  void abandon() {
    abandoned = true;
  }

  /** Waits for the answers that are still out. */
  void close() {
    writer.close();
  }

  private CompletableFuture<AppendOutcome> withDeadline(CompletableFuture<AppendOutcome> outcome) {
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

  private static ApiFutureCallback<AppendRowsResponse> completing(
      CompletableFuture<AppendOutcome> outcome) {
    return new ApiFutureCallback<>() {
      @Override
      public void onSuccess(AppendRowsResponse response) {
        outcome.complete(new AppendOutcome.Accepted());
      }

      @Override
      public void onFailure(Throwable failure) {
        outcome.complete(Outcomes.append(failure));
      }
    };
  }
}
