package io.tributary.emulator.sql;

import io.tributary.emulator.catalog.BigQueryError;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * FORMAT: each argument comes as text with its kind in front: i INT64, d FLOAT64, n NUMERIC, q
 * STRING, j JSON, x any other; those of kind d, n and x carry their literal behind a separator.
 */
final class TextFormat {
  /** Parts the text of an argument from its literal. */
  static final char SEPARATOR = '\u0003';

  private static final Pattern SPECIFIER =
      Pattern.compile("%([-+ 0#']*)(\\d+|\\*)?(?:\\.(\\d+|\\*))?([a-zA-Z%])");

  private final Object[] args;
  private int next = 1;

  private TextFormat(Object[] args) {
    this.args = args;
  }

  /** Refuses specifiers that are not supported. */
  static void check(String pattern) {
    Matcher matcher = SPECIFIER.matcher(pattern);
    while (matcher.find()) {
      if (!"dixXofFeEgGsptT%".contains(matcher.group(4))) {
        throw refused(matcher.group(4).charAt(0));
      }
    }
  }

  private static BigQueryError refused(char specifier) {
    return BigQueryError.notImplemented("FORMAT specifier %" + specifier + " is not supported");
  }

  static String format(Object[] args) {
    return args[0] == null ? null : new TextFormat(args).run();
  }

  private String run() {
    Matcher matcher = SPECIFIER.matcher((String) args[0]);
    StringBuilder out = new StringBuilder();
    boolean missing = false;
    while (matcher.find()) {
      String text;
      if (matcher.group(4).equals("%")) {
        text = "%";
      } else {
        String width = size(matcher.group(2));
        String precision = size(matcher.group(3));
        String arg = (String) next();
        boolean shown = matcher.group(4).equals("t") || matcher.group(4).equals("T");
        missing |= arg == null && !shown;
        text =
            missing
                ? ""
                : one(
                    matcher.group(4).charAt(0),
                    matcher.group(1),
                    width,
                    precision,
                    arg == null ? "xNULL" + SEPARATOR + "NULL" : arg);
      }
      matcher.appendReplacement(out, Matcher.quoteReplacement(text));
    }
    matcher.appendTail(out);
    if (next < args.length) {
      throw BigQueryError.invalidQuery(
          "Too many arguments to FORMAT for pattern \"" + args[0] + "\"");
    }
    return missing ? null : out.toString();
  }

  private Object next() {
    if (next == args.length) {
      throw BigQueryError.invalidQuery(
          "Too few arguments to FORMAT for pattern \"" + args[0] + "\"");
    }
    return args[next++];
  }

  private String size(String written) {
    return !"*".equals(written) ? written : text('i', (String) next(), '*');
  }

  private String text(char kind, String arg, char specifier) {
    if (arg == null || arg.charAt(0) != kind) {
      throw BigQueryError.invalidQuery(
          "Invalid type for argument " + next + " to FORMAT for %" + specifier);
    }
    return arg.substring(1);
  }

  private String one(char specifier, String flags, String width, String precision, String arg) {
    return switch (specifier) {
      case 'd', 'i' -> {
        String number = integer(flags, filled(text('i', arg, specifier), precision));
        yield padded(flags, width, sign(flags, number));
      }
      case 'x', 'X', 'o' -> {
        String number = filled(based(specifier, flags, text('i', arg, specifier)), precision);
        yield padded(flags, width, sign(flags, number));
      }
      case 'f', 'F', 'e', 'E', 'g', 'G' ->
          padded(flags, width, sign(flags, number(specifier, flags, precision, arg)));
      case 's' -> padded(flags.replace("0", ""), width, cut(text('q', arg, 's'), precision));
      case 'p' -> padded(flags.replace("0", ""), width, text('j', arg, 'p'));
      case 't' -> padded(flags.replace("0", ""), width, cut(shown(arg), precision));
      case 'T' -> padded(flags.replace("0", ""), width, cut(literal(arg), precision));
      default -> throw refused(specifier);
    };
  }

  /** Leading zeros up to the digits that the precision of a whole number asks for. */
  private static String filled(String number, String precision) {
    int sign = number.startsWith("-") ? 1 : 0;
    int missing = precision == null ? 0 : Integer.parseInt(precision) - number.length() + sign;
    return missing <= 0
        ? number
        : number.substring(0, sign) + "0".repeat(missing) + number.substring(sign);
  }

  private static String integer(String flags, String value) {
    return flags.contains("'") ? String.format(Locale.ROOT, "%,d", Long.parseLong(value)) : value;
  }

  private static String based(char specifier, String flags, String value) {
    if (value.startsWith("-")) {
      throw BigQueryError.invalidQuery(
          "FORMAT %" + specifier + " does not take a negative number: " + value);
    }
    String digits = Long.toString(Long.parseLong(value), specifier == 'o' ? 8 : 16);
    if (flags.contains("'")) {
      digits = digits.replaceAll("(?<=.)(?=(?:.{4})+$)", specifier == 'o' ? "," : ":");
    }
    String prefix = !flags.contains("#") ? "" : specifier == 'o' ? "0" : "0x";
    String text = prefix + digits;
    return specifier == 'X' ? text.toUpperCase(Locale.ROOT) : text;
  }

  private String number(char specifier, String flags, String precision, String arg) {
    char kind = arg.charAt(0);
    if (kind != 'd' && kind != 'n') {
      throw BigQueryError.invalidQuery(
          "Invalid type for argument " + next + " to FORMAT for %" + specifier);
    } else if (flags.contains("#")) {
      throw BigQueryError.notImplemented("FORMAT %#" + specifier + " is not supported");
    }
    String value = arg.substring(1, arg.indexOf(SEPARATOR));
    if (value.equals("nan") || value.endsWith("inf")) {
      return Character.isUpperCase(specifier) ? value.toUpperCase(Locale.ROOT) : value;
    }
    // a FLOAT64 is rounded as its exact value, as C does
    BigDecimal exact =
        kind == 'd' ? new BigDecimal(Double.parseDouble(value)) : new BigDecimal(value);
    RoundingMode mode = kind == 'd' ? RoundingMode.HALF_EVEN : RoundingMode.HALF_UP;
    int digits = precision == null ? 6 : Integer.parseInt(precision);
    String text =
        switch (Character.toLowerCase(specifier)) {
          case 'f' ->
              String.format(
                  Locale.ROOT,
                  "%" + (flags.contains("'") ? "," : "") + "." + digits + "f",
                  exact.setScale(digits, mode));
          case 'e' ->
              String.format(
                  Locale.ROOT,
                  "%." + digits + "e",
                  exact.round(new java.math.MathContext(digits + 1, mode)));
          default -> Numbers.general(exact, Math.max(1, digits));
        };
    return Character.isUpperCase(specifier) ? text.toUpperCase(Locale.ROOT) : text;
  }

  private static String sign(String flags, String number) {
    if (number.startsWith("-")) {
      return number;
    }
    return (flags.contains("+") ? "+" : flags.contains(" ") ? " " : "") + number;
  }

  private static String cut(String value, String precision) {
    return precision == null
        ? value
        : value.substring(0, Math.min(value.length(), Integer.parseInt(precision)));
  }

  private static String padded(String flags, String width, String value) {
    int missing = width == null ? 0 : Integer.parseInt(width) - value.length();
    if (missing <= 0) {
      return value;
    } else if (flags.contains("-")) {
      return value + " ".repeat(missing);
    } else if (flags.contains("0")) {
      int sign = value.startsWith("-") || value.startsWith("+") || value.startsWith(" ") ? 1 : 0;
      return value.substring(0, sign) + "0".repeat(missing) + value.substring(sign);
    }
    return " ".repeat(missing) + value;
  }

  private static String shown(String arg) {
    int separator = arg.indexOf(SEPARATOR);
    String text = separator < 0 ? arg.substring(1) : arg.substring(1, separator);
    return arg.charAt(0) == 'd' ? floating(text) : text;
  }

  private static String literal(String arg) {
    return switch (arg.charAt(0)) {
      case 'q' -> quoted(arg.substring(1));
      case 'i' -> arg.substring(1);
      case 'j' -> "JSON " + quoted(arg.substring(1));
      default -> arg.substring(arg.indexOf(SEPARATOR) + 1);
    };
  }

  /** A FLOAT64 always shows that it is one. */
  static String floating(String text) {
    return text.matches("-?\\d+") ? text + ".0" : text;
  }

  /** Text as a literal, in the quotes that need less escaping. */
  static String quoted(String text) {
    char quote = text.indexOf('"') >= 0 && text.indexOf('\'') < 0 ? '\'' : '"';
    StringBuilder out = new StringBuilder().append(quote);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\\' -> out.append("\\\\");
        default -> {
          if (c == quote) {
            out.append('\\').append(c);
          } else if (c < ' ') {
            out.append(String.format(Locale.ROOT, "\\x%02x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append(quote).toString();
  }
}
