package io.tributary.emulator.sql;

import io.tributary.emulator.catalog.BigQueryError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/** GENERATE_ARRAY and its kin, as JSON lists. */
final class Series {
  private static final int MOST = 16_000_000;

  private Series() {}

  /** Points in time from the start to the end, both included, a number of parts apart. */
  static String of(long start, long end, long step, String part) {
    return list(
        start, end, step, i -> CivilBuiltins.shifted(start, Math.multiplyExact(i, step), part));
  }

  /**
   * The same of steps of days and microseconds or of months, of which each comes from the start.
   */
  static String steps(long start, long end, long months, long days, long micros) {
    if (months < 0 || days < 0 || micros < 0 || months + days + micros == 0) {
      throw BigQueryError.invalidQuery("The step of GENERATE_RANGE_ARRAY must be positive");
    }
    return list(
        start,
        end,
        1,
        i ->
            CivilBuiltins.shifted(
                CivilBuiltins.shifted(
                    CivilBuiltins.shifted(start, Math.multiplyExact(i, months), "MONTH"),
                    Math.multiplyExact(i, days),
                    "DAY"),
                Math.multiplyExact(i, micros),
                "MICROSECOND"));
  }

  private static String list(long start, long end, long step, LongUnaryOperator value) {
    if (step == 0) {
      throw BigQueryError.invalidQuery("Sequence step cannot be 0.");
    }
    List<String> items = new ArrayList<>();
    long last = start;
    for (long i = 0; step > 0 ? last <= end : last >= end; ) {
      add(items, Long.toString(last));
      try {
        last = value.applyAsLong(++i);
      } catch (BigQueryError beyond) {
        break;
      }
    }
    return items.toString();
  }

  private static void add(List<String> items, String item) {
    if (items.size() == MOST) {
      throw BigQueryError.invalidQuery("A generated array has too many elements");
    }
    items.add(item);
  }

  /** FLOAT64 values, each reckoned from the start. */
  static String of(double start, double end, double step) {
    if (Double.isNaN(start + end + step) || step == 0) {
      throw BigQueryError.invalidQuery("Sequence step cannot be 0.");
    }
    List<String> items = new ArrayList<>();
    for (long i = 0; step > 0 ? start + i * step <= end : start + i * step >= end; i++) {
      add(items, Double.toString(start + i * step));
    }
    return items.toString();
  }

  /** NUMERIC and BIGNUMERIC values in quotes, which keep all their digits. */
  static String of(BigDecimal start, BigDecimal end, BigDecimal step) {
    if (step.signum() == 0) {
      throw BigQueryError.invalidQuery("Sequence step cannot be 0.");
    }
    List<String> items = new ArrayList<>();
    for (BigDecimal value = start;
        value.compareTo(end) * step.signum() <= 0;
        value = value.add(step)) {
      add(items, '"' + value.toPlainString() + '"');
    }
    return items.toString();
  }
}
