package io.tributary.systemtests;

/**
 * A value of a type, as the database reads it from text.
 *
 * @param kind why it is there
 * @param text the value; without quotes
 */
record Sample(Kind kind, String text) {
  /** A special value has a row to itself, because the row may be a bad one. */
  enum Kind {
    TYPICAL,
    MINIMUM,
    MAXIMUM,
    ZERO,
    EMPTY,
    SPECIAL
  }

  boolean special() {
    return kind == Kind.SPECIAL;
  }

  /** The value as a literal of SQL. */
  String literal() {
    return "'" + text.replace("'", "''") + "'";
  }
}
