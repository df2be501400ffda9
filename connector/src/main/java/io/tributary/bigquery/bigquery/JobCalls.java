package io.tributary.bigquery.bigquery;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.client.util.Data;
import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.DataFormatOptions;
import com.google.api.services.bigquery.model.ErrorProto;
import com.google.api.services.bigquery.model.GetQueryResultsResponse;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobReference;
import com.google.api.services.bigquery.model.QueryRequest;
import com.google.api.services.bigquery.model.QueryResponse;
import com.google.api.services.bigquery.model.TableCell;
import com.google.api.services.bigquery.model.TableRow;
import io.tributary.bigquery.table.Answer;
import io.tributary.bigquery.table.Answers;
import io.tributary.bigquery.table.JobState;
import io.tributary.bigquery.table.Submission;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Jobs and small queries over REST. */
final class JobCalls {
  private static final Duration READ_DEADLINE = Duration.ofSeconds(60);
  private static final long WAIT_MS = 20_000;

  private final Rest rest;
  private final Bigquery client;
  private final String project;

  JobCalls(Rest rest, String project) {
    this.rest = rest;
    this.client = rest.client();
    this.project = project;
  }

  Submission submit(String jobId, String script, Map<String, String> labels) {
    Answer<String> location = rest.location();
    if (location instanceof Answer.TryAgain<String> later) {
      return new Submission.TryAgain(later.reason(), later.pause());
    }
    if (location instanceof Answer.Refused<String> refused) {
      return new Submission.Refused(refused.code(), refused.reason());
    }
    Job job =
        new Job()
            .setJobReference(
                new JobReference()
                    .setProjectId(project)
                    .setJobId(jobId)
                    .setLocation(((Answer.Ok<String>) location).value()))
            .setConfiguration(
                new JobConfiguration()
                    .setLabels(labels)
                    .setQuery(new JobConfigurationQuery().setQuery(script).setUseLegacySql(false)));
    try {
      client.jobs().insert(project, job).execute();
      return new Submission.Taken();
    } catch (IOException failure) {
      return Outcomes.submission(RestFault.of(failure));
    }
  }

  Answer<JobState> job(String jobId) {
    return Answers.then(rest.location(), location -> job(jobId, location));
  }

  private Answer<JobState> job(String jobId, String location) {
    try {
      return new Answer.Ok<>(
          state(client.jobs().get(project, jobId).setLocation(location).execute()));
    } catch (IOException failure) {
      RestFault fault = RestFault.of(failure);
      return Outcomes.meaning(fault) == Outcomes.Meaning.MISSING
          ? new Answer.Ok<>(new JobState.Absent())
          : Outcomes.answer(fault);
    }
  }

  private static JobState state(Job job) {
    if (job.getStatus() == null || !"DONE".equals(job.getStatus().getState())) {
      return new JobState.Underway();
    }
    Long millis = job.getStatistics() == null ? null : job.getStatistics().getCreationTime();
    Instant created = Instant.ofEpochMilli(millis == null ? 0 : millis);
    ErrorProto error = job.getStatus().getErrorResult();
    return error == null
        ? new JobState.Succeeded(created, labels(job))
        : new JobState.Failed(created, Outcomes.reason(error), Outcomes.passing(error));
  }

  private static Map<String, String> labels(Job job) {
    Map<String, String> labels =
        job.getConfiguration() == null ? null : job.getConfiguration().getLabels();
    return labels == null ? Map.of() : Map.copyOf(labels);
  }

  Answer<List<List<String>>> read(String sql) {
    return Answers.then(rest.location(), location -> Rest.call(() -> read(sql, location)));
  }

  private List<List<String>> read(String sql, String location) throws IOException {
    Instant deadline = Instant.now().plus(READ_DEADLINE);
    QueryResponse first =
        client
            .jobs()
            .query(
                project,
                new QueryRequest()
                    .setQuery(sql)
                    .setUseLegacySql(false)
                    .setLocation(location)
                    .setTimeoutMs(WAIT_MS)
                    .setFormatOptions(new DataFormatOptions().setUseInt64Timestamp(true)))
            .execute();
    List<List<String>> rows = new ArrayList<>();
    addTo(rows, first.getRows());
    JobReference job = first.getJobReference();
    boolean complete = Boolean.TRUE.equals(first.getJobComplete());
    String page = first.getPageToken();
    while (!complete || page != null) {
      if (Instant.now().isAfter(deadline)) {
        throw new IOException("query not complete within " + READ_DEADLINE);
      }
      GetQueryResultsResponse next =
          client
              .jobs()
              .getQueryResults(project, job.getJobId())
              .setLocation(location)
              .setPageToken(page)
              .setTimeoutMs(WAIT_MS)
              .setFormatOptionsUseInt64Timestamp(true)
              .execute();
      addTo(rows, next.getRows());
      complete = Boolean.TRUE.equals(next.getJobComplete());
      page = next.getPageToken();
    }
    return rows;
  }

  private static void addTo(List<List<String>> rows, List<TableRow> page) throws IOException {
    if (page == null) {
      return;
    }
    for (TableRow row : page) {
      List<String> cells = new ArrayList<>();
      for (TableCell cell : row.getF()) {
        cells.add(text(cell.getV()));
      }
      rows.add(cells);
    }
  }

  private static String text(Object value) throws IOException {
    if (value == null || Data.isNull(value)) {
      return null;
    }
    return value instanceof String text ? text : GsonFactory.getDefaultInstance().toString(value);
  }
}
