package io.tributary.bigquery.table;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import dev.failsafe.function.CheckedPredicate;
import dev.failsafe.function.CheckedSupplier;
import io.tributary.bigquery.error.SinkException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Asks again, with growing pauses, until there is an answer or the deadline has passed.
 * Thread-safe.
 */
public final class Patience {
  private static final Duration FIRST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final Duration POLICY = Duration.ofNanos(-1);

  private final Duration deadline;

  public Patience(Duration deadline) {
    this.deadline = deadline;
  }

  /**
   * The answer's value; a refusal is thrown with its own code, a deadline with that of what did not
   * pass.
   */
  public <T> T ask(String what, Supplier<Answer<T>> attempt) {
    Answer<T> answer =
        repeat(attempt::get, given -> given instanceof Answer.TryAgain, LONGEST, deadline);
    if (answer instanceof Answer.Ok<T> ok) {
      return ok.value();
    }
    if (answer instanceof Answer.Refused<T> refused) {
      throw refused.asException();
    }
    Answer.TryAgain<T> last = (Answer.TryAgain<T>) answer;
    throw new SinkException(
        last.lasting(),
        "Could not " + what + " within " + deadline.toSeconds() + " s: " + last.reason() + ".");
  }

  /** Whether something comes true in time. */
  static boolean within(Duration time, BooleanSupplier condition) {
    return repeat(condition::getAsBoolean, met -> !met, LONGEST, time);
  }

  /** The pause that BigQuery asks for; a negative one stands for that of the policy. */
  private static Duration asked(Object result) {
    return result instanceof Later later && !later.pause().isZero() ? later.pause() : POLICY;
  }

  /**
   * The first result that is not of this kind, or the last before the deadline.
   *
   * @param longest no pause is longer, unless BigQuery asks for it
   */
  public static <T> T repeat(
      CheckedSupplier<T> attempt, CheckedPredicate<T> again, Duration longest, Duration deadline) {
    return Failsafe.with(
            RetryPolicy.<T>builder()
                .handleResultIf(again)
                .abortOn(Throwable.class)
                .withBackoff(FIRST, longest)
                .withJitter(0.2)
                // a quarter more, because jitter takes up to a fifth
                .withDelayFn(context -> asked(context.getLastResult()).multipliedBy(5).dividedBy(4))
                .withMaxRetries(-1)
                .withMaxDuration(deadline)
                .build())
        .get(attempt);
  }
}
