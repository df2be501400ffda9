package io.tributary.bigquery.change;

/**
 * The two numbers of {@code source.sequence} of a PostgreSQL event, a JSON array of decimal
 * strings.
 *
 * @param committed end of the last transaction finished before the event, or null
 * @param lsn position of the event, or null
 */
record Sequence(Long committed, Long lsn) {
  private static final Sequence NONE = new Sequence(null, null);

  /** Reads the text; null when it is not such an array. */
  static Sequence parse(String text) {
    if (text == null) {
      return NONE;
    }
    int open = text.indexOf('[');
    int comma = text.indexOf(',');
    int close = text.lastIndexOf(']');
    if (open < 0 || comma < open || close < comma) {
      return null;
    }
    try {
      return new Sequence(number(text, open + 1, comma), number(text, comma + 1, close));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Long number(String text, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && !isPart(text.charAt(start))) {
      start++;
    }
    while (end > start && !isPart(text.charAt(end - 1))) {
      end--;
    }
    if (end - start == 4 && text.startsWith("null", start)) {
      return null;
    }
    return Long.parseUnsignedLong(text, start, end, 10);
  }

  private static boolean isPart(char c) {
    return c != ' ' && c != '"';
  }
}
