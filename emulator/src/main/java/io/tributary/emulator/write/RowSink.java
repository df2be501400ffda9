package io.tributary.emulator.write;

import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.engine.Engine;
import io.tributary.emulator.engine.RowBatch;
import java.time.Instant;
import java.util.List;

/** Takes rows that were found good. */
sealed interface RowSink {
  static RowSink of(AppendedRows rows, Engine engine) {
    return switch (rows) {
      case KEPT -> new Kept(engine);
      case COUNTED -> new Counted(engine);
    };
  }

  /** Appends to the partition of this time; null for the present. */
  void append(TableRef table, List<RowBatch> batches, Instant partition);

  /** Keeps changes by primary key. */
  void change(TableRef table, List<RowBatch> batches);

  /** What a stream holds of rows that are not to be seen yet. */
  List<RowBatch> held(List<RowBatch> batches);

  /** Stores the rows. */
  record Kept(Engine engine) implements RowSink {
    @Override
    public void append(TableRef table, List<RowBatch> batches, Instant partition) {
      engine.append(table, batches, partition);
    }

    @Override
    public void change(TableRef table, List<RowBatch> batches) {
      engine.change(table, batches);
    }

    @Override
    public List<RowBatch> held(List<RowBatch> batches) {
      return batches;
    }
  }

  /** Knows of the rows only how many they were. */
  record Counted(Engine engine) implements RowSink {
    @Override
    public void append(TableRef table, List<RowBatch> batches, Instant partition) {
      engine.count(table, batches.stream().mapToLong(batch -> batch.rows().size()).sum());
    }

    @Override
    public void change(TableRef table, List<RowBatch> batches) {
      append(table, batches, null);
    }

    @Override
    public List<RowBatch> held(List<RowBatch> batches) {
      return batches.stream().map(RowBatch::withoutValues).toList();
    }
  }
}
