package io.tributary.bigquery.write;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.tributary.bigquery.change.RowChange.Move;
import io.tributary.bigquery.row.RowLayout;
import io.tributary.bigquery.table.StagedColumns;
import io.tributary.bigquery.table.StagingTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Puts the sink's own fields in front of a row's encoded columns. */
final class StagedBytes {
  private final RowLayout layout;
  private final String cycle;
  private final long stagedAtMicros;
  private final int columns;
  private final int variants;

  StagedBytes(RowLayout layout, String cycle, long stagedAtMicros) {
    this.layout = layout;
    this.cycle = cycle;
    this.stagedAtMicros = stagedAtMicros;
    this.columns = StagedColumns.width(layout.columns());
    this.variants = layout.staged().variants();
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
    int rowLength = row.row() == null ? 0 : row.row().columns().length;
    ByteString.Output bytes = ByteString.newOutput(rowLength + 256);
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      out.writeString(field(StagingTable.KIND), kind);
      out.writeString(field(StagingTable.CYCLE), cycle);
      out.writeInt64(field(StagingTable.STAGED_AT), stagedAtMicros);
      out.writeString(field(StagingTable.TOPIC), row.at().topic());
      out.writeInt64(field(StagingTable.PARTITION), row.at().partition());
      out.writeInt64(field(StagingTable.OFFSET), row.at().offset());
      out.writeByteArray(field(StagingTable.POSITION), row.position().bytes());
      out.writeString(field(StagingTable.OP), row.op().letter());
      if (row.move() != Move.NONE) {
        out.writeString(field(StagingTable.MOVE), row.move() == Move.AWAY ? "away" : "here");
      }
      if (row.link() != null) {
        out.writeByteArray(field(StagingTable.LINK), row.link());
      }
      for (String column : row.unavailable()) {
        out.writeString(field(StagingTable.UNAVAILABLE), column.toLowerCase(Locale.ROOT));
      }
      out.writeInt64(field(StagingTable.COLUMNS), columns);
      out.writeInt64(field(StagingTable.VARIANTS), variants);
      if (row.told().operation() != null) {
        out.writeString(field(StagingTable.OPERATION), row.told().operation());
      }
      if (row.told().sourceTimeMicros() != null) {
        out.writeInt64(field(StagingTable.SOURCE_TIME), row.told().sourceTimeMicros());
      }
      if (row.row() != null) {
        out.writeRawBytes(row.row().columns());
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteString();
  }

  private int field(String name) {
    return layout.fieldNumber(name);
  }
}
