package io.tributary.bigquery.write;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The default stream of one table. Rows are in the table as soon as they are acknowledged, and may
 * be in it twice when an answer was lost. Thread-safe; needs no closing.
 */
@FunctionalInterface
public interface RowStream {
  /**
   * Sends rows without waiting, several requests at a time. The future never fails: what went wrong
   * is an outcome. A connection that ended is replaced by the next request.
   */
  CompletableFuture<AppendOutcome> append(List<ByteString> rows);
}
