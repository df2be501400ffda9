package io.tributary.bigquery.bigquery;

import com.google.api.gax.rpc.ApiException;
import com.google.auth.Credentials;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsRequest;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import io.tributary.bigquery.config.ServiceSettings;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.table.Answer;
import io.tributary.bigquery.table.Answers;
import io.tributary.bigquery.table.JobState;
import io.tributary.bigquery.table.Step;
import io.tributary.bigquery.table.Submission;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.table.TableSchema;
import io.tributary.bigquery.write.CommitOutcome;
import io.tributary.bigquery.write.PendingStream;
import io.tributary.bigquery.write.RowStream;
import io.tributary.bigquery.write.Warehouse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** BigQuery through Google's clients: metadata and jobs over REST, rows over gRPC. Thread-safe. */
public final class BigQueryWarehouse implements Warehouse {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(40);

  private final TableCalls tables;
  private final JobCalls jobs;
  private final WriteService writes;
  private final SharedConnections shared;

  private BigQueryWarehouse(
      TableCalls tables, JobCalls jobs, WriteService writes, SharedConnections shared) {
    this.tables = tables;
    this.jobs = jobs;
    this.writes = writes;
    this.shared = shared;
  }

  /**
   * Loads the credentials and prepares the clients; BigQuery itself is not called.
   *
   * @param connections how many connections carry the rows of all default streams, at most
   * @throws SinkException when the credentials are refused or the clients cannot be built
   */
  public static BigQueryWarehouse connect(ServiceSettings settings, int connections) {
    return connect(settings, CredentialLoader.load(settings), connections);
  }

  static BigQueryWarehouse connect(
      ServiceSettings settings, Optional<? extends Credentials> credentials, int connections) {
    Rest rest = Rest.open(settings, credentials, CONNECT_TIMEOUT, READ_TIMEOUT);
    try {
      WriteService writes = WriteService.open(settings.endpoints(), credentials);
      return new BigQueryWarehouse(
          new TableCalls(rest, settings.location()),
          new JobCalls(rest, settings.jobProject()),
          writes,
          new SharedConnections(writes, connections));
    } catch (IOException failure) {
      throw new SinkException(
          ErrorCode.PROJECT_UNREACHABLE,
          "The Storage Write API's client cannot be started.",
          failure);
    }
  }

  @Override
  public Answer<Optional<TableSchema>> describe(TableId table) {
    return tables.describe(table);
  }

  @Override
  public Answer<Void> apply(Step step) {
    return tables.apply(step);
  }

  @Override
  public Answer<PendingStream> openPending(TableId table, DescriptorProto writerSchema) {
    try {
      WriteStream wanted = WriteStream.newBuilder().setType(WriteStream.Type.PENDING).build();
      WriteStream stream = writes.client().createWriteStream(table.path(), wanted);
      return new Answer.Ok<>(OpenStream.connect(writes, stream, writerSchema));
    } catch (ApiException failure) {
      RpcFault fault = RpcFault.of(failure);
      return Outcomes.meaning(fault) == Outcomes.Meaning.UNSEEN
          ? unseen(table, fault)
          : Outcomes.answer(fault);
    } catch (IOException failure) {
      return Outcomes.answer(RpcFault.of(failure));
    }
  }

  /** For an absent table the write path says "denied"; REST tells the two apart. */
  private Answer<PendingStream> unseen(TableId table, RpcFault fault) {
    return Answers.then(
        tables.describe(table),
        found ->
            found.isPresent()
                ? Outcomes.answer(fault)
                : new Answer.Refused<>(ErrorCode.TABLE_UNFIT, "Table " + table + " was dropped."));
  }

  @Override
  public RowStream openDefault(TableId table, DescriptorProto writerSchema) {
    return shared.stream(table.path() + "/streams/_default", writerSchema);
  }

  @Override
  public Answer<Long> finish(String stream) {
    return writes.finish(stream);
  }

  @Override
  public CommitOutcome commit(TableId table, List<String> streams) {
    try {
      return Outcomes.commit(
          writes
              .client()
              .batchCommitWriteStreams(
                  BatchCommitWriteStreamsRequest.newBuilder()
                      .setParent(table.path())
                      .addAllWriteStreams(streams)
                      .build()),
          streams.size());
    } catch (ApiException failure) {
      return Outcomes.commit(RpcFault.of(failure));
    }
  }

  @Override
  public Submission submit(String jobId, String script, Map<String, String> labels) {
    return jobs.submit(jobId, script, labels);
  }

  @Override
  public Answer<JobState> job(String jobId) {
    return jobs.job(jobId);
  }

  @Override
  public Answer<List<List<String>>> read(String sql) {
    return jobs.read(sql);
  }

  @Override
  public void close() {
    shared.close();
    writes.close();
  }
}
