package io.tributary.emulator.contract;

/** What part of BigQuery a behaviour belongs to; its name as the page prints it. */
public enum Area {
  STREAMS("write: streams"),
  APPEND("write: append"),
  WRITER_SCHEMA("write: schema"),
  MISSING_VALUES("write: missing values"),
  WIRE_FORMS("write: wire forms"),
  COMMIT("write: finalize, commit, flush"),
  WRITE_ERRORS("write: errors"),
  CHANGE_DATA_CAPTURE("change data capture"),
  DML("DML"),
  TRANSACTIONS("transactions"),
  DDL("DDL"),
  TABLES("tables and datasets"),
  STREAMING("tabledata"),
  NAMES("names"),
  PROPAGATION("propagation"),
  TYPES("types"),
  JOBS("jobs"),
  REST("REST protocol"),
  PERMISSIONS("permissions and locations"),
  QUOTAS("quotas and limits"),
  GOOGLESQL("GoogleSQL"),
  INFORMATION_SCHEMA("INFORMATION_SCHEMA");

  private final String title;

  Area(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
