package io.tributary.bigquery.write;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import io.tributary.bigquery.config.TableChoices;
import io.tributary.bigquery.table.Answer;
import io.tributary.bigquery.table.JobState;
import io.tributary.bigquery.table.Patience;
import io.tributary.bigquery.table.StagingTable;
import io.tributary.bigquery.table.Step;
import io.tributary.bigquery.table.Submission;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.table.TableSchema;
import io.tributary.bigquery.table.TableSettings;
import io.tributary.bigquery.table.Tables;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChainTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final TableId TABLE = new TableId("p", "d", "t");

  @Test
  void aJobThatIsKnownNoMoreIsSubmittedAgain() {
    Forgetful service = new Forgetful(2, null);
    fold(service);
    assertThat(service.submitted).hasSize(3).containsOnly(service.submitted.get(0));
    assertThat(service.applied)
        .as("the first job is remembered")
        .containsExactly(
            new Step.SetLabel(StagingTable.of(TABLE, "d"), StagingTable.CHAIN_LABEL, "1"));
  }

  @ParameterizedTest
  @CsvSource({"fold, 1", "care, 2", ", 2"})
  void aJobOfAnotherTaskThatGotTheNumberServesIfItFolds(String work, int submissions) {
    Forgetful service = new Forgetful(0, work == null ? Map.of() : Map.of("tributary_work", work));
    fold(service);
    assertThat(service.submitted).hasSize(submissions).doesNotHaveDuplicates();
  }

  private static void fold(Forgetful service) {
    Tables tables =
        new Tables(
            service,
            new Patience(LIMIT),
            new TableSettings("d", 1, true, false, TableChoices.NONE),
            Clock.systemUTC());
    new Chain(service, tables, TABLE, LIMIT, new Counters())
        .apply(() -> "SELECT 1", Chain.Work.FOLD, Instant::now);
  }

  /**
   * Takes jobs and forgets the first ones, as a service that lost its memory; another task may get
   * the first number.
   */
  private static final class Forgetful implements Warehouse {
    private final int forgotten;
    private final Map<String, String> rival;
    private final List<String> submitted = new ArrayList<>();
    private final List<Step> applied = new ArrayList<>();

    /**
     * @param rival labels of another task's job, null if there is none
     */
    private Forgetful(int forgotten, Map<String, String> rival) {
      this.forgotten = forgotten;
      this.rival = rival;
    }

    @Override
    public Submission submit(String jobId, String script, Map<String, String> labels) {
      submitted.add(jobId);
      return isRivals(jobId) ? new Submission.IdInUse() : new Submission.Taken();
    }

    @Override
    public Answer<JobState> job(String jobId) {
      return new Answer.Ok<>(
          submitted.size() > forgotten && submitted.contains(jobId)
              ? new JobState.Succeeded(Instant.EPOCH, isRivals(jobId) ? rival : Map.of())
              : new JobState.Absent());
    }

    private boolean isRivals(String jobId) {
      return rival != null && submitted.get(0).equals(jobId);
    }

    @Override
    public Answer<Optional<TableSchema>> describe(TableId table) {
      return new Answer.Ok<>(Optional.empty());
    }

    @Override
    public Answer<Void> apply(Step step) {
      applied.add(step);
      return new Answer.Ok<>(null);
    }

    @Override
    public Answer<List<List<String>>> read(String sql) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Answer<PendingStream> openPending(TableId table, DescriptorProto writerSchema) {
      throw new UnsupportedOperationException();
    }

    @Override
    public RowStream openDefault(TableId table, DescriptorProto writerSchema) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Answer<Long> finish(String stream) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CommitOutcome commit(TableId table, List<String> streams) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
