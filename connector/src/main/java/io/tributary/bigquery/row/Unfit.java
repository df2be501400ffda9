package io.tributary.bigquery.row;

import io.tributary.bigquery.error.BadRecord;
import io.tributary.bigquery.error.ErrorCode;

/** Why a value cannot be written, before it is known in which column. Never tells the value. */
final class Unfit extends RuntimeException {
  private final ErrorCode code;

  private Unfit(ErrorCode code, String reason) {
    super(reason, null, false, false);
    this.code = code;
  }

  static Unfit value(String reason) {
    return new Unfit(ErrorCode.VALUE_UNFIT, reason);
  }

  static Unfit type(String reason) {
    return new Unfit(ErrorCode.TYPE_CONFLICT, reason);
  }

  BadRecord in(String column, String where) {
    return new BadRecord(
        code, "Column " + column + " of the record at " + where + ": " + getMessage() + ".");
  }
}
