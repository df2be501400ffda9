package io.tributary.bigquery.table;

import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Lets one of many tasks that meet the same change of a table make it. The right to make it is a
 * job id that follows from the table, its schema, the change and the hour: BigQuery gives an id
 * away once, and a table may be dropped and made many times. The others wait until the change
 * shows. Nobody holds a lock: if the task that got the id dies, the others take the next id after a
 * while; and two tasks that do not agree on the hour both try, of which one finds it done.
 * Thread-safe.
 */
final class Turns {
  /** How long one waits for the task that got the right to a change. */
  private static final Duration TURN = Duration.ofSeconds(10);

  private static final int TURNS = 12;
  private static final Map<String, String> LABELS = Map.of("created_by", "tributary");

  /** The job of a change that is made by a call: it has the id and does nothing. */
  private static final String NOTHING = "SELECT 1";

  private final TableAdmin admin;
  private final Patience patience;
  private final Clock clock;

  Turns(TableAdmin admin, Patience patience, Clock clock) {
    this.admin = admin;
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * Makes a change, or waits until another task has made it.
   *
   * @param before the table that the change was planned for
   */
  void make(Step step, Optional<TableSchema> before) {
    String name = name(step, before);
    for (int turn = 1; turn <= TURNS; turn++) {
      boolean done =
          step instanceof Step.Statement statement
              ? state(statement, name + turn, before)
              : call(step, name + turn, before);
      if (done) {
        return;
      }
    }
    throw new SinkException(
        ErrorCode.BIGQUERY_UNAVAILABLE, "Table " + step.table() + " could not be changed.");
  }

  private boolean call(Step step, String id, Optional<TableSchema> before) {
    if (take(step, id, NOTHING)) {
      patience.ask("change " + step.table(), () -> admin.apply(step));
      return true;
    }
    return Patience.within(TURN, () -> changed(step.table(), before));
  }

  private boolean state(Step.Statement step, String id, Optional<TableSchema> before) {
    boolean ours = take(step, id, step.sql());
    JobState end =
        patience.ask(
            "see the end of job " + id,
            () -> Answers.then(admin.job(id), state -> ended(state, id)));
    // what max_staleness is does not show in a schema
    boolean shows = !(step instanceof Step.SetStaleness);
    if ((ours && end instanceof JobState.Succeeded) || (shows && changed(step.table(), before))) {
      return true;
    }
    if (ours && end instanceof JobState.Failed failed && !failed.passing()) {
      throw new SinkException(
          ErrorCode.WRITE_REFUSED, "Job " + id + " failed with " + failed.reason());
    }
    return false;
  }

  private static Answer<JobState> ended(JobState state, String id) {
    return state instanceof JobState.Underway
        ? new Answer.TryAgain<>("job " + id + " still runs")
        : new Answer.Ok<>(state);
  }

  /** True when the job is ours for certain. */
  private boolean take(Step step, String id, String script) {
    Submission taken =
        patience.ask(
            "submit job " + id,
            () -> {
              Submission answer = admin.submit(id, script, LABELS);
              return answer instanceof Submission.TryAgain later
                  ? new Answer.TryAgain<>(later.reason(), later.pause())
                  : new Answer.Ok<>(answer);
            });
    if (taken instanceof Submission.Refused refused) {
      throw new SinkException(
          refused.code(), "Table " + step.table() + " cannot be changed: " + refused.reason());
    }
    return taken instanceof Submission.Taken;
  }

  private boolean changed(TableId table, Optional<TableSchema> before) {
    Optional<TableSchema> now =
        patience.ask("read the schema of " + table, () -> admin.describe(table));
    return !text(now).equals(text(before));
  }

  /** The same for every task that plans the same step for the same table in the same hour. */
  private String name(Step step, Optional<TableSchema> before) {
    String text = text(before) + " " + step + " " + clock.instant().truncatedTo(ChronoUnit.HOURS);
    UUID hash = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    return "tributary_change_" + hash + "_";
  }

  /** What steps change; the writer's labels change beside them. */
  private static String text(Optional<TableSchema> table) {
    return table
        .map(
            schema -> {
              Map<String, String> labels = new TreeMap<>(schema.labels());
              labels.remove(StagingTable.CHAIN_LABEL);
              labels.remove(TablePlanner.LOAD_LABEL);
              return schema.columns()
                  + " "
                  + schema.primaryKey()
                  + " "
                  + schema.traits().withLabels(labels);
            })
        .orElse("absent");
  }
}
