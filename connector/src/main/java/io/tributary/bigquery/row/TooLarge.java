package io.tributary.bigquery.row;

import io.tributary.bigquery.error.BadRecord;
import io.tributary.bigquery.error.ErrorCode;

/** A row grows beyond what BigQuery takes, whatever its columns forgive. */
final class TooLarge extends RuntimeException {
  TooLarge(int most) {
    super("more than " + most + " bytes", null, false, false);
  }

  BadRecord in(String column, String where) {
    return new BadRecord(
        ErrorCode.ROW_TOO_LARGE,
        "The record at " + where + " has " + getMessage() + " up to column " + column + ".");
  }
}
