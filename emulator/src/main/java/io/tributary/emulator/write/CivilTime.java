package io.tributary.emulator.write;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/** The packed 64-bit form of TIME and DATETIME values. */
final class CivilTime {
  private static final int MICRO_BITS = 20;
  private static final int DATE_SHIFT = 17;

  private CivilTime() {}

  static LocalTime time(long packed) throws CellException {
    if (packed < 0 || packed >>> (DATE_SHIFT + MICRO_BITS) != 0) {
      throw new CellException("Invalid TIME value " + packed);
    }
    try {
      return timeOfDay(packed);
    } catch (DateTimeException e) {
      throw new CellException("Invalid TIME value " + packed);
    }
  }

  static LocalDateTime dateTime(long packed) throws CellException {
    int date = (int) (packed >>> (DATE_SHIFT + MICRO_BITS));
    int year = date >>> 9;
    if (packed < 0 || year < 1 || year > 9999) {
      throw new CellException("Invalid DATETIME value " + packed);
    }
    try {
      LocalDate day = LocalDate.of(year, (date >>> 5) & 0xF, date & 0x1F);
      return LocalDateTime.of(day, timeOfDay(packed));
    } catch (DateTimeException e) {
      throw new CellException("Invalid DATETIME value " + packed);
    }
  }

  private static LocalTime timeOfDay(long packed) {
    int micros = (int) (packed & ((1 << MICRO_BITS) - 1));
    int seconds = (int) (packed >>> MICRO_BITS);
    return LocalTime.of(
        (seconds >>> 12) & 0x1F, (seconds >>> 6) & 0x3F, seconds & 0x3F, micros * 1000);
  }
}
