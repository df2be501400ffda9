package io.tributary.bigquery.write;

import com.google.protobuf.ByteString;
import io.tributary.bigquery.change.RowChange.Move;
import io.tributary.bigquery.row.RowLayout;
import io.tributary.bigquery.table.StagedColumns;
import io.tributary.bigquery.table.StagingTable;
import java.util.Locale;

/** Puts the sink's own fields in front of a row's encoded columns. */
final class StagedBytes {
  private static final int KIND = number(StagingTable.KIND);
  private static final int CYCLE = number(StagingTable.CYCLE);
  private static final int STAGED_AT = number(StagingTable.STAGED_AT);
  private static final int TOPIC = number(StagingTable.TOPIC);
  private static final int PARTITION = number(StagingTable.PARTITION);
  private static final int OFFSET = number(StagingTable.OFFSET);
  private static final int POSITION = number(StagingTable.POSITION);
  private static final int OP = number(StagingTable.OP);
  private static final int MOVE = number(StagingTable.MOVE);
  private static final int LINK = number(StagingTable.LINK);
  private static final int UNAVAILABLE = number(StagingTable.UNAVAILABLE);
  private static final int COLUMNS = number(StagingTable.COLUMNS);
  private static final int VARIANTS = number(StagingTable.VARIANTS);
  private static final int OPERATION = number(StagingTable.OPERATION);
  private static final int SOURCE_TIME = number(StagingTable.SOURCE_TIME);

  private final String cycle;
  private final long stagedAtMicros;
  private final int columns;
  private final int variants;

  StagedBytes(RowLayout layout, String cycle, long stagedAtMicros) {
    this.cycle = cycle;
    this.stagedAtMicros = stagedAtMicros;
    this.columns = StagedColumns.width(layout.columns());
    this.variants = layout.staged().variants();
  }

  /** The sink's own fields come first in every layout of a staging table. */
  private static int number(String field) {
    return Message.number(StagingTable.METADATA, field);
  }

  /** A change of some cycle. */
  ByteString of(StagedRow row) {
    return of(row, "change");
  }

  /** A delete or a truncate as the fold remembers it: nothing below it comes back. */
  ByteString memory(StagedRow row) {
    return of(row, row.op() == StagedRow.Op.TRUNCATE ? "truncate" : "tombstone");
  }

  private ByteString of(StagedRow row, String kind) {
    int length = row.row() == null ? 0 : row.row().columns().length;
    return Message.of(
        length,
        out -> {
          out.writeString(KIND, kind);
          out.writeString(CYCLE, cycle);
          out.writeInt64(STAGED_AT, stagedAtMicros);
          out.writeString(TOPIC, row.at().topic());
          out.writeInt64(PARTITION, row.at().partition());
          out.writeInt64(OFFSET, row.at().offset());
          out.writeByteArray(POSITION, row.position().bytes());
          out.writeString(OP, row.op().letter());
          if (row.move() != Move.NONE) {
            out.writeString(MOVE, row.move() == Move.AWAY ? "away" : "here");
          }
          if (row.link() != null) {
            out.writeByteArray(LINK, row.link());
          }
          for (String column : row.unavailable()) {
            out.writeString(UNAVAILABLE, column.toLowerCase(Locale.ROOT));
          }
          out.writeInt64(COLUMNS, columns);
          out.writeInt64(VARIANTS, variants);
          if (row.told().operation() != null) {
            out.writeString(OPERATION, row.told().operation());
          }
          if (row.told().sourceTimeMicros() != null) {
            out.writeInt64(SOURCE_TIME, row.told().sourceTimeMicros());
          }
          if (row.row() != null) {
            out.writeRawBytes(row.row().columns());
          }
        });
  }
}
