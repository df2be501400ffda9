package io.tributary.bigquery.row;

/**
 * A range as PostgreSQL writes it: {@code [1,5)}, {@code ["2020-01-01 00:00:00",)}, {@code empty}.
 *
 * @param lower the lower end's text; null when there is none
 * @param upper the upper end's text; null when there is none
 * @param empty whether it holds nothing, in which case it has no ends
 */
record RangeText(
    String lower, String upper, boolean lowerInclusive, boolean upperInclusive, boolean empty) {
  private static final RangeText EMPTY = new RangeText(null, null, false, false, true);

  static RangeText parse(String text) {
    if (text.equalsIgnoreCase("empty")) {
      return EMPTY;
    }
    int last = text.length() - 1;
    int comma = last < 2 ? -1 : comma(text);
    boolean framed =
        comma > 0
            && (text.charAt(0) == '[' || text.charAt(0) == '(')
            && (text.charAt(last) == ']' || text.charAt(last) == ')');
    if (!framed) {
      throw Unfit.value("the text is no range that can be read");
    }
    String lower = end(text.substring(1, comma));
    String upper = end(text.substring(comma + 1, last));
    return new RangeText(
        lower,
        upper,
        lower != null && text.charAt(0) == '[',
        upper != null && text.charAt(last) == ']',
        false);
  }

  /** The comma between the ends, which is not one within quotes. */
  private static int comma(String text) {
    boolean quoted = false;
    for (int i = 1; i < text.length() - 1; i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        return i;
      }
    }
    return -1;
  }

  private static String end(String text) {
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    String end = quoted ? text.substring(1, text.length() - 1) : text;
    return end.isEmpty() ? null : end;
  }
}
