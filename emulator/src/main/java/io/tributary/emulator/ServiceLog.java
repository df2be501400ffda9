package io.tributary.emulator;

import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.ColumnType;
import io.tributary.emulator.catalog.Mode;
import io.tributary.emulator.engine.DmlStats;
import io.tributary.emulator.engine.ServiceViews;
import io.tributary.emulator.engine.SystemView;
import io.tributary.emulator.jobs.Job;
import io.tributary.emulator.jobs.JobRecord;
import io.tributary.emulator.write.AppendRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** INFORMATION_SCHEMA's views of jobs and of the Storage Write API. */
final class ServiceLog implements ServiceViews {
  private static final Pattern TABLE =
      Pattern.compile("projects/([^/]+)/datasets/([^/]+)/tables/([^/$]+).*");

  private final Supplier<List<Job>> jobs;
  private final Supplier<List<AppendRecord>> appends;

  /** What the requests of one minute to one table have in common. */
  private record Bucket(
      Instant minute, String project, String dataset, String table, String type, String outcome) {}

  ServiceLog(Supplier<List<Job>> jobs, Supplier<List<AppendRecord>> appends) {
    this.jobs = jobs;
    this.appends = appends;
  }

  @Override
  public Optional<SystemView> view(String name, String project) {
    return switch (name) {
      case "JOBS", "JOBS_BY_PROJECT", "JOBS_BY_USER" -> Optional.of(jobs(project));
      case "WRITE_API_TIMELINE", "WRITE_API_TIMELINE_BY_PROJECT" -> Optional.of(timeline(project));
      default -> Optional.empty();
    };
  }

  private static Column column(String name, ColumnType type) {
    return Column.nullable(name, type);
  }

  private SystemView jobs(String project) {
    List<Column> columns =
        List.of(
            column("creation_time", ColumnType.TIMESTAMP),
            column("project_id", ColumnType.STRING),
            column("user_email", ColumnType.STRING),
            column("job_id", ColumnType.STRING),
            column("job_type", ColumnType.STRING),
            column("statement_type", ColumnType.STRING),
            column("priority", ColumnType.STRING),
            column("start_time", ColumnType.TIMESTAMP),
            column("end_time", ColumnType.TIMESTAMP),
            column("query", ColumnType.STRING),
            column("state", ColumnType.STRING),
            column("cache_hit", ColumnType.BOOL),
            Column.struct(
                "error_result",
                Mode.NULLABLE,
                List.of(
                    column("reason", ColumnType.STRING),
                    column("location", ColumnType.STRING),
                    column("debug_info", ColumnType.STRING),
                    column("message", ColumnType.STRING))),
            Column.struct(
                "labels",
                Mode.REPEATED,
                List.of(column("key", ColumnType.STRING), column("value", ColumnType.STRING))),
            column("parent_job_id", ColumnType.STRING),
            Column.struct(
                "dml_statistics",
                Mode.NULLABLE,
                List.of(
                    column("inserted_row_count", ColumnType.INT64),
                    column("deleted_row_count", ColumnType.INT64),
                    column("updated_row_count", ColumnType.INT64))));
    List<Object[]> rows =
        jobs.get().stream()
            .map(Job::record)
            .filter(job -> job.project().equals(project))
            .map(ServiceLog::row)
            .toList();
    return new SystemView(columns, rows);
  }

  private static Object[] row(JobRecord job) {
    Object error =
        job.errorReason() == null
            ? null
            : new Object[] {job.errorReason(), null, null, job.errorMessage()};
    List<Object> labels = new ArrayList<>();
    new TreeMap<>(job.labels()).forEach((k, v) -> labels.add(new Object[] {k, v}));
    DmlStats dml = job.dmlStats();
    return new Object[] {
      job.created(),
      job.project(),
      job.user(),
      job.id(),
      job.type(),
      job.statementType(),
      "INTERACTIVE",
      job.started(),
      job.ended(),
      job.sql(),
      job.state(),
      false,
      error,
      labels,
      job.parentId(),
      dml == null ? null : new Object[] {dml.inserted(), dml.deleted(), dml.updated()}
    };
  }

  private SystemView timeline(String project) {
    Map<Bucket, long[]> sums = new LinkedHashMap<>();
    for (AppendRecord append : appends.get()) {
      Matcher table = TABLE.matcher(append.stream());
      if (table.matches() && table.group(1).equals(project)) {
        Bucket bucket =
            new Bucket(
                append.when().truncatedTo(ChronoUnit.MINUTES),
                project,
                table.group(2),
                table.group(3),
                append.type(),
                append.outcome());
        long[] sum = sums.computeIfAbsent(bucket, b -> new long[3]);
        sum[0]++;
        sum[1] += append.rows();
        sum[2] += append.bytes();
      }
    }
    List<Object[]> rows = new ArrayList<>();
    sums.forEach(
        (b, sum) ->
            rows.add(
                new Object[] {
                  b.minute(),
                  b.project(),
                  null,
                  b.dataset(),
                  b.table(),
                  b.type(),
                  b.outcome(),
                  sum[0],
                  sum[1],
                  sum[2]
                }));
    return new SystemView(
        List.of(
            column("start_timestamp", ColumnType.TIMESTAMP),
            column("project_id", ColumnType.STRING),
            column("project_number", ColumnType.INT64),
            column("dataset_id", ColumnType.STRING),
            column("table_id", ColumnType.STRING),
            column("stream_type", ColumnType.STRING),
            column("error_code", ColumnType.STRING),
            column("total_requests", ColumnType.INT64),
            column("total_rows", ColumnType.INT64),
            column("total_input_bytes", ColumnType.INT64)),
        rows);
  }
}
