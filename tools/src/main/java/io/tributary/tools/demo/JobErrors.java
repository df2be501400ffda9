package io.tributary.tools.demo;

import io.tributary.emulator.jobs.JobRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The BigQuery jobs that failed, for whoever must find out why.
 *
 * @param jobs only failed ones
 */
record JobErrors(List<JobRecord> jobs) {
  private static final String SINK_PREFIX = "tributary_";
  private static final int SHOWN = 5;

  /** Copies the list. */
  JobErrors {
    jobs = List.copyOf(jobs);
  }

  /** Leaves out the demo's own queries, which ask for tables before they exist. */
  static JobErrors ofSink(List<JobRecord> failed) {
    return new JobErrors(failed.stream().filter(job -> job.id().startsWith(SINK_PREFIX)).toList());
  }

  /** One line for each of the first jobs. */
  List<String> messages() {
    return jobs.stream().limit(SHOWN).map(JobErrors::message).toList();
  }

  /** Writes messages and statements of all of them. */
  void write(Path file) throws IOException {
    Files.write(file, jobs.stream().map(job -> message(job) + "\n" + job.sql() + "\n").toList());
  }

  private static String message(JobRecord job) {
    return "BigQuery job "
        + job.id()
        + " failed ("
        + job.errorReason()
        + "): "
        + job.errorMessage();
  }
}
