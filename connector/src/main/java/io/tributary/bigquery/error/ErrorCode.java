package io.tributary.bigquery.error;

/**
 * Every way in which the sink refuses, sets a record aside, waits or stops. The numbers are stable;
 * {@code docs/errors.md} is generated from this list.
 */
public enum ErrorCode {
  CONFIG_INVALID(
      101,
      Family.REFUSE,
      "A configuration value cannot be used.",
      "Correct the key that the message names."),
  PROJECT_UNREACHABLE(
      102,
      Family.REFUSE,
      "The BigQuery project or its endpoint did not answer.",
      "Check project, endpoint and network from the worker."),
  DATASET_MISSING(
      103,
      Family.REFUSE,
      "The dataset does not exist.",
      "Create the dataset, or correct `dataset`; or set `auto.create.datasets=true` and `location`."),
  PERMISSION_DENIED(
      104,
      Family.REFUSE,
      "The credentials lack a permission.",
      "Grant the permission that the message names to the connector's account."),
  CREDENTIALS_REFUSED(
      105,
      Family.REFUSE,
      "The credentials are of a kind or form that is not accepted, or no longer valid: the key was"
          + " revoked, or the account is disabled.",
      "Use a valid service-account key of an enabled account, or application default credentials on"
          + " the worker."),

  VALUE_UNFIT(
      201,
      Family.RECORD,
      "A value does not fit its column exactly.",
      "Correct the row at the source, or choose another column type."),
  TYPE_UNSUPPORTED(
      202, Family.RECORD, "A column's type is not supported.", "Exclude the column at the source."),
  TYPE_CONFLICT(
      203,
      Family.RECORD,
      "A column of the record and of the table have types that do not fit each other.",
      "Change the table's column or the source's so that they agree."),
  KEY_MISSING(
      204,
      Family.RECORD,
      "The record has no key.",
      "Name its columns by the option `key.fields` of the table, or set `write.mode=append` for it;"
          + " or give the table a primary key at the source."),
  RECORD_UNREADABLE(
      205,
      Family.RECORD,
      "The record is none of the accepted forms.",
      "Check converters and transforms."),
  ROW_REJECTED(
      206,
      Family.RECORD,
      "BigQuery rejected the row.",
      "Correct the column that the message names."),
  ROW_INCOMPLETE(
      207,
      Family.RECORD,
      "A row lacks columns that the source did not send, and no earlier state of it is known.",
      "Let the source complete later changes, by REPLICA IDENTITY FULL or Debezium's reselect"
          + " post-processor. If the task stops: set `cdc.unavailable` to `dead-letter` or `lookup` (mode"
          + " `cdc`), or `incomplete.policy=dead-letter`, with a dead letter queue. Then re-read the row"
          + " by a snapshot."),
  ROW_TOO_LARGE(
      208,
      Family.RECORD,
      "The row is larger than one request may be.",
      "Shorten or exclude the column."),
  ORDER_UNKNOWN(
      209,
      Family.RECORD,
      "The field that orders the table's changes is missing, NULL or no number or time.",
      "Choose an `order.field` that every change has, such as `source.ts_us`."),

  BIGQUERY_UNAVAILABLE(
      301,
      Family.TRANSIENT,
      "BigQuery kept failing until the deadline passed.",
      "Check BigQuery's status; restart the task when it is back."),
  SCHEMA_NOT_VISIBLE(
      302,
      Family.TRANSIENT,
      "The write path did not see a schema change before the deadline.",
      "Restart the task; raise `schema.propagation.timeout.ms`."),
  STREAM_LOST(
      303,
      Family.TRANSIENT,
      "Staging streams were lost until the deadline passed.",
      "Check BigQuery's status; restart the task."),

  POSITION_UNKNOWN(
      401,
      Family.FATAL,
      "An envelope carries no source position that is understood.",
      "Use a source whose positions are understood, or set `order.by`."),
  LOG_RESTARTED(
      402,
      Family.FATAL,
      "A snapshot or change lies below an earlier one: the source's log started over.",
      "Add the time of the fail-over, restore or reset to `source.restarts`."),
  POSITIONS_MIXED(
      403,
      Family.FATAL,
      "One partition carries records with and without source positions.",
      "Do not change between envelopes and flattened records inside a topic."),
  TRUNCATE_UNORDERED(
      404,
      Family.FATAL,
      "A truncate without source position came from a topic with several partitions.",
      "Use Debezium envelopes, or a single partition."),
  TABLE_UNFIT(
      405,
      Family.FATAL,
      "The table cannot take the rows: it or a column was dropped; it is a view, has another key, or"
          + " lacks a column that the sink or its partitioning or clustering needs; or it does not"
          + " exist, and `auto.create.tables` is `false`.",
      "See \"Changes by hand\" and \"Adopting a table\" in docs/schema.md. A restart creates a dropped"
          + " table empty: load it again."),
  TABLE_COLLISION(
      406,
      Family.FATAL,
      "Two source tables lead to the same BigQuery table.",
      "Change `table.name.template`."),
  WRITE_REFUSED(
      407,
      Family.FATAL,
      "BigQuery refused a request for good.",
      "Mend what BigQuery's answer names, then restart the task."),
  REPORTER_MISSING(
      408,
      Family.FATAL,
      "A bad record was met and no dead letter queue is configured.",
      "Set errors.tolerance=all and errors.deadletterqueue.topic.name, or mend the record."),
  NAME_COLLISION(
      409,
      Family.FATAL,
      "Two fields of a record would be one column.",
      "Rename or exclude one of them."),
  SCHEMA_CONFLICT(
      410,
      Family.FATAL,
      "The source's column and the table's have types that do not fit each other.",
      "Choose a `schema.conflict` for the table, or change one of the columns."),
  TABLE_STREAMED(
      411,
      Family.FATAL,
      "The table takes, or took, changes by BigQuery's own change data capture; it cannot be merged into.",
      "Copy it and swap: \"Changing a table's mode\" in docs/operations.md."),
  TOPIC_RECREATED(
      412,
      Family.FATAL,
      "The history has another record at the same place in Kafka: the topic was created anew.",
      "Raise `source.epoch` by one."),
  MODE_CHANGED(
      413,
      Family.FATAL,
      "The table was written in another mode, and what lies between the two modes was not done.",
      "Set `write.mode` back, or take the steps of \"Changing a table's mode\" in docs/operations.md."),
  TRUNCATE_BARRED(
      421,
      Family.FATAL,
      "A truncate came for a table in mode `cdc`, where BigQuery bars statements that delete rows.",
      "Set `cdc.truncate=ignore` and restart; the rows stay until the table is loaded anew."
          + " Debezium leaves truncates out with `skipped.operations=t`."),
  POSITION_MISSING(
      422,
      Family.FATAL,
      "A flattened record came for a table in mode `cdc`: it does not tell its place in the source's"
          + " log.",
      "Take the ExtractNewRecordState transform away, so that envelopes arrive; or set"
          + " `order.by=kafka` if every key stays in one partition of one topic; or use mode `merge`."),
  INTERNAL(499, Family.FATAL, "A defect of the sink.", "Report it with the log.");

  /**
   * What happens: refused at validation, or stop; set aside or stop; wait with a deadline; stop.
   */
  public enum Family {
    REFUSE,
    RECORD,
    TRANSIENT,
    FATAL
  }

  private final int number;
  private final Family family;
  private final String meaning;
  private final String remedy;

  ErrorCode(int number, Family family, String meaning, String remedy) {
    this.number = number;
    this.family = family;
    this.meaning = meaning;
    this.remedy = remedy;
  }

  /** The code as operators see it, for example {@code TRIB-201}. */
  public String code() {
    return "TRIB-" + number;
  }

  public Family family() {
    return family;
  }

  public String meaning() {
    return meaning;
  }

  public String remedy() {
    return remedy;
  }
}
