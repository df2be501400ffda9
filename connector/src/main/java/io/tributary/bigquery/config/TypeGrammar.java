package io.tributary.bigquery.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells whether a text is a type that a column can be given, as GoogleSQL spells it. */
final class TypeGrammar {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,299}");
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
    return TypeParts.inside("ARRAY", text).map(TypeGrammar::single).orElseGet(() -> single(text));
  }

  private static boolean single(String text) {
    return TypeParts.inside("STRUCT", text)
        .map(TypeGrammar::struct)
        .orElseGet(() -> scalar(text.trim().toUpperCase(Locale.ROOT)));
  }

  private static boolean struct(String inside) {
    return TypeParts.fields(inside)
        .map(fields -> fields.stream().allMatch(TypeGrammar::field))
        .orElse(false);
  }

  private static boolean field(TypeParts.Field field) {
    return NAME.matcher(field.name()).matches() && accepts(field.type());
  }

  private static boolean scalar(String type) {
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
