package io.tributary.emulator.write;

/** A value that BigQuery refuses; it makes its row an error of the request. */
final class CellException extends Exception {
  private static final long serialVersionUID = 1L;

  CellException(String message) {
    super(message, null, false, false);
  }
}
