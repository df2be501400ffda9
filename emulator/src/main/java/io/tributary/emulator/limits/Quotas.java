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
 * @param connections how many connections of AppendRows there may be
 * @param requests how many requests of the REST API may be answered at a time
 */
public record Quotas(List<QuotaRule> rules, DmlLimit dml, int connections, int requests) {
  /** A statement that defines, changes or drops a table, in rules beside the methods of the API. */
  public static final String DDL = "DDL";

  /** A statement that changes rows, likewise. */
  public static final String DML = "DML";

  /** Nothing is ever refused. */
  public static final Quotas UNLIMITED =
      new Quotas(
          List.of(),
          new DmlLimit(Integer.MAX_VALUE, Integer.MAX_VALUE),
          Integer.MAX_VALUE,
          Integer.MAX_VALUE);

  private static final Set<String> METADATA =
      Set.of("tables.insert", "tables.patch", "tables.update", "tables.delete", DDL);

  /** Limits on rates and statements only. */
  public Quotas(List<QuotaRule> rules, DmlLimit dml) {
    this(rules, dml, Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  /**
   * The published quotas of the service (cloud.google.com/bigquery/quotas): 10,000
   * CreateWriteStream an hour, 5 updates of a table's metadata in 10 seconds (50 of a partitioned
   * one), be it by REST or by DDL, 25 statements that change rows of a table in 10 seconds, 100
   * calls of a method a second, 10 tables.insert a second, and 2 statements that change rows of a
   * table running beside 20 that wait; 20,000 connections that append, 300 requests at a time.
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
                  Set.of(DML),
                  Scope.ANY_TABLE,
                  25,
                  Duration.ofSeconds(10),
                  tooFast("too many table dml insert operations for this table")),
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
          new DmlLimit(2, 20),
          20_000,
          300);

  /**
   * A limit of statements that change or delete rows of one table.
   *
   * @param running how many run at a time
   * @param waiting how many may wait behind them; further ones fail
   */
  public record DmlLimit(int running, int waiting) {}

  /** The connections as something to take. */
  public Places connectionPlaces() {
    return new Places(
        connections,
        new Failure(
            Status.Code.RESOURCE_EXHAUSTED,
            403,
            "quotaExceeded",
            "Exceeds 'Concurrent connections' quota, user_id: project0_us (status:"
                + " INSUFFICIENT_TOKENS), you can issue a raise quota request through Google Cloud"
                + " Console. Be sure to include this full error message in the request"
                + " description."));
  }

  /** The requests as something to take. */
  public Places requestPlaces() {
    return new Places(requests, tooFast("too many concurrent api requests for this user"));
  }

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
