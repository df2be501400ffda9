package io.tributary.tools.local;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.TimeoutExceededException;
import dev.failsafe.function.CheckedSupplier;
import java.time.Duration;

/** Waits, with a deadline, for something that only asking again can tell. */
public final class Await {
  private final Duration deadline;
  private final Duration pause;

  private Await(Duration deadline, Duration pause) {
    this.deadline = deadline;
    this.pause = pause;
  }

  /** Asks every {@code pause} until {@code deadline} has passed. */
  public static Await atMost(Duration deadline, Duration pause) {
    return new Await(deadline, pause);
  }

  /**
   * Returns once {@code condition} holds; an {@link Exception} of the condition counts as "not
   * yet", an {@link Error} or {@link GaveUpException} ends the waiting.
   *
   * @throws GaveUpException when the deadline passes, naming {@code what} was awaited
   */
  public void until(String what, CheckedSupplier<Boolean> condition) {
    RetryPolicy<Boolean> policy =
        RetryPolicy.<Boolean>builder()
            .handleResult(false)
            .handleIf(failure -> failure instanceof Exception && !isFinal(failure))
            .withDelay(pause)
            .withMaxDuration(deadline)
            .withMaxRetries(-1)
            .build();
    try {
      if (!Failsafe.with(policy).get(condition)) {
        throw new GaveUpException(what + ": not within " + deadline.toSeconds() + " s.", null);
      }
    } catch (GaveUpException e) {
      throw e;
    } catch (FailsafeException e) {
      throw late(what, e.getCause() == null ? e : e.getCause());
    } catch (RuntimeException e) {
      throw late(what, e);
    }
  }

  private GaveUpException late(String what, Throwable last) {
    return new GaveUpException(
        what + ": not within " + deadline.toSeconds() + " s; the last answer was: " + last, last);
  }

  private static boolean isFinal(Throwable failure) {
    return failure instanceof GaveUpException
        || failure instanceof InterruptedException
        || failure instanceof TimeoutExceededException;
  }

  /** What was awaited did not happen and will not. */
  public static final class GaveUpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With the last failure seen, if any. */
    public GaveUpException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
