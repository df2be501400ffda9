package io.tributary.emulator.limits;

import io.grpc.Status;
import io.tributary.emulator.faults.Failure;
import io.tributary.emulator.limits.QuotaRule.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What the service grants.
 *
 * @param rules rates of calls
 * @param dml how many statements may change or delete rows of a table at a time
 */
public record Quotas(List<QuotaRule> rules, DmlLimit dml) {
  /** Nothing is ever refused. */
  public static final Quotas UNLIMITED =
      new Quotas(List.of(), new DmlLimit(Integer.MAX_VALUE, Integer.MAX_VALUE));

  private static final Set<String> METADATA =
      Set.of("tables.insert", "tables.patch", "tables.update", "tables.delete");

  /**
   * The published quotas of the service (cloud.google.com/bigquery/quotas): 10,000
   * CreateWriteStream an hour, 5 updates of a table's metadata in 10 seconds (50 of a partitioned
   * one), 100 calls of a method a second, 10 tables.insert a second, and 2 statements that change
   * rows of a table running beside 20 that wait.
   */
  public static final Quotas SERVICE =
      new Quotas(
          List.of(
              new QuotaRule(
                  Set.of("CreateWriteStream"),
                  Scope.PROJECT,
                  10_000,
                  Duration.ofHours(1),
                  new Failure(
                      Status.Code.RESOURCE_EXHAUSTED,
                      403,
                      "quotaExceeded",
                      "Exceeds 'CreateWriteStream requests' quota, user_id: project0_us (status:"
                          + " INSUFFICIENT_TOKENS), you can issue a raise quota request through"
                          + " Google Cloud Console. Be sure to include this full error message in"
                          + " the request description.")),
              new QuotaRule(
                  METADATA,
                  Scope.TABLE,
                  5,
                  Duration.ofSeconds(10),
                  tooFast("too many table update operations for this table")),
              new QuotaRule(
                  METADATA,
                  Scope.PARTITIONED_TABLE,
                  50,
                  Duration.ofSeconds(10),
                  tooFast("too many partitioned table update operations for this table")),
              new QuotaRule(
                  Set.of("tables.insert"),
                  Scope.METHOD,
                  10,
                  Duration.ofSeconds(1),
                  tooFast("too many api requests per user per method for this user_method")),
              new QuotaRule(
                  Set.of("jobs.insert", "jobs.query", "jobs.get", "tables.get", "tables.patch"),
                  Scope.METHOD,
                  100,
                  Duration.ofSeconds(1),
                  tooFast("too many api requests per user per method for this user_method"))),
          new DmlLimit(2, 20));

  /**
   * A limit of statements that change or delete rows of one table.
   *
   * @param running how many run at a time
   * @param waiting how many may wait behind them; further ones fail
   */
  public record DmlLimit(int running, int waiting) {}

  private static Failure tooFast(String what) {
    return new Failure(
        Status.Code.RESOURCE_EXHAUSTED,
        403,
        "rateLimitExceeded",
        "Exceeded rate limits: "
            + what
            + ". For more information, see"
            + " https://cloud.google.com/bigquery/docs/troubleshoot-quotas");
  }
}
