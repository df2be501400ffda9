package io.tributary.bigquery.error;

import org.apache.kafka.connect.errors.ConnectException;

/**
 * A coded failure. The message names what failed and the remedy; it never holds a row's value or a
 * credential.
 */
public class SinkException extends ConnectException {
  private final ErrorCode code;

  public SinkException(ErrorCode code, String detail) {
    this(code, detail, null);
  }

  public SinkException(ErrorCode code, String detail, Throwable cause) {
    super(code.code() + " " + ended(detail) + " " + code.remedy(), cause);
    this.code = code;
  }

  /** With one full stop, whether or not what it quotes has its own. */
  private static String ended(String detail) {
    return String.valueOf(detail).replaceFirst("\\.*$", ".");
  }

  public ErrorCode code() {
    return code;
  }
}
