package io.tributary.systemtests;

import java.util.List;

/**
 * A value that does not reach the sink as the database has it, whatever the mode, so that only the
 * topic can say what BigQuery should have.
 *
 * @param types a pattern of types
 * @param values a pattern of what the values are called
 * @param where in which records
 * @param why what happens
 */
record KnownLoss(String types, String values, Where where, String why) {
  private enum Where {
    EVERYWHERE,
    ARRAYS,
    /** In rows that a snapshot reads, and in arrays. */
    JDBC
  }

  private static final List<KnownLoss> ALL =
      List.of(
          new KnownLoss(
              "numeric.*", ".*(NaN|Infinity)", Where.EVERYWHERE, "NULL is sent by precise modes"),
          new KnownLoss(
              "real|double precision",
              ".*(NaN|Infinity|-0)",
              Where.EVERYWHERE,
              "Connect's JSON converter reads 0"),
          new KnownLoss("time", ".*", Where.ARRAYS, "milliseconds are sent"),
          new KnownLoss(
              "date",
              ".*(BC|1582.*|1500.*)",
              Where.JDBC,
              "read as of the Julian calendar, without era"),
          new KnownLoss(
              "date|timestamp.*",
              ".*(BC|0001-01-01.*|1582.*|1500.*)",
              Where.ARRAYS,
              "read as of the Julian calendar, without era"),
          new KnownLoss(
              "time|time\\(3\\)|timetz",
              ".*24:00:00.*",
              Where.EVERYWHERE,
              "00:00 in arrays and isostring, NULL when structured"),
          new KnownLoss(
              "date.*|timestamp.*", ".*-00.*", Where.EVERYWHERE, "NULL is sent for zero dates"),
          new KnownLoss(
              "time\\(6\\)", "SPECIAL.*", Where.EVERYWHERE, "isostring sends 00:00 or NULL"),
          new KnownLoss(
              "sparsevec",
              ".*[40]0000",
              Where.EVERYWHERE,
              "NULL is sent for indexes and dimensions beyond 32767"),
          new KnownLoss("interval", ".*infinity", Where.EVERYWHERE, "a duration of zero is sent"),
          new KnownLoss(
              ".*", "two dimensions", Where.ARRAYS, "items are NULL or the name of a class"),
          new KnownLoss("mood|ltree|tsvector", "NULL item", Where.ARRAYS, "no array is sent"),
          new KnownLoss("bit\\(1\\)", ".*", Where.ARRAYS, "no array is sent"));

  static boolean any(SourceType type, String value, boolean array, boolean snapshot) {
    return ALL.stream().anyMatch(loss -> loss.is(type, value, array, snapshot));
  }

  private boolean is(SourceType type, String value, boolean array, boolean snapshot) {
    boolean here =
        switch (where) {
          case EVERYWHERE -> true;
          case ARRAYS -> array;
          case JDBC -> array || snapshot;
        };
    return here && type.sql().matches(types) && value.matches(values);
  }
}
