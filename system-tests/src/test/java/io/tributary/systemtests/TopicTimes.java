package io.tributary.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.systemtests.TopicRule.Misfit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules of dates, times and durations. */
final class TopicTimes {
  private static final BigInteger GIGA = BigInteger.valueOf(1_000_000_000);
  private static final Pattern ISO =
      Pattern.compile(
          "([+-]?\\d{4,9})-(\\d\\d)-(\\d\\d)"
              + "(?:[T ](\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d{1,9}))?)?)?(Z|[+-]\\d\\d:\\d\\d)?");
  private static final Pattern CLOCK =
      Pattern.compile("(\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d{1,9}))?)?(Z|[+-]\\d\\d:\\d\\d)?");
  private static final Pattern PERIOD =
      Pattern.compile(
          "P(?:(-?\\d+)Y)?(?:(-?\\d+)M)?(?:(-?\\d+)D)?"
              + "(?:T(?:(-?\\d+)H)?(?:(-?\\d+)M)?(?:(-?\\d+(?:\\.\\d+)?)S)?)?");

  private TopicTimes() {}

  /**
   * The rule of a semantic name; null if it is not one of time.
   *
   * @param source the type of the source's column
   */
  static TopicRule rule(String name, String source) {
    return switch (name) {
      case "io.debezium.time.Date", "org.apache.kafka.connect.data.Date" ->
          TopicRule.of("DATE", value -> day(value.longValue()));
      case "io.debezium.time.Time", "org.apache.kafka.connect.data.Time" ->
          TopicRule.of("TIME", value -> clock(nanos(value, 1_000_000)));
      case "io.debezium.time.MicroTime" ->
          TopicRule.of("TIME", value -> clock(nanos(value, 1_000)));
      case "io.debezium.time.NanoTime" -> TopicRule.of("TIME", value -> clock(nanos(value, 1)));
      case "io.debezium.time.Timestamp" ->
          TopicRule.of("DATETIME", value -> civil(nanos(value, 1_000_000)));
      case "org.apache.kafka.connect.data.Timestamp" ->
          Set.of("TIMESTAMP", "DATETIME").contains(source)
              ? TopicRule.of("DATETIME", value -> civil(nanos(value, 1_000_000)))
              : TopicRule.of("TIMESTAMP", value -> instant(nanos(value, 1_000_000)));
      case "io.debezium.time.MicroTimestamp" ->
          TopicRule.of("DATETIME", value -> civil(nanos(value, 1_000)));
      case "io.debezium.time.NanoTimestamp" ->
          TopicRule.of("DATETIME", value -> civil(nanos(value, 1)));
      case "io.debezium.time.ZonedTimestamp" ->
          TopicRule.of("TIMESTAMP", value -> instant(read(value.asText())));
      case "io.debezium.time.ZonedTime", "io.debezium.time.IsoTime" ->
          TopicRule.of("TIME", value -> clock(readClock(value.asText())));
      case "io.debezium.time.IsoDate" ->
          TopicRule.of("DATE", value -> civil(read(value.asText())).substring(0, 10));
      case "io.debezium.time.IsoTimestamp" ->
          TopicRule.of("DATETIME", value -> civil(read(value.asText())));
      case "io.debezium.time.Year" -> TopicRule.of("INT64", JsonNode::asText);
      case "io.debezium.time.MicroDuration" ->
          TopicRule.of("INTERVAL", value -> interval(0, 0, nanos(value, 1_000)));
      case "io.debezium.time.Interval" -> TopicRule.of("INTERVAL", value -> period(value.asText()));
      case "io.debezium.time.StructuredDate" ->
          TopicRule.of("DATE", value -> civil(structured(value)).substring(0, 10));
      case "io.debezium.time.StructuredTime" ->
          TopicRule.of("TIME", value -> clock(structuredClock(value)));
      case "io.debezium.time.StructuredZonedTime" ->
          TopicRule.of("TIME", value -> clock(dayless(structuredClock(value), value)));
      case "io.debezium.time.StructuredTimestamp" ->
          TopicRule.of("DATETIME", value -> civil(structured(value)));
      case "io.debezium.time.StructuredZonedTimestamp" ->
          TopicRule.of("TIMESTAMP", value -> instant(structured(value).subtract(offset(value))));
      case "io.debezium.time.StructuredDuration" ->
          TopicRule.of("INTERVAL", TopicTimes::structuredInterval);
      default -> null;
    };
  }

  private static BigInteger nanos(JsonNode value, long unit) {
    return value.bigIntegerValue().multiply(BigInteger.valueOf(unit));
  }

  static String day(long day) {
    try {
      LocalDate date = LocalDate.ofEpochDay(day);
      return inYears(date.getYear(), date.toString());
    } catch (DateTimeException e) {
      throw new Misfit(e.getMessage());
    }
  }

  private static String inYears(int year, String text) {
    if (year < 1 || year > 9999) {
      throw new Misfit("year " + year);
    }
    return text;
  }

  private static BigInteger micros(BigInteger nanos) {
    BigInteger[] parts = nanos.divideAndRemainder(BigInteger.valueOf(1_000));
    if (parts[1].signum() != 0) {
      throw new Misfit("nanoseconds");
    }
    return parts[0];
  }

  private static String clock(BigInteger nanos) {
    long micros = micros(nanos).longValueExact();
    if (micros < 0 || micros >= 86_400_000_000L) {
      throw new Misfit("not within a day");
    }
    long seconds = micros / 1_000_000;
    return "%02d:%02d:%02d.%06d"
        .formatted(seconds / 3600, seconds / 60 % 60, seconds % 60, micros % 1_000_000);
  }

  /** A civil time, given as if it were in UTC. */
  static String civil(BigInteger nanos) {
    micros(nanos);
    BigInteger[] parts = nanos.divideAndRemainder(GIGA);
    long second = parts[0].longValueExact();
    int nano = parts[1].intValue();
    try {
      LocalDateTime time =
          LocalDateTime.ofEpochSecond(
              nano < 0 ? second - 1 : second,
              nano < 0 ? nano + 1_000_000_000 : nano,
              ZoneOffset.UTC);
      return inYears(
          time.getYear(),
          "%04d-%02d-%02dT%02d:%02d:%02d.%06d"
              .formatted(
                  time.getYear(),
                  time.getMonthValue(),
                  time.getDayOfMonth(),
                  time.getHour(),
                  time.getMinute(),
                  time.getSecond(),
                  time.getNano() / 1_000));
    } catch (DateTimeException e) {
      throw new Misfit(e.getMessage());
    }
  }

  /** Microseconds since 1970, within the years that BigQuery has. */
  static String instant(BigInteger nanos) {
    civil(nanos);
    return micros(nanos).toString();
  }

  /** A date with or without a time, as nanoseconds since 1970; in UTC if it has an offset. */
  static BigInteger read(String text) {
    Matcher parts = ISO.matcher(text);
    if (!parts.matches()) {
      throw new Misfit("no date or time: " + text);
    }
    try {
      LocalDate date =
          LocalDate.of(
              Integer.parseInt(parts.group(1)),
              Integer.parseInt(parts.group(2)),
              Integer.parseInt(parts.group(3)));
      return at(date, ofDay(parts, 4)).subtract(shift(parts.group(8)));
    } catch (DateTimeException e) {
      throw new Misfit(e.getMessage());
    }
  }

  private static BigInteger at(LocalDate date, BigInteger clock) {
    return BigInteger.valueOf(date.toEpochDay() * 86_400).multiply(GIGA).add(clock);
  }

  private static BigInteger readClock(String text) {
    Matcher parts = CLOCK.matcher(text);
    if (!parts.matches() || number(parts.group(1)) > 23) {
      throw new Misfit("no time: " + text);
    }
    return ofDay(parts, 1)
        .subtract(shift(parts.group(5)))
        .mod(BigInteger.valueOf(86_400).multiply(GIGA));
  }

  private static BigInteger ofDay(Matcher parts, int hour) {
    long seconds =
        (number(parts.group(hour)) * 60 + number(parts.group(hour + 1))) * 60
            + number(parts.group(hour + 2));
    String fraction = parts.group(hour + 3) == null ? "" : parts.group(hour + 3);
    return BigInteger.valueOf(seconds)
        .multiply(GIGA)
        .add(new BigInteger((fraction + "000000000").substring(0, 9)));
  }

  private static long number(String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private static BigInteger shift(String offset) {
    return offset == null
        ? BigInteger.ZERO
        : BigInteger.valueOf(ZoneOffset.of(offset).getTotalSeconds()).multiply(GIGA);
  }

  private static String interval(long months, long days, BigInteger nanos) {
    BigInteger micros = micros(nanos);
    BigInteger most = BigInteger.valueOf(87_840_000L * 3_600_000_000L);
    if (Math.abs(months) > 120_000
        || Math.abs(days) > 3_660_000
        || micros.abs().compareTo(most) > 0) {
      throw new Misfit("beyond 10000 years");
    }
    return Canonical.interval(months, days, micros.longValueExact());
  }

  private static String period(String text) {
    Matcher parts = PERIOD.matcher(text);
    if (!parts.matches()) {
      throw new Misfit("no interval: " + text);
    }
    BigDecimal seconds =
        new BigDecimal(parts.group(6) == null ? "0" : parts.group(6))
            .add(BigDecimal.valueOf(number(parts.group(4)) * 3600 + number(parts.group(5)) * 60));
    return interval(
        number(parts.group(1)) * 12 + number(parts.group(2)),
        number(parts.group(3)),
        seconds.movePointRight(9).toBigIntegerExact());
  }

  private static BigInteger structured(JsonNode value) {
    if (!value.path("specialValue").isNull() && !value.path("specialValue").isMissingNode()) {
      throw new Misfit(value.path("specialValue").asText());
    }
    try {
      LocalDate date =
          LocalDate.of(
              value.path("year").intValue(),
              value.path("month").intValue(),
              value.path("day").intValue());
      return at(date, structuredClock(value));
    } catch (DateTimeException e) {
      throw new Misfit(e.getMessage());
    }
  }

  private static BigInteger structuredClock(JsonNode value) {
    long seconds =
        (value.path("hour").asLong() * 60 + value.path("minute").asLong()) * 60
            + value.path("second").asLong();
    return BigInteger.valueOf(seconds)
        .multiply(GIGA)
        .add(BigInteger.valueOf(value.path("nanos").asLong()));
  }

  private static BigInteger offset(JsonNode value) {
    return BigInteger.valueOf(value.path("offsetSeconds").asLong()).multiply(GIGA);
  }

  private static BigInteger dayless(BigInteger clock, JsonNode value) {
    return clock.subtract(offset(value)).mod(BigInteger.valueOf(86_400).multiply(GIGA));
  }

  private static String structuredInterval(JsonNode value) {
    long seconds =
        (value.path("hours").asLong() * 60 + value.path("minutes").asLong()) * 60
            + value.path("seconds").asLong();
    return interval(
        value.path("years").asLong() * 12 + value.path("months").asLong(),
        value.path("days").asLong(),
        BigInteger.valueOf(seconds)
            .multiply(GIGA)
            .add(BigInteger.valueOf(value.path("nanos").asLong())));
  }
}
