package io.tributary.bigquery.write;

import com.google.protobuf.ByteString;
import io.tributary.bigquery.table.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A pending write stream of one table, with its connection. Appends are answered in order;
 * thread-safe.
 */
public interface PendingStream extends AutoCloseable {
  String name();

  /** When it was made, by BigQuery's clock; empty where BigQuery does not say. */
  Optional<Instant> created();

  /**
   * Sends rows for a stated offset without waiting. The future never fails: what went wrong is an
   * outcome. After a connection failed for good every later append answers {@link
   * AppendOutcome.TryAgain}, until {@link #reconnect()}.
   */
  CompletableFuture<AppendOutcome> append(long offset, List<ByteString> rows);

  /** Opens a new connection to the same stream. */
  Answer<Void> reconnect();

  /** Ends the stream; answers its number of rows. Repeating it is harmless. */
  Answer<Long> finish();

  @Override
  void close();
}
