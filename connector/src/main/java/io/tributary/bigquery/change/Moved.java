package io.tributary.bigquery.change;

import io.tributary.bigquery.offset.RecordPosition;

/**
 * An update that took a row to another key, told by one record: the old key's row is gone and the
 * new key's is there.
 */
public record Moved(RowChange away, RowChange here) implements Change {
  @Override
  public RecordPosition at() {
    return here.at();
  }
}
