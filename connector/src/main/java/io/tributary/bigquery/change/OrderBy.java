package io.tributary.bigquery.change;

/** What orders the changes of one key. */
public enum OrderBy {
  /** The source's log, as far as the record tells it. */
  SOURCE,
  /** The Kafka offset; right only while every key stays in one partition of one topic. */
  KAFKA
}
