package io.tributary.emulator.limits;

import io.tributary.emulator.faults.Failure;
import java.time.Duration;
import java.util.Set;

/**
 * So many calls in so long a time.
 *
 * @param methods Google's names such as {@code CreateWriteStream}
 * @param scope what the calls are counted for
 * @param calls how many are answered within the window, which slides
 * @param failure what the calls beyond that get
 */
public record QuotaRule(
    Set<String> methods, Scope scope, int calls, Duration window, Failure failure) {
  /** What calls are counted for. */
  public enum Scope {
    /** Each method by itself, whatever the call is about. */
    METHOD,
    /** Each project. */
    PROJECT,
    /** Each table. */
    ANY_TABLE,
    /** Each table that is not partitioned, also one that does not exist yet. */
    TABLE,
    /** Each partitioned table. */
    PARTITIONED_TABLE
  }
}
