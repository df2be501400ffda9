package io.tributary.bigquery.histories;

import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A record of a topic, in the order in which the source sent it.
 *
 * @param row the row that the record is about, or {@link #ALL}
 * @param version the version of the table's schema that the record was written with
 * @param first whether a transaction begins with it
 * @param trait what it shows
 */
record Delivery(SinkRecord record, int row, int version, boolean first, Trait trait) {
  /** The record is about every row. */
  static final int ALL = -1;

  /** Whether it takes the row from its key. */
  boolean takes() {
    return record.value() instanceof Struct envelope && envelope.getString("op").equals("d");
  }

  /** What a record shows beside a plain change. */
  enum Trait {
    PLAIN,
    TOAST,
    KEY_CHANGE,
    REPEATED
  }
}
