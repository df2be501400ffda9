package io.tributary.emulator.faults;

import io.tributary.emulator.catalog.TableRef;
import java.util.function.Predicate;

/**
 * Which calls a fault strikes: those of one method that satisfy the condition, and of these the
 * {@code first}-th (counted from 1) and the {@code count - 1} after it, or of all of these every
 * {@code step}-th.
 */
public record CallMatch(
    String method, Predicate<Call> condition, long first, long count, long step) {
  /** Every call of the method, given by Google's name such as {@code AppendRows}. */
  public static CallMatch of(String method) {
    return new CallMatch(method, call -> true, 1, Long.MAX_VALUE, 1);
  }

  /** Only the n-th matching call, counted from 1. */
  public CallMatch nth(long n) {
    return new CallMatch(method, condition, n, 1, 1);
  }

  /** Only the first n matching calls. */
  public CallMatch times(long n) {
    return new CallMatch(method, condition, 1, n, 1);
  }

  /** Every n-th matching call. */
  public CallMatch every(long n) {
    return new CallMatch(method, condition, n, Long.MAX_VALUE, n);
  }

  /** Only calls that satisfy this condition too. */
  public CallMatch where(Predicate<Call> also) {
    return new CallMatch(method, condition.and(also), first, count, step);
  }

  /** Only calls about this table. */
  public CallMatch onTable(TableRef table) {
    return where(call -> table.equals(call.table()));
  }

  /** Only calls about streams whose full name satisfies the condition. */
  public CallMatch onStream(Predicate<String> stream) {
    return where(call -> call.stream() != null && stream.test(call.stream()));
  }

  /** Only calls about jobs whose id satisfies the condition. */
  public CallMatch onJob(Predicate<String> jobId) {
    return where(call -> call.jobId() != null && jobId.test(call.jobId()));
  }

  /** Whether the n-th of the calls that it names is one. */
  boolean counts(long nth) {
    long behind = nth - first;
    return behind >= 0 && behind < count && behind % step == 0;
  }

  boolean names(Call call) {
    return method.equals(call.method()) && condition.test(call);
  }
}
