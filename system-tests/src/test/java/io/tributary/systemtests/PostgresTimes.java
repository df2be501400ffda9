package io.tributary.systemtests;

import static io.tributary.systemtests.Loss.MICROSECONDS;
import static io.tributary.systemtests.Loss.MICROSECONDS_AND_CENTURIES;
import static io.tributary.systemtests.Loss.MONTHS;
import static io.tributary.systemtests.SourceType.type;

import java.util.List;
import java.util.stream.Stream;

/** PostgreSQL's dates, times, intervals and timestamps. */
final class PostgresTimes {
  private static final String DATE = "%s::text";
  private static final String CLOCK = "to_char(%s, 'HH24:MI:SS.US')";
  private static final String UTC_CLOCK = "to_char((%s AT TIME ZONE 'UTC')::time, 'HH24:MI:SS.US')";
  private static final String CIVIL = "to_char(%s, 'YYYY-MM-DD\"T\"HH24:MI:SS.US')";
  private static final String MICROS = "trim_scale(extract(epoch FROM %s) * 1000000)::text";
  private static final String INTERVAL =
      "extract(year FROM %1$s) * 12 + extract(month FROM %1$s) || ' months '"
          + " || extract(day FROM %1$s) || ' days '"
          + " || trim_scale(extract(hour FROM %1$s) * 3600000000 + extract(minute FROM %1$s)"
          + " * 60000000 + extract(microseconds FROM %1$s)) || ' micros'";

  private static final String[] ENDS = {
    "infinity",
    "-infinity",
    "0044-03-15 12:00:00 BC",
    "4713-01-01 00:00:00 BC",
    "0001-12-31 23:59:59.999999 BC",
    "10000-01-01 00:00:00",
    "99999-12-31 00:00:00",
    "294276-12-31 23:59:59.999999"
  };

  private PostgresTimes() {}

  static List<SourceType> all() {
    return Stream.of(times(), instants()).flatMap(List::stream).toList();
  }

  private static List<SourceType> times() {
    String[] clocks = {"24:00:00"};
    return List.of(
        type("date")
            .typical("2020-02-29", "1969-12-31")
            .least("0001-01-01")
            .most("9999-12-31")
            .zero("1970-01-01")
            .special("infinity", "-infinity", "0044-03-15 BC", "0001-12-31 BC", "10000-01-01")
            .special("5874897-12-31", "1582-10-10", "1500-02-28")
            .written(DATE),
        type("time(0..3)", "time(3)")
            .typical("01:02:03.456", "12:00:00")
            .zero("00:00:00")
            .most("23:59:59.999")
            .special(clocks)
            .written(CLOCK),
        type("time")
            .typical("01:02:03.456789", "12:00:00")
            .zero("00:00:00")
            .most("23:59:59.999999")
            .special(clocks)
            .written(CLOCK)
            .losing(MICROSECONDS),
        type("timetz")
            .typical("01:02:03.456789+00", "12:00:00+05:30")
            .zero("00:00:00+00")
            .most("23:59:59.999999+00")
            .special("24:00:00+00", "23:59:59.999999-15:59", "00:00:00+15:59", "24:00:00-08")
            .written(UTC_CLOCK),
        type("interval")
            .typical("1 year 2 months 3 days 04:05:06.78", "-1 days +02:00:00")
            .zero("0")
            .special("-1 year -2 months -3 days -04:05:06.000001", "1 microsecond", "100:00:00")
            .special("-178000000 years", "178000000 years", "9999 years 11 months", "10001 years")
            .special("3660001 days", "87840001:00:00", "infinity", "-infinity")
            .written(INTERVAL)
            .losing(MONTHS)
            .withoutArrays());
  }

  private static List<SourceType> instants() {
    return List.of(
        type("timestamp(0..3)", "timestamp(3)")
            .typical("2020-02-29 12:34:56.789", "1969-12-31 23:59:59.999")
            .least("0001-01-01 00:00:00")
            .most("9999-12-31 23:59:59.999")
            .zero("1970-01-01 00:00:00")
            .special(ENDS)
            .written(CIVIL)
            .losing(MICROSECONDS_AND_CENTURIES),
        type("timestamp")
            .typical("2020-02-29 12:34:56.789123", "1969-12-31 23:59:59.999999")
            .least("0001-01-01 00:00:00")
            .most("9999-12-31 23:59:59.999999")
            .zero("1970-01-01 00:00:00")
            .special(ENDS)
            .written(CIVIL)
            .losing(MICROSECONDS_AND_CENTURIES),
        type("timestamptz", "timestamptz(0)")
            .typical("2020-02-29 12:34:56+02")
            .zero("1970-01-01 00:00:00+00")
            .special("infinity")
            .written(MICROS),
        type("timestamptz")
            .typical("2020-02-29 12:34:56.789123+02", "1969-12-31 23:59:59.999999+00")
            .least("0001-01-01 00:00:00+00")
            .most("9999-12-31 23:59:59.999999+00")
            .zero("1970-01-01 00:00:00+00")
            .special(ENDS)
            .written(MICROS));
  }
}
