package io.tributary.emulator.sql;

import static io.tributary.emulator.sql.Builtins.Kind.LONG;
import static io.tributary.emulator.sql.Builtins.Kind.TEXT;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalTime;
import java.util.List;

/** Text of dates and times; points in time travel as microseconds since 1970. */
final class TimeBuiltins {
  private TimeBuiltins() {}

  static void register(Connection c) throws SQLException {
    CivilBuiltins.register(c);
    Builtins.function(
        c, "timestamp_text", TEXT, List.of(LONG), a -> TimeText.datetime((Long) a[0]) + "+00");
    Builtins.function(
        c,
        "timestamp_json",
        TEXT,
        List.of(LONG),
        a -> TimeText.datetime((Long) a[0]).replace(' ', 'T') + "Z");
    Builtins.function(c, "datetime_text", TEXT, List.of(LONG), a -> TimeText.datetime((Long) a[0]));
    Builtins.function(
        c, "time_text", TEXT, List.of(TEXT), a -> TimeText.time(LocalTime.parse((String) a[0])));
    Builtins.function(
        c,
        "interval_text",
        TEXT,
        List.of(LONG, LONG, LONG),
        a -> Intervals.text((Long) a[0], (Long) a[1], (Long) a[2]));
    Builtins.function(
        c, "to_date_days", LONG, List.of(TEXT), a -> TimeText.parseDate((String) a[0]));
    Builtins.function(c, "to_time_of", TEXT, List.of(TEXT), a -> TimeText.parseTime((String) a[0]));
    Builtins.function(
        c, "to_datetime_us", LONG, List.of(TEXT), a -> TimeText.parseDatetime((String) a[0]));
    Builtins.function(
        c, "to_local_us", LONG, List.of(TEXT), a -> TimeText.parseDatetime((String) a[0]));
    Builtins.function(
        c, "to_timestamp_us", LONG, List.of(TEXT), a -> TimeText.parseTimestamp((String) a[0]));
    Builtins.function(
        c,
        "tm_format",
        TEXT,
        List.of(TEXT, LONG),
        a -> TimeText.format((String) a[0], (Long) a[1]));
  }
}
