package io.tributary.emulator.catalog;

/** An error as BigQuery reports it: a reason, the HTTP status that goes with it, and a text. */
public final class BigQueryError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final int httpStatus;
  private final String location;

  private BigQueryError(String reason, int httpStatus, String location, String message) {
    super(message);
    this.reason = reason;
    this.httpStatus = httpStatus;
    this.location = location;
  }

  /** The short reason, such as {@code invalidQuery}. */
  public String reason() {
    return reason;
  }

  /** The HTTP status that BigQuery answers with. */
  public int httpStatus() {
    return httpStatus;
  }

  /** What the error is about, such as {@code query} or a field's name, or null. */
  public String location() {
    return location;
  }

  /** Something that is named does not exist. */
  public static BigQueryError notFound(String message) {
    return new BigQueryError("notFound", 404, null, message);
  }

  /** The table does not exist, as REST calls report it. */
  public static BigQueryError tableNotFound(TableRef table) {
    return notFound("Not found: Table " + table);
  }

  /** The dataset does not exist. */
  public static BigQueryError datasetNotFound(DatasetRef dataset) {
    return notFound("Not found: Dataset " + dataset);
  }

  /** Something of this name exists already. */
  public static BigQueryError duplicate(String message) {
    return new BigQueryError("duplicate", 409, null, message);
  }

  /** A request or a definition is wrong. */
  public static BigQueryError invalid(String message) {
    return new BigQueryError("invalid", 400, null, message);
  }

  /** A statement is wrong, or failed while it ran. */
  public static BigQueryError invalidQuery(String message) {
    return new BigQueryError("invalidQuery", 400, "query", message);
  }

  /** The construct is not supported. */
  public static BigQueryError notImplemented(String message) {
    return new BigQueryError("notImplemented", 501, null, message);
  }

  /** The caller may not do this. */
  public static BigQueryError accessDenied(String message) {
    return new BigQueryError("accessDenied", 403, null, message);
  }

  /** The etag sent with a change is not the current one. */
  public static BigQueryError conditionNotMet(String message) {
    return new BigQueryError("conditionNotMet", 412, "If-Match", message);
  }

  /** The dataset still has tables. */
  public static BigQueryError resourceInUse(String message) {
    return new BigQueryError("resourceInUse", 400, null, message);
  }

  /** A statement needs more than it is granted. */
  public static BigQueryError resourcesExceeded(String message) {
    return new BigQueryError("resourcesExceeded", 400, null, message);
  }

  /** A query would be billed more than its job allows. */
  public static BigQueryError bytesBilledLimitExceeded(String message) {
    return new BigQueryError("bytesBilledLimitExceeded", 400, null, message);
  }

  /** The job was cancelled. */
  public static BigQueryError stopped(String message) {
    return new BigQueryError("stopped", 200, null, message);
  }

  /** A failure of the emulator itself. */
  public static BigQueryError internal(String message, Throwable cause) {
    BigQueryError error = new BigQueryError("internalError", 500, null, message);
    error.initCause(cause);
    return error;
  }
}
