package io.tributary.bigquery.table;

import io.tributary.bigquery.config.TypeParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads types as GoogleSQL spells them. */
public final class TypeText {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,299}");
  private static final Pattern TYPE =
      Pattern.compile(
          "([A-Z0-9]+(?:\\s*<\\s*[A-Z]+\\s*>)?)(?:\\(\\s*(\\d+)\\s*(?:,\\s*(\\d+)\\s*)?\\))?");

  private TypeText() {}

  /** A column of the type, without a name; empty when there is no such type for a column. */
  public static Optional<Column> parse(String text) {
    Optional<String> item = TypeParts.inside("ARRAY", text);
    return item.isPresent()
        ? single(item.get()).map(column -> column.withMode(Column.Mode.REPEATED))
        : single(text);
  }

  /** A column of a type that was checked before. */
  public static Column column(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("There is no type " + text));
  }

  private static Optional<Column> single(String text) {
    Optional<String> fields = TypeParts.inside("STRUCT", text);
    return fields.isPresent()
        ? TypeParts.fields(fields.get()).flatMap(TypeText::struct)
        : scalar(text.trim().toUpperCase(Locale.ROOT));
  }

  private static Optional<Column> struct(List<TypeParts.Field> parts) {
    List<Column> fields = new ArrayList<>();
    for (TypeParts.Field part : parts) {
      Optional<Column> field =
          NAME.matcher(part.name()).matches() ? parse(part.type()) : Optional.empty();
      if (field.isEmpty()) {
        return Optional.empty();
      }
      fields.add(field.get().withName(part.name()));
    }
    return Optional.of(Column.struct("", fields));
  }

  private static Optional<Column> scalar(String text) {
    Matcher type = TYPE.matcher(text);
    if (!type.matches()) {
      return Optional.empty();
    }
    String name = type.group(1).replaceAll("\\s", "");
    for (ColumnType candidate : ColumnType.values()) {
      if (candidate.sql().equals(name) && candidate != ColumnType.STRUCT) {
        return limit(candidate, type.group(2), type.group(3))
            .map(
                limit -> Column.nullable("", candidate).withDetails(Details.NONE.withLimit(limit)));
      }
    }
    return Optional.empty();
  }

  /** Empty when the type does not take such parameters. */
  private static Optional<Limit> limit(ColumnType type, String first, String second) {
    if (first == null) {
      return Optional.of(Limit.NONE);
    }
    if (first.length() > 9) {
      return Optional.empty();
    }
    int size = Integer.parseInt(first);
    return switch (type) {
      case STRING, BYTES ->
          second == null && size > 0 ? Optional.of(Limit.length(size)) : Optional.empty();
      case NUMERIC -> decimal(size, second, 9, 29);
      case BIGNUMERIC -> decimal(size, second, 38, 38);
      default -> Optional.empty();
    };
  }

  private static Optional<Limit> decimal(int precision, String second, int scale, int whole) {
    int digits = second == null ? 0 : second.length() > 3 ? 999 : Integer.parseInt(second);
    boolean legal =
        digits <= scale && precision >= Math.max(1, digits) && precision <= digits + whole;
    return legal ? Optional.of(Limit.decimal(precision, digits)) : Optional.empty();
  }
}
