package io.tributary.bigquery.row;

import io.tributary.bigquery.row.Calendar.Count;
import io.tributary.bigquery.table.ColumnType;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/** Forms of dates and times whose year, hour and so on arrive as fields of a struct. */
final class Structured {
  private static final long SECOND = 1_000_000;

  private Structured() {}

  static ScalarForm date() {
    return form(ColumnType.DATE, Calendar.date((value, fit) -> day((Struct) value)));
  }

  static ScalarForm time() {
    Count micros = (value, fit) -> clock((Struct) value, fit);
    return form(ColumnType.TIME, Calendar.time(micros))
        .or(ColumnType.INTERVAL, Intervals.time(micros));
  }

  /** The time in UTC; the day that this may shift is lost with the time zone. */
  static ScalarForm zonedTime() {
    Count micros =
        (value, fit) -> {
          Struct struct = (Struct) value;
          long utc = clock(struct, fit) - member(struct, "offsetSeconds", 0) * SECOND;
          return Math.floorMod(utc, Calendar.DAY_MICROS);
        };
    return form(ColumnType.TIME, Calendar.time(micros));
  }

  static ScalarForm timestamp() {
    Count micros = (value, fit) -> micros((Struct) value, fit);
    return form(ColumnType.DATETIME, Calendar.datetime(micros))
        .or(ColumnType.TIMESTAMP, Calendar.timestamp(micros));
  }

  static ScalarForm zonedTimestamp() {
    Count micros = (value, fit) -> instant((Struct) value, fit);
    return form(ColumnType.TIMESTAMP, Calendar.timestamp(micros));
  }

  static ScalarForm duration() {
    return form(ColumnType.INTERVAL, Intervals.into(Structured::parts));
  }

  private static Intervals.Parts parts(Object value, Fit fit) {
    Struct struct = (Struct) value;
    long clock =
        Intervals.micros(
            member(struct, "hours", 0), member(struct, "minutes", 0), member(struct, "seconds", 0));
    return new Intervals.Parts(
        Intervals.bounded(member(struct, "years", 0)) * 12
            + Intervals.bounded(member(struct, "months", 0)),
        Intervals.bounded(member(struct, "days", 0)),
        clock + Calendar.coarser(member(struct, "nanos", 0), 1_000, fit));
  }

  private static ScalarForm form(ColumnType type, Into way) {
    return new ScalarForm(type, JsonText::of, way).or(ColumnType.STRING, Text.into(JsonText::of));
  }

  private static long instant(Struct struct, Fit fit) {
    boolean shifted = member(struct, "offsetSeconds") != null || member(struct, "zoneId") == null;
    if (special(struct) == 0 && !shifted) {
      throw Unfit.value("the time has a time zone but no offset");
    }
    long civil = micros(struct, fit);
    boolean endless = civil == Long.MAX_VALUE || civil == Long.MIN_VALUE;
    return endless ? civil : civil - member(struct, "offsetSeconds", 0) * SECOND;
  }

  private static long micros(Struct struct, Fit fit) {
    long day = day(struct);
    boolean endless = day == Long.MAX_VALUE || day == Long.MIN_VALUE;
    return endless ? day : day * Calendar.DAY_MICROS + clock(struct, fit);
  }

  /** The day, or an end of 64 bits for infinity and for years that no column has. */
  private static long day(Struct struct) {
    int special = special(struct);
    if (special != 0) {
      return special < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    long year = member(struct, "year", Long.MIN_VALUE);
    long month = member(struct, "month", 0);
    long day = member(struct, "day", 0);
    if (year == Long.MIN_VALUE || (year == 0 && month == 0 && day == 0)) {
      throw Unfit.value("it is no date");
    }
    try {
      // A leap year stands for years that have no days here.
      boolean far = year < 0 || year > 99_999;
      long epochDay =
          LocalDate.of(far ? 2_000 : (int) year, Math.toIntExact(month), Math.toIntExact(day))
              .toEpochDay();
      return far ? (year < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : epochDay;
    } catch (DateTimeException | ArithmeticException e) {
      throw Unfit.value("it is no date");
    }
  }

  private static int special(Struct struct) {
    Object special = member(struct, "specialValue");
    if (special == null) {
      return 0;
    }
    return switch (special.toString()) {
      case "POSITIVE_INFINITY" -> 1;
      case "NEGATIVE_INFINITY" -> -1;
      default -> throw Unfit.value("it is neither a time nor infinite");
    };
  }

  private static long clock(Struct struct, Fit fit) {
    long seconds =
        (member(struct, "hour", 0) * 60 + member(struct, "minute", 0)) * 60
            + member(struct, "second", 0);
    return seconds * SECOND + Calendar.coarser(member(struct, "nanos", 0), 1_000, fit);
  }

  private static long member(Struct struct, String name, long absent) {
    return member(struct, name) instanceof Number number ? number.longValue() : absent;
  }

  private static Object member(Struct struct, String name) {
    Field field = struct.schema().field(name);
    return field == null ? null : struct.getWithoutDefault(name);
  }
}
