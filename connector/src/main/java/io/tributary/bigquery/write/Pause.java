package io.tributary.bigquery.write;

import io.tributary.bigquery.config.WriteSettings;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.table.Later;
import io.tributary.bigquery.table.TableId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Growing pauses up to a deadline that depends on what is waited for. */
final class Pause {
  private static final Logger LOG = LoggerFactory.getLogger(Pause.class);
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(3);

  private final WriteSettings settings;
  private final Counters counters;
  private final Clock clock;
  private Instant since;
  private Duration length = FIRST;
  private boolean behind;

  Pause(WriteSettings settings, Counters counters, Clock clock) {
    this.settings = settings;
    this.counters = counters;
    this.clock = clock;
    this.since = clock.instant();
  }

  void reset() {
    if (behind) {
      counters.add(Counters.What.SCHEMA_WAITING, -1);
      behind = false;
    }
    since = clock.instant();
    length = FIRST;
  }

  void once(AppendOutcome trouble, TableId table) throws InterruptedException {
    boolean schema = trouble instanceof AppendOutcome.SchemaBehind;
    if (schema && !behind) {
      behind = true;
      counters.add(Counters.What.SCHEMA_WAITS, 1);
      counters.add(Counters.What.SCHEMA_WAITING, 1);
      LOG.info(
          "The write path does not see a new column of {} yet; waiting up to {} s.",
          table,
          settings.schemaTimeout().toSeconds());
    }
    Duration deadline = schema ? settings.schemaTimeout() : settings.retryDeadline();
    Duration left = Duration.between(clock.instant(), since.plus(deadline));
    if (left.isNegative()) {
      throw new SinkException(
          lasting(trouble),
          "Writing to "
              + table
              + " did not succeed within "
              + deadline.toSeconds()
              + " s: "
              + reason(trouble)
              + ".");
    }
    TimeUnit.MILLISECONDS.sleep(longer(length, shorter(asked(trouble), left)).toMillis());
    length = shorter(length.multipliedBy(2), LONGEST);
  }

  /** What BigQuery asks for is kept, but not beyond the deadline. */
  private static Duration asked(AppendOutcome trouble) {
    return trouble instanceof Later later ? later.pause() : Duration.ZERO;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static ErrorCode lasting(AppendOutcome trouble) {
    if (trouble instanceof AppendOutcome.TryAgain again) {
      return again.lasting();
    }
    return trouble instanceof AppendOutcome.Absent absent
        ? absent.lasting()
        : ErrorCode.BIGQUERY_UNAVAILABLE;
  }

  private static String reason(AppendOutcome trouble) {
    if (trouble instanceof AppendOutcome.TryAgain again) {
      return again.reason();
    }
    if (trouble instanceof AppendOutcome.StreamGone gone) {
      return gone.reason();
    }
    return ((AppendOutcome.Absent) trouble).reason();
  }
}
