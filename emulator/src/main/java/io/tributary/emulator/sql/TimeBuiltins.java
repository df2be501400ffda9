package io.tributary.emulator.sql;

import static io.tributary.emulator.sql.Builtins.Kind.LONG;
import static io.tributary.emulator.sql.Builtins.Kind.TEXT;

import io.tributary.emulator.catalog.BigQueryError;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalTime;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text of dates and times; points in time travel as microseconds since 1970. */
final class TimeBuiltins {
  private static final Pattern RANGE = Pattern.compile("\\[([^,]*),([^)]*)\\)");

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
        "timestamp_zoned",
        TEXT,
        List.of(LONG, TEXT),
        a -> TimeText.zoned((Long) a[0], (String) a[1]));
    Builtins.function(
        c,
        "tm_format",
        TEXT,
        List.of(TEXT, LONG, TEXT, TEXT),
        a -> TimePattern.format((String) a[0], (Long) a[1], (String) a[2], (String) a[3]));
    Builtins.function(
        c,
        "cf_format",
        TEXT,
        List.of(TEXT, LONG, TEXT, TEXT),
        a -> CastFormat.format((String) a[0], (Long) a[1], (String) a[2], (String) a[3]));
    Builtins.function(
        c,
        "cf_parse",
        LONG,
        List.of(TEXT, TEXT, TEXT, TEXT, LONG),
        a ->
            CastFormat.parse(
                (String) a[0], (String) a[1], (String) a[2], (String) a[3], (Long) a[4]));
    Builtins.function(
        c,
        "tm_parse",
        LONG,
        List.of(TEXT, TEXT, TEXT, TEXT),
        a -> TimeParser.parse((String) a[0], (String) a[1], (String) a[2], (String) a[3]));
    List<Builtins.Kind> interval = List.of(LONG, LONG, LONG);
    Builtins.function(
        c,
        "iv_text_of",
        TEXT,
        interval,
        a -> Intervals.duck((Long) a[0], (Long) a[1], (Long) a[2]));
    Builtins.function(
        c, "iv_iso", TEXT, interval, a -> Intervals.iso((Long) a[0], (Long) a[1], (Long) a[2]));
    Builtins.function(c, "iv_parse", TEXT, List.of(TEXT), a -> Intervals.duck((String) a[0]));
    Builtins.function(
        c,
        "iv_divided",
        TEXT,
        List.of(LONG, LONG, LONG, LONG),
        a -> Intervals.divided((Long) a[0], (Long) a[1], (Long) a[2], (Long) a[3]));
    Builtins.function(
        c, "tm_fixed", LONG, List.of(LONG, LONG), a -> fixed((Long) a[0], (Long) a[1]));
    Builtins.function(
        c, "rg_bound", TEXT, List.of(TEXT, LONG), a -> bound((String) a[0], (Long) a[1]));
    Builtins.function(
        c,
        "iv_justify",
        TEXT,
        List.of(LONG, LONG, LONG, TEXT),
        a -> Intervals.justified((Long) a[0], (Long) a[1], (Long) a[2], (String) a[3]));
    Builtins.function(
        c,
        "iv_part",
        LONG,
        List.of(LONG, LONG, LONG, TEXT),
        a -> Intervals.part((Long) a[0], (Long) a[1], (Long) a[2], (String) a[3]));
    Builtins.function(
        c,
        "tm_series",
        TEXT,
        List.of(LONG, LONG, LONG, TEXT),
        a -> Series.of((Long) a[0], (Long) a[1], (Long) a[2], (String) a[3]));
    Builtins.function(
        c,
        "tm_steps",
        TEXT,
        List.of(LONG, LONG, LONG, LONG, LONG),
        a -> Series.steps((Long) a[0], (Long) a[1], (Long) a[2], (Long) a[3], (Long) a[4]));
  }

  private static long fixed(long micros, long months) {
    if (months != 0) {
      throw BigQueryError.invalidQuery(
          "TIMESTAMP +/- INTERVAL is not supported for intervals with non-zero MONTH or YEAR part.");
    }
    return micros;
  }

  /** One bound of a range's text; NULL for the unbounded one. */
  private static Object bound(String text, long index) {
    Matcher matcher = RANGE.matcher(text);
    if (!matcher.matches()) {
      throw BigQueryError.invalidQuery("Invalid RANGE value: " + text);
    }
    String bound = matcher.group((int) index).strip();
    return bound.equalsIgnoreCase("UNBOUNDED") || bound.equalsIgnoreCase("NULL") ? null : bound;
  }
}
