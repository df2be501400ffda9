package io.tributary.bigquery.histories;

import static java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Random;

/** Values that are often at the edges. */
final class Values {
  static final String PLACEHOLDER = "__debezium_unavailable_value";

  private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
  private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
  private static final DateTimeFormatter PLAIN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
  private static final long DAY_MICROS = 86_400_000_000L;

  private Values() {}

  @SafeVarargs
  static <T> T oneOf(Random random, T usual, T... edges) {
    return random.nextInt(5) > 0 ? usual : edges[random.nextInt(edges.length)];
  }

  static long big(Random random) {
    return oneOf(random, random.nextLong(), 0L, Long.MAX_VALUE, Long.MIN_VALUE);
  }

  static double real(Random random) {
    double[] edges = {
      0,
      Double.MAX_VALUE,
      Double.MIN_VALUE,
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY
    };
    return random.nextInt(5) > 0
        ? random.nextGaussian() * 1e6
        : edges[random.nextInt(edges.length)];
  }

  static String text(Random random) {
    String usual = Long.toString(random.nextLong() & Long.MAX_VALUE, 36);
    return oneOf(
        random, usual, "", "ä ß 漢字 🦀", "O'Hara \"said\" \\n\n\t`x`", "NULL", usual.repeat(80));
  }

  static byte[] bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(20)];
    random.nextBytes(bytes);
    return bytes;
  }

  static String json(Random random) {
    String number = random.nextInt(1_000) + (random.nextBoolean() ? "" : ".5");
    return oneOf(
        random,
        "{\"n\": %s, \"t\": [true, null, {\"x\": \"y\"}]}".formatted(number),
        "null",
        "[]",
        "\"just text\"",
        "{\"ü\":\"🦀\"}",
        number);
  }

  static long day(Random random) {
    long usual = random.nextInt(40_000) - 10_000L;
    return oneOf(random, usual, FIRST_DAY, LAST_DAY, 0L);
  }

  static long microOfDay(Random random) {
    return oneOf(random, (long) (random.nextDouble() * DAY_MICROS), 0L, DAY_MICROS - 1);
  }

  static long micro(Random random) {
    return day(random) * DAY_MICROS + microOfDay(random);
  }

  static String interval(Random random) {
    String sign = random.nextBoolean() ? "-" : "";
    return "P%s%dY%dM%s%dDT%dH%dM%d.%06dS"
        .formatted(
            sign,
            random.nextInt(100),
            random.nextInt(12),
            sign,
            random.nextInt(400),
            random.nextInt(100),
            random.nextInt(60),
            random.nextInt(60),
            random.nextInt(1_000_000));
  }

  static LocalDateTime civil(Random random) {
    return LocalDate.ofEpochDay(random.nextInt(40_000))
        .atTime(LocalTime.ofNanoOfDay(microOfDay(random) * 1_000));
  }

  /** Days from this one on, or before it. */
  static String range(LocalDate day, Random random) {
    return range(day.toString(), next(day), random);
  }

  private static String next(LocalDate day) {
    return day.toEpochDay() == LAST_DAY ? "" : day.plusDays(1).toString();
  }

  static String range(LocalDateTime time, Random random) {
    return range(quoted(time), quoted(time.plusHours(1)), random);
  }

  private static String range(String start, String end, Random random) {
    return oneOf(random, "[" + start + "," + end + ")", "(," + start + ")", "[" + start + ",)");
  }

  private static String quoted(LocalDateTime time) {
    return '"' + PLAIN.format(time) + '"';
  }

  static String zoned(Random random) {
    ZoneOffset zone =
        random.nextBoolean() ? ZoneOffset.UTC : ZoneOffset.ofHours(random.nextInt(20) - 10);
    LocalDateTime time =
        LocalDate.ofEpochDay(random.nextInt(40_000))
            .atTime(LocalTime.ofNanoOfDay(microOfDay(random) * 1_000))
            .truncatedTo(random.nextBoolean() ? ChronoUnit.MICROS : ChronoUnit.SECONDS);
    return ISO_OFFSET_DATE_TIME.format(OffsetDateTime.of(time, zone));
  }

  /** A number of so many digits at most, so many of them behind the point. */
  static BigDecimal decimal(Random random, int precision, int scale) {
    StringBuilder digits = new StringBuilder(random.nextBoolean() ? "-" : "");
    boolean most = random.nextInt(5) == 0;
    int count = most ? precision : 1 + random.nextInt(precision);
    for (int i = 0; i < count; i++) {
      digits.append(most ? 9 : random.nextInt(10));
    }
    return new BigDecimal(new BigInteger(digits.toString()), scale);
  }
}
