package io.tributary.bigquery.error;

/** A record that cannot be written; it goes to the dead letter queue alone. */
public final class BadRecord extends SinkException {
  public BadRecord(ErrorCode code, String detail) {
    super(code, detail);
  }
}
