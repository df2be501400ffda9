package io.tributary.bigquery.write;

import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.table.JobState;
import io.tributary.bigquery.table.Patience;
import io.tributary.bigquery.table.StagingTable;
import io.tributary.bigquery.table.Step;
import io.tributary.bigquery.table.Submission;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.table.TableNames;
import io.tributary.bigquery.table.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chain of MERGE jobs of one destination. Job n+1 is submitted only after job n was seen to
 * have ended, and a job id can be used once: so no two jobs of a table overlap, from however many
 * tasks, and nobody holds a lock. Used by one flight at a time.
 */
final class Chain {
  private static final Logger LOG = LoggerFactory.getLogger(Chain.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final long LABEL_EVERY = 64;

  /** What BigQuery says of a table that it applies changes to itself. */
  private static final String STREAMED_TO = "not supported over tables that had UPSERT streams";

  private final Warehouse warehouse;
  private final Tables tables;
  private final TableId table;
  private final Patience patience;
  private final Duration deadline;
  private final ChainNames names;
  private final Counters counters;

  /**
   * The first number that was not seen to have ended; every lower one has. Zero: not looked for
   * yet.
   */
  private long next;

  private boolean labelled;

  Chain(Warehouse warehouse, Tables tables, TableId table, Duration deadline, Counters counters) {
    this.warehouse = warehouse;
    this.tables = tables;
    this.table = table;
    this.patience = new Patience(deadline);
    this.deadline = deadline;
    this.names = ChainNames.of(table);
    this.counters = counters;
  }

  /** What a job of the chain does; its label says so. */
  enum Work {
    /** Folds everything that was sealed before it, for whoever has sealed it. */
    FOLD,
    /** Changes the table in a way that its submitter alone wants. */
    CARE;

    private static final String LABEL = "tributary_work";

    private Map<String, String> labels() {
      return Map.of("created_by", "tributary", LABEL, name().toLowerCase(Locale.ROOT));
    }

    /** Whether a job of somebody else did it, too. */
    private boolean doneBy(JobState.Succeeded other) {
      return this == FOLD && labels().get(LABEL).equals(other.labels().get(LABEL));
    }
  }

  /**
   * Returns when a job has done the work that was created after this call began.
   *
   * @param script builds the script anew for each job
   */
  void apply(Supplier<String> script, Work work, Supplier<Instant> clock) {
    Instant giveUp = clock.get().plus(deadline);
    boolean unborn = false;
    if (next == 0) {
      Optional<String> label = tables.stagingLabel(table, StagingTable.CHAIN_LABEL);
      labelled = label.isPresent();
      next = new ChainHead(this::state, label).find();
    }
    while (true) {
      if (clock.get().isAfter(giveUp)) {
        throw new SinkException(
            ErrorCode.BIGQUERY_UNAVAILABLE,
            "No MERGE of " + table + " succeeded within " + deadline.toSeconds() + " s.");
      }
      if (!unborn) {
        JobState state = state(next);
        unborn = state instanceof JobState.Absent || state instanceof JobState.Underway;
        if (state instanceof JobState.Underway) {
          awaitEnd(next);
        }
        if (!(state instanceof JobState.Absent)) {
          next++;
        }
        continue;
      }
      String text = script.get();
      boolean ours = submit(next, text, work);
      JobState end = awaitEnd(next);
      if (end instanceof JobState.Absent) {
        // taken, but nobody knows it: nothing says that it did anything, and its id is free
        continue;
      }
      long number = next++;
      if (end instanceof JobState.Failed failed) {
        weigh(failed, number);
        if (ours && lasting(failed) && text.equals(script.get())) {
          throw new SinkException(
              ErrorCode.WRITE_REFUSED,
              "Job " + names.job(number) + " failed with " + failed.reason());
        }
      } else if (ours || (end instanceof JobState.Succeeded done && work.doneBy(done))) {
        counters.add(Counters.What.CHAIN_JOBS, ours ? 1 : 0);
        remember(number, ours);
        return;
      }
    }
  }

  /** A failed job uses its number up; some failures concern every job of the table. */
  private void weigh(JobState.Failed failed, long number) {
    LOG.warn("Job {} failed with {}", names.job(number), failed.reason());
    if (failed.reason().contains(STREAMED_TO)) {
      throw new SinkException(ErrorCode.TABLE_STREAMED, "Table " + table + ": " + failed.reason());
    }
  }

  /** Whether the same script would fail again; a script for the table as it is now may not. */
  private static boolean lasting(JobState.Failed failed) {
    return !failed.passing() && !failed.reason().contains(FoldScript.TOO_NARROW);
  }

  /** True when the job is ours for certain. */
  private boolean submit(long number, String script, Work work) {
    Submission submission =
        Patience.repeat(
            () -> warehouse.submit(names.job(number), script, work.labels()),
            answer -> answer instanceof Submission.TryAgain,
            LONGEST_PAUSE,
            deadline);
    if (submission instanceof Submission.Taken) {
      return true;
    }
    if (submission instanceof Submission.IdInUse) {
      return false;
    }
    if (submission instanceof Submission.Refused refused) {
      throw new SinkException(refused.code(), refused.reason());
    }
    throw new SinkException(
        ErrorCode.BIGQUERY_UNAVAILABLE,
        "Could not submit job "
            + names.job(number)
            + ": "
            + ((Submission.TryAgain) submission).reason()
            + ".");
  }

  private JobState awaitEnd(long number) {
    JobState end =
        Patience.repeat(
            () -> state(number),
            state -> state instanceof JobState.Underway,
            LONGEST_PAUSE,
            deadline);
    if (end instanceof JobState.Underway) {
      throw new SinkException(
          ErrorCode.BIGQUERY_UNAVAILABLE,
          "Job " + names.job(number) + " still runs after " + deadline.toSeconds() + " s.");
    }
    return end;
  }

  private JobState state(long number) {
    return patience.ask("look at job " + names.job(number), () -> warehouse.job(names.job(number)));
  }

  /**
   * Leaves a lower bound of the chain's end on the staging table, so that it outlives idle times
   * and expired marks; the first one soon, because it also tells that there is a chain.
   */
  private void remember(long number, boolean ours) {
    if (ours && (!labelled || number % LABEL_EVERY == 0)) {
      tables.apply(
          new Step.SetLabel(
              tables.staging(table), StagingTable.CHAIN_LABEL, Long.toString(number)));
      labelled = true;
    }
  }

  /** The ids of a chain's jobs. */
  record ChainNames(String prefix) {
    /** Of the table's name in ids of jobs, which have 1,024 characters at most. */
    private static final int LONGEST_NAME = 200;

    static ChainNames of(TableId table) {
      String name = table.table().replaceAll("[^A-Za-z0-9_-]", "_");
      String plain = name.substring(0, Math.min(name.length(), LONGEST_NAME));
      String place = TableNames.digest(table.toString());
      return new ChainNames("tributary_" + plain + "_" + place + "_");
    }

    String job(long number) {
      return prefix + number;
    }
  }
}
