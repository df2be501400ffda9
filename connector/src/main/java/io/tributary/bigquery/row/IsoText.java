package io.tributary.bigquery.row;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * Dates and times written in the ISO form, as days or microseconds. PostgreSQL's infinity is the
 * end of 64 bits.
 */
final class IsoText {
  private static final long MOST_SECONDS = Long.MAX_VALUE / 2_000_000;

  private IsoText() {}

  static long days(String text) {
    return read(withoutZ(text), t -> LocalDate.parse(t).toEpochDay());
  }

  /** An offset other than Z shifts the time to UTC, as the time zone of a BigQuery TIME is lost. */
  static long timeMicros(String text, Fit fit) {
    long nanos =
        read(
            text,
            t ->
                hasOffset(t)
                    ? OffsetTime.parse(t)
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .toLocalTime()
                        .toNanoOfDay()
                    : LocalTime.parse(t).toNanoOfDay());
    return Calendar.coarser(nanos, 1_000, fit);
  }

  static long civilMicros(String text, Fit fit) {
    return read(
        withoutZ(text.replace(' ', 'T')),
        t -> micros(LocalDateTime.parse(t).toInstant(ZoneOffset.UTC), fit));
  }

  static long instantMicros(String text, Fit fit) {
    return read(text.replace(' ', 'T'), t -> micros(OffsetDateTime.parse(t).toInstant(), fit));
  }

  private static long micros(Instant instant, Fit fit) {
    if (Math.abs(instant.getEpochSecond()) > MOST_SECONDS) {
      return instant.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return instant.getEpochSecond() * 1_000_000 + Calendar.coarser(instant.getNano(), 1_000, fit);
  }

  private static long read(String text, ToLongFunction<String> reader) {
    String folded = text.toLowerCase(Locale.ROOT);
    if (folded.equals("infinity")) {
      return Long.MAX_VALUE;
    }
    if (folded.equals("-infinity")) {
      return Long.MIN_VALUE;
    }
    try {
      return reader.applyAsLong(text);
    } catch (DateTimeException e) {
      throw Unfit.value("the text is no date or time that can be read");
    }
  }

  private static boolean hasOffset(String time) {
    return time.endsWith("Z") || time.indexOf('+') > 0 || time.indexOf('-') > 0;
  }

  private static String withoutZ(String text) {
    return text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
  }
}
