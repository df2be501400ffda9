package io.tributary.emulator.engine;

/**
 * How a list of statements of a script ended.
 *
 * @param label the loop or block that BREAK or CONTINUE named, in lower case, or null
 */
record End(Kind kind, String label) {
  enum Kind {
    NORMAL,
    BREAK,
    CONTINUE,
    RETURN
  }

  static final End NORMAL = new End(Kind.NORMAL, null);

  /** Whether the loop of this label ends by it. */
  boolean leaves(String loop) {
    return switch (kind) {
      case NORMAL -> false;
      case BREAK, RETURN -> true;
      case CONTINUE -> label != null && !label.equals(loop);
    };
  }

  /** What is left of it outside the loop of this label. */
  End outside(String loop) {
    boolean done = kind == Kind.BREAK && (label == null || label.equals(loop));
    return done ? NORMAL : this;
  }
}
