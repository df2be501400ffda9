package io.tributary.bigquery.change;

import io.tributary.bigquery.offset.RecordPosition;

/** One Kafka record, digested: what it asks of which table, and where it sits. Immutable. */
public sealed interface Change permits RowChange, Moved, Truncate, Ignored {
  /** The record's original Kafka coordinates. */
  RecordPosition at();
}
