package io.tributary.bigquery.change;

/** Debezium's operations. */
enum Operation {
  CREATE("c"),
  UPDATE("u"),
  DELETE("d"),
  READ("r"),
  TRUNCATE("t"),
  MESSAGE("m");

  private final String letter;

  Operation(String letter) {
    this.letter = letter;
  }

  String letter() {
    return letter;
  }

  /** Null for what is none of Debezium's letters. */
  static Operation of(Object value) {
    if (!(value instanceof String text) || text.length() != 1) {
      return null;
    }
    return switch (text.charAt(0)) {
      case 'c', 'C' -> CREATE;
      case 'u', 'U' -> UPDATE;
      case 'd', 'D' -> DELETE;
      case 'r', 'R' -> READ;
      case 't', 'T' -> TRUNCATE;
      case 'm', 'M' -> MESSAGE;
      default -> null;
    };
  }
}
