package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.Mode;
import java.util.stream.Collectors;

/** Types as GoogleSQL writes them. */
final class TypeText {
  private TypeText() {}

  static String of(Column column) {
    String type = element(column);
    return column.mode() == Mode.REPEATED ? "ARRAY<" + type + ">" : type;
  }

  private static String element(Column column) {
    return switch (column.type()) {
      case STRUCT ->
          column.fields().stream()
              .map(f -> f.name() + " " + of(f))
              .collect(Collectors.joining(", ", "STRUCT<", ">"));
      case RANGE -> "RANGE<" + column.rangeElementType() + ">";
      case STRING, BYTES ->
          column.type() + (column.maxLength() == null ? "" : "(" + column.maxLength() + ")");
      case NUMERIC, BIGNUMERIC ->
          column.type()
              + (column.precision() == null
                  ? ""
                  : "("
                      + column.precision()
                      + (column.scale() == null ? "" : ", " + column.scale())
                      + ")");
      default -> column.type().name();
    };
  }
}
