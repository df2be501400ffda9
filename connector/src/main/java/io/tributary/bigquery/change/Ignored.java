package io.tributary.bigquery.change;

import io.tributary.bigquery.offset.RecordPosition;

/** A record that asks nothing of any table; it is counted by reason. */
public record Ignored(RecordPosition at, Reason reason) implements Change {
  /** Why a record is ignored. */
  public enum Reason {
    HEARTBEAT,
    TRANSACTION,
    SCHEMA_CHANGE,
    LOGICAL_MESSAGE,
    NOTIFICATION,
    TOMBSTONE,
    DELETE,
    TRUNCATE
  }
}
