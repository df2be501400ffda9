package io.tributary.emulator.write;

import com.google.cloud.bigquery.storage.v1.AppendRowsRequest.MissingValueInterpretation;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.cloud.bigquery.storage.v1.RowError;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.engine.RowBatch;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The decoded rows of one request in their order: rows in a row that leave the same columns to
 * their defaults form one batch.
 */
record RowSet(List<RowBatch> batches, List<RowError> errors) {

  /** What absent values mean, by lower-case column name, and for all other columns. */
  record MissingValues(
      Map<String, MissingValueInterpretation> byColumn, MissingValueInterpretation others) {
    boolean takesDefault(Column column) {
      return column.defaultValueExpression() != null
          && byColumn.getOrDefault(column.name().toLowerCase(Locale.ROOT), others)
              == MissingValueInterpretation.DEFAULT_VALUE;
    }
  }

  static RowSet decode(ProtoRows rows, AppendTarget target, MissingValues missing, RowMode mode) {
    BitSet defaulted = new BitSet();
    RowDecoder decoder = target.decoder();
    List<Column> columns = decoder.columns();
    for (int i = 0; i < columns.size(); i++) {
      defaulted.set(i, missing.takesDefault(columns.get(i)));
    }
    List<RowBatch> batches = new ArrayList<>();
    List<RowError> errors = new ArrayList<>();
    BitSet leftByBatch = null;
    for (int index = 0; index < rows.getSerializedRowsCount(); index++) {
      try {
        Object[] values = decoder.decode(rows.getSerializedRows(index));
        mode.check(values);
        BitSet left = leftToDefault(values, defaulted);
        checkRequired(values, columns, left, mode);
        target.bounds().check(values);
        if (!left.equals(leftByBatch)) {
          batches.add(new RowBatch(without(columns, left), new ArrayList<>()));
          leftByBatch = left;
        }
        batches.get(batches.size() - 1).rows().add(left.isEmpty() ? values : without(values, left));
      } catch (CellException e) {
        errors.add(
            RowError.newBuilder()
                .setIndex(index)
                .setCode(RowError.RowErrorCode.FIELDS_ERROR)
                .setMessage(e.getMessage())
                .build());
      }
    }
    return new RowSet(batches, errors);
  }

  private static BitSet leftToDefault(Object[] values, BitSet defaulted) {
    BitSet left = new BitSet();
    for (int i = defaulted.nextSetBit(0); i >= 0; i = defaulted.nextSetBit(i + 1)) {
      left.set(i, values[i] == null);
    }
    return left;
  }

  private static void checkRequired(
      Object[] values, List<Column> columns, BitSet left, RowMode mode) throws CellException {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null && !left.get(i)) {
        mode.checkRequired(values, columns, i);
      }
    }
  }

  private static Object[] without(Object[] values, BitSet left) {
    List<Object> kept = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (!left.get(i)) {
        kept.add(values[i]);
      }
    }
    return kept.toArray();
  }

  private static List<Column> without(List<Column> columns, BitSet left) {
    List<Column> kept = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (!left.get(i)) {
        kept.add(columns.get(i));
      }
    }
    return kept;
  }
}
