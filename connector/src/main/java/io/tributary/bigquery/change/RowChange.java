package io.tributary.bigquery.change;

import io.tributary.bigquery.offset.RecordPosition;
import org.apache.kafka.connect.data.Schema;

/**
 * An insert, update or delete of one row.
 *
 * @param key the row's key, from the record's key; of a table without one {@link Image#NO_KEY}
 * @param row the row's state after the change; null for a delete, whose "before" is not to be
 *     trusted; without a key it is all there is
 * @param rowSchema schema of the table's rows, which a delete may tell as well; null when it is not
 *     told
 * @param move which half of a key change this is, if any
 * @param link what the two halves of one key change share (transaction id and lsn, 16 bytes); null
 *     unless {@code move} is a half and the source tells
 * @param transaction the source's name for the transaction, or null
 * @param operation Debezium's letter: c, u, d or r
 * @param sourceTimeMicros commit time at the source in microseconds since the epoch, or null
 * @param kafkaTimeMillis the record's timestamp in milliseconds since the epoch, or null
 */
public record RowChange(
    RecordPosition at,
    SourcePosition position,
    Origin origin,
    Image key,
    Image row,
    Schema rowSchema,
    Move move,
    byte[] link,
    String transaction,
    String operation,
    Long sourceTimeMicros,
    Long kafkaTimeMillis)
    implements Change {
  /** The halves of a key change: a delete of the old key and a create of the new one. */
  public enum Move {
    NONE,
    AWAY,
    HERE
  }

  /** A delete of a row with another key, at the same place. */
  RowChange withoutRow(Image otherKey) {
    return new RowChange(
        at,
        position,
        origin,
        otherKey,
        null,
        rowSchema,
        Move.NONE,
        null,
        transaction,
        Operation.DELETE.letter(),
        sourceTimeMicros,
        kafkaTimeMillis);
  }

  public boolean isDelete() {
    return row == null;
  }
}
