package io.tributary.bigquery.row;

import java.util.List;

/**
 * A row in protobuf's wire form, by the field numbers of one {@link RowLayout}.
 *
 * @param key the key columns, in one form only: equal exactly when the keys are equal
 * @param columns the destination's columns, key included, without the sink's own
 * @param unavailable sorted names of the columns whose values the source did not send
 */
public record EncodedRow(byte[] key, byte[] columns, List<String> unavailable) {
  public EncodedRow {
    unavailable = List.copyOf(unavailable);
  }
}
