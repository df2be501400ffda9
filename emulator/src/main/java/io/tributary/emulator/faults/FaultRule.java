package io.tributary.emulator.faults;

import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.TableRef;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** What a fault does, and to whom. */
sealed interface FaultRule {
  /** The fault whose rule this is. */
  Fault fault();

  /** Strikes calls. */
  sealed interface CallRule extends FaultRule {
    CallMatch calls();

    AtomicLong seen();

    default boolean strikes(Call call) {
      if (fault().isReleased() || !calls().names(call)) {
        return false;
      }
      boolean strikes = calls().counts(seen().incrementAndGet());
      if (strikes) {
        fault().strike();
      }
      return strikes;
    }
  }

  record LostAnswer(Fault fault, CallMatch calls, AtomicLong seen) implements CallRule {}

  record DuplicatedCall(Fault fault, CallMatch calls, AtomicLong seen) implements CallRule {}

  record FailedCall(Fault fault, CallMatch calls, AtomicLong seen, Failure failure)
      implements CallRule {}

  record DelayedCall(Fault fault, CallMatch calls, AtomicLong seen, Duration deadline)
      implements CallRule {}

  record DelayedAnswer(Fault fault, CallMatch calls, AtomicLong seen, Duration deadline)
      implements CallRule {}

  /** When a job stops. */
  enum Moment {
    START,
    COMMIT
  }

  record StalledJob(
      Fault fault, Predicate<String> jobId, int statement, Moment moment, Duration deadline)
      implements FaultRule {}

  record FailedJob(Fault fault, Predicate<String> jobId, int beforeStatement, Failure failure)
      implements FaultRule {}

  record DeniedTable(Fault fault, TableRef table) implements FaultRule {}

  record LaggingSchema(
      Fault fault, TableRef table, AtomicReference<List<Column>> known, Duration lag)
      implements FaultRule {}

  record HiddenTables(Fault fault, Predicate<TableRef> hidden, Duration window)
      implements FaultRule {}

  record ShortenedRowErrors(Fault fault, TableRef table, int rows) implements FaultRule {}
}
