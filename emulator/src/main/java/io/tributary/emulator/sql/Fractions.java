package io.tributary.emulator.sql;

import com.google.common.base.Strings;

/** Fractions of a second in text. */
final class Fractions {
  private Fractions() {}

  /** None, three or six digits, as GoogleSQL prints them. */
  static String text(long micros) {
    if (micros == 0) {
      return "";
    }
    return micros % 1000 == 0
        ? "." + Strings.padStart(Long.toString(micros / 1000), 3, '0')
        : "." + Strings.padStart(Long.toString(micros), 6, '0');
  }

  /** Microseconds of up to six digits; zero for null. */
  static long micros(String digits) {
    return digits == null ? 0 : Long.parseLong(Strings.padEnd(digits, 6, '0'));
  }
}
