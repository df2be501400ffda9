package io.tributary.bigquery.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells whether a text is a type that a column can be given, as GoogleSQL spells it. */
final class TypeGrammar {
  private static final Pattern ARRAY = Pattern.compile("ARRAY\\s*<(.*)>");
  private static final Pattern PLAIN =
      Pattern.compile(
          "(INT64|FLOAT64|BOOL|STRING|BYTES|NUMERIC|BIGNUMERIC|DATE|TIME|DATETIME|TIMESTAMP|JSON"
              + "|GEOGRAPHY|INTERVAL|RANGE\\s*<\\s*(?:DATE|DATETIME|TIMESTAMP)\\s*>)");
  private static final Pattern SIZED =
      Pattern.compile("(?:STRING|BYTES)\\(\\s*0*[1-9]\\d{0,8}\\s*\\)");
  private static final Pattern DECIMAL =
      Pattern.compile("(BIG)?NUMERIC\\(\\s*(\\d{1,3})\\s*(?:,\\s*(\\d{1,3})\\s*)?\\)");

  private TypeGrammar() {}

  static boolean accepts(String text) {
    String type = text.trim().toUpperCase(Locale.ROOT);
    Matcher array = ARRAY.matcher(type);
    return single(array.matches() ? array.group(1).trim() : type);
  }

  private static boolean single(String type) {
    return PLAIN.matcher(type).matches() || SIZED.matcher(type).matches() || decimal(type);
  }

  private static boolean decimal(String type) {
    Matcher decimal = DECIMAL.matcher(type);
    if (!decimal.matches()) {
      return false;
    }
    boolean big = decimal.group(1) != null;
    int precision = Integer.parseInt(decimal.group(2));
    int scale = decimal.group(3) == null ? 0 : Integer.parseInt(decimal.group(3));
    return scale <= (big ? 38 : 9)
        && precision >= Math.max(1, scale)
        && precision <= scale + (big ? 38 : 29);
  }
}
