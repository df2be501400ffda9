package io.tributary.emulator.sql;

import io.tributary.emulator.catalog.BigQueryError;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** FORMAT: each argument comes as text with its kind in front (i, d, n, q or s). */
final class TextFormat {
  private static final Pattern SPECIFIER =
      Pattern.compile("%([-+ 0#']*)(\\d+)?(?:\\.(\\d+))?([a-zA-Z%])");

  private TextFormat() {}

  static String format(Object[] args) {
    if (args[0] == null) {
      return null;
    }
    Matcher matcher = SPECIFIER.matcher((String) args[0]);
    StringBuilder out = new StringBuilder();
    int next = 1;
    while (matcher.find()) {
      String text;
      if (matcher.group(4).equals("%")) {
        text = "%";
      } else if (next == args.length) {
        throw BigQueryError.invalidQuery("Too few arguments to FORMAT for pattern");
      } else if (args[next] == null) {
        if (!matcher.group(4).equals("t") && !matcher.group(4).equals("T")) {
          return null;
        }
        text = "NULL";
        next++;
      } else {
        text = one(matcher, (String) args[next++]);
      }
      matcher.appendReplacement(out, Matcher.quoteReplacement(text));
    }
    matcher.appendTail(out);
    if (next < args.length) {
      throw BigQueryError.invalidQuery("Too many arguments to FORMAT for pattern");
    }
    return out.toString();
  }

  private static String one(Matcher specifier, String arg) {
    char kind = arg.charAt(0);
    String value = arg.substring(1);
    String flags = specifier.group(1);
    String width = specifier.group(2) == null ? "" : specifier.group(2);
    String precision = specifier.group(3);
    return switch (specifier.group(4)) {
      case "d", "i" -> integer(flags, width, value);
      case "x", "X", "o" ->
          String.format(
              Locale.ROOT, "%" + flags + width + specifier.group(4), Long.parseLong(value));
      case "f", "F" ->
          String.format(
              Locale.ROOT,
              "%"
                  + flags.replace("'", ",")
                  + width
                  + "."
                  + (precision == null ? "6" : precision)
                  + "f",
              new BigDecimal(value));
      case "s" -> padded(flags, width, cut(value, precision));
      case "t" -> padded(flags, width, value);
      case "T" -> padded(flags, width, literal(kind, value));
      default ->
          throw BigQueryError.notImplemented(
              "FORMAT specifier %" + specifier.group(4) + " is not supported");
    };
  }

  private static String integer(String flags, String width, String value) {
    return String.format(
        Locale.ROOT, "%" + flags.replace("'", ",") + width + "d", Long.parseLong(value));
  }

  private static String cut(String value, String precision) {
    return precision == null
        ? value
        : value.substring(0, Math.min(value.length(), Integer.parseInt(precision)));
  }

  private static String padded(String flags, String width, String value) {
    return width.isEmpty()
        ? value
        : String.format(Locale.ROOT, "%" + (flags.contains("-") ? "-" : "") + width + "s", value);
  }

  private static String literal(char kind, String value) {
    return switch (kind) {
      case 'i' -> value;
      case 'd' -> value.matches("-?\\d+") ? value + ".0" : value;
      case 'q' -> JsonText.quote(value);
      default ->
          throw BigQueryError.notImplemented("FORMAT specifier %T of this type is not supported");
    };
  }
}
