package io.tributary.bigquery.write;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import io.tributary.bigquery.table.Answer;
import io.tributary.bigquery.table.TableAdmin;
import io.tributary.bigquery.table.TableId;
import java.util.List;
import java.util.Map;

/**
 * The only way to BigQuery. Every call is one attempt with a deadline of its own, and thread-safe.
 */
public interface Warehouse extends TableAdmin, AutoCloseable {
  /** Creates a pending stream of a table and connects to it. */
  Answer<PendingStream> openPending(TableId table, DescriptorProto writerSchema);

  /** Makes the rows of finished pending streams of one table visible, all or none. */
  CommitOutcome commit(TableId table, List<String> streams);

  /**
   * Starts a script as a query job (jobs.insert) under a given id, in the configured job project
   * and location.
   */
  Submission submit(String jobId, String script, Map<String, String> labels);

  /** What became of a job; a failure to ask is an answer of its own, never a state. */
  Answer<JobState> job(String jobId);

  /**
   * Runs a read-only query and returns all rows as text cells; null for NULL. For small results.
   */
  Answer<List<List<String>>> read(String sql);

  @Override
  void close();
}
