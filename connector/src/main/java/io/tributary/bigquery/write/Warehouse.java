package io.tributary.bigquery.write;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import io.tributary.bigquery.table.Answer;
import io.tributary.bigquery.table.TableAdmin;
import io.tributary.bigquery.table.TableId;
import java.util.List;

/**
 * The only way to BigQuery. Every call is one attempt with a deadline of its own, and thread-safe.
 */
public interface Warehouse extends TableAdmin, AutoCloseable {
  /** Creates a pending stream of a table and connects to it. */
  Answer<PendingStream> openPending(TableId table, DescriptorProto writerSchema);

  /** The default stream of a table; the service is not called before the first append. */
  RowStream openDefault(TableId table, DescriptorProto writerSchema);

  /** Ends a stream by its name; answers its number of rows. Repeating it is harmless. */
  Answer<Long> finish(String stream);

  /** Makes the rows of finished pending streams of one table visible, all or none. */
  CommitOutcome commit(TableId table, List<String> streams);

  @Override
  void close();
}
