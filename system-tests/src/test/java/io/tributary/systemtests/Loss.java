package io.tributary.systemtests;

/** In which modes Debezium sends less than the database holds. */
enum Loss {
  NEVER,
  /** A double has 53 bits. */
  DECIMALS,
  /** Connect's own types count milliseconds. */
  MICROSECONDS,
  /** Nor are they civil times there, and nanoseconds reach from 1677 to 2262. */
  MICROSECONDS_AND_CENTURIES,
  /** A number of microseconds has no months. */
  MONTHS,
  /** Only the bytes themselves are compared. */
  TEXT_OF_BYTES,
  /** NULL stands for long bytes that an update left as they were. */
  LONG_BYTES,
  /** And for long arrays of dates that are no numbers. */
  LONG_DATES,
  ALWAYS;

  boolean in(Mode mode) {
    boolean millis = mode.times().equals("connect");
    boolean nanos = mode.times().equals("nanoseconds");
    return switch (this) {
      case NEVER -> false;
      case DECIMALS -> mode.decimals().equals("double");
      case MICROSECONDS -> millis;
      case MICROSECONDS_AND_CENTURIES -> millis || nanos;
      case MONTHS -> mode.intervals().equals("numeric");
      case TEXT_OF_BYTES -> !mode.bytes().equals(mode.decoded());
      case LONG_BYTES -> TEXT_OF_BYTES.in(mode) || mode.bytes().startsWith("base64");
      case LONG_DATES ->
          millis || mode.times().equals("isostring") || mode.times().equals("structured");
      case ALWAYS -> true;
    };
  }
}
