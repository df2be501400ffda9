package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.Column;
import java.util.Collections;
import java.util.List;

/**
 * Rows to append.
 *
 * @param columns the columns that the cells of each row belong to; columns of the table that are
 *     left out get their default value or NULL
 * @param rows cells are canonical Java values, see {@link Engine}
 */
public record RowBatch(List<Column> columns, List<Object[]> rows) {
  /** As many rows that hold nothing. */
  public RowBatch withoutValues() {
    return new RowBatch(List.of(), Collections.nCopies(rows.size(), new Object[0]));
  }
}
