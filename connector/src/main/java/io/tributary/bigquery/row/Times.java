package io.tributary.bigquery.row;

/** Times of day and durations as text. */
final class Times {
  private Times() {}

  /** Hours, minutes, seconds and what there is of a fraction; below zero and beyond a day, too. */
  static String clock(long nanos) {
    long seconds = Math.abs(nanos / 1_000_000_000L);
    long fraction = Math.abs(nanos % 1_000_000_000L);
    StringBuilder text =
        new StringBuilder(nanos < 0 ? "-" : "")
            .append("%02d:%02d:%02d".formatted(seconds / 3_600, seconds / 60 % 60, seconds % 60));
    if (fraction != 0) {
      text.append('.').append("%09d".formatted(fraction).replaceAll("0+$", ""));
    }
    return text.toString();
  }
}
