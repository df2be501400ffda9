package io.tributary.emulator.write;

import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.engine.RowBatch;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Columns that a table has lost while the write path still believes in them: their values are
 * accepted and go nowhere.
 */
final class LostColumns {
  private LostColumns() {}

  /** The batches without the columns that this connection knows and the table has no more. */
  static List<RowBatch> drop(List<RowBatch> batches, List<Column> known, List<Column> present) {
    return known.equals(present)
        ? batches
        : batches.stream().map(batch -> drop(batch, known, present)).toList();
  }

  private static RowBatch drop(RowBatch batch, List<Column> known, List<Column> present) {
    int[] kept =
        IntStream.range(0, batch.columns().size())
            .filter(
                i -> !isIn(known, batch.columns().get(i)) || isIn(present, batch.columns().get(i)))
            .toArray();
    return new RowBatch(
        Arrays.stream(kept).mapToObj(batch.columns()::get).toList(),
        batch.rows().stream()
            .map(row -> Arrays.stream(kept).mapToObj(i -> row[i]).toArray())
            .toList());
  }

  private static boolean isIn(List<Column> columns, Column column) {
    return columns.stream().anyMatch(one -> one.name().equalsIgnoreCase(column.name()));
  }
}
