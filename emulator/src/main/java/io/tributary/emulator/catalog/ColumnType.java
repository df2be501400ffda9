package io.tributary.emulator.catalog;

import java.util.Locale;
import java.util.Optional;

/** The type of a column, apart from its mode. */
public enum ColumnType {
  INT64("INTEGER"),
  FLOAT64("FLOAT"),
  BOOL("BOOLEAN"),
  STRING("STRING"),
  BYTES("BYTES"),
  NUMERIC("NUMERIC"),
  BIGNUMERIC("BIGNUMERIC"),
  DATE("DATE"),
  TIME("TIME"),
  DATETIME("DATETIME"),
  TIMESTAMP("TIMESTAMP"),
  JSON("JSON"),
  GEOGRAPHY("GEOGRAPHY"),
  INTERVAL("INTERVAL"),
  RANGE("RANGE"),
  STRUCT("RECORD");

  private final String legacyName;

  ColumnType(String legacyName) {
    this.legacyName = legacyName;
  }

  /** The name that REST answers use, such as {@code INTEGER} for {@link #INT64}. */
  public String legacyName() {
    return legacyName;
  }

  /** Reads a GoogleSQL name, an alias of it, or a legacy name; case does not matter. */
  public static Optional<ColumnType> parse(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    for (ColumnType type : values()) {
      if (type.name().equals(upper) || type.legacyName.equals(upper)) {
        return Optional.of(type);
      }
    }
    return switch (upper) {
      case "INT", "SMALLINT", "BIGINT", "TINYINT", "BYTEINT" -> Optional.of(INT64);
      case "DECIMAL" -> Optional.of(NUMERIC);
      case "BIGDECIMAL" -> Optional.of(BIGNUMERIC);
      default -> Optional.empty();
    };
  }
}
