package io.tributary.emulator.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.engine.Engine;
import io.tributary.emulator.engine.QueryRequest;
import io.tributary.emulator.engine.StatementResult;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is remembered of jobs. */
class RetentionTest {
  private final Job running = new Job(null, Instant.EPOCH);

  @Test
  void theOldestJobsThatHaveEndedAreForgotten() {
    Job first = failed();
    Job second = failed();
    Job third = failed();
    List<Job> jobs = new ArrayList<>(List.of(running, first, second, third));
    assertThat(new Retention(2, 100).trim(jobs)).containsExactlyInAnyOrder(first, second);
    assertThat(jobs).containsExactly(running, third);
  }

  @Test
  void theOldestResultsAreForgottenBeyondTheCells() {
    Job first = failed();
    Job second = sixCells();
    Job third = sixCells();
    List<Job> jobs = new ArrayList<>(List.of(running, first, second, third));
    assertThat(new Retention(4, 12).trim(jobs)).isEmpty();
    assertThat(new Retention(4, 11).trim(jobs)).containsExactly(second);
    assertThat(jobs).containsExactly(running, first, third);
  }

  private static Job failed() {
    Job job = new Job(null, Instant.EPOCH);
    job.fail(JobError.of(BigQueryError.invalidQuery("wrong")), Instant.EPOCH);
    return job;
  }

  private static Job sixCells() {
    Job job = new Job(null, Instant.EPOCH);
    try (Engine engine = Engine.open(null, Clock.systemUTC())) {
      StatementResult result =
          engine.run(QueryRequest.of("p", "SELECT x, x AS y FROM UNNEST([1, 2, 3]) AS x"));
      job.succeed(result, Instant.EPOCH);
    }
    return job;
  }
}
