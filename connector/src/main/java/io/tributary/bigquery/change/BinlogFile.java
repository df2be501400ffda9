package io.tributary.bigquery.change;

/**
 * The name of a file of a binary log, such as {@code binlog.000057}.
 *
 * @param base what stands before the number
 */
record BinlogFile(String name, String base, long number) {
  /** Numbers end at 2^31 - 1; ten digits are more than enough. */
  private static final int MOST_DIGITS = 10;

  /** Null when the name does not end in a point and a number. */
  static BinlogFile of(String name) {
    int point = name.lastIndexOf('.');
    int digits = name.length() - point - 1;
    if (point < 1 || digits < 1 || digits > MOST_DIGITS) {
      return null;
    }
    long number = 0;
    for (int i = point + 1; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < '0' || c > '9') {
        return null;
      }
      number = number * 10 + (c - '0');
    }
    return number > Integer.MAX_VALUE
        ? null
        : new BinlogFile(name, name.substring(0, point), number);
  }
}
