package io.tributary.tools.demo;

/**
 * Whether the standard streams are terminals, as the launching script found out.
 *
 * @param out whether standard output is one
 * @param err whether standard error is one
 */
record Terminal(boolean out, boolean err) {
  /** From the system properties {@code tributary.terminal.out} and {@code .err}. */
  static Terminal detect() {
    return new Terminal(
        Boolean.getBoolean("tributary.terminal.out"), Boolean.getBoolean("tributary.terminal.err"));
  }
}
