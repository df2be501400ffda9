package io.tributary.bigquery.write;

import com.google.protobuf.ByteString;
import io.tributary.bigquery.change.SourcePosition;
import io.tributary.bigquery.row.RowLayout;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import io.tributary.bigquery.table.StagedColumns;
import io.tributary.bigquery.table.TablePlanner;
import java.util.ArrayList;
import java.util.List;

/** Puts what BigQuery orders changes by, and the sink's own column, in front of a row's columns. */
final class ChangeBytes {
  private static final String TYPE = "_CHANGE_TYPE";
  private static final String SEQUENCE = "_CHANGE_SEQUENCE_NUMBER";
  private static final List<Column> OWN =
      List.of(
          Column.nullable(TYPE, ColumnType.STRING),
          Column.nullable(SEQUENCE, ColumnType.STRING),
          TablePlanner.METADATA_COLUMN);

  private static final int TYPE_NUMBER = Message.number(OWN, TYPE);
  private static final int SEQUENCE_NUMBER = Message.number(OWN, SEQUENCE);
  private static final int METADATA_NUMBER = Message.number(OWN, TablePlanner.METADATA);

  private ChangeBytes() {}

  /** The layout of rows of a table with these columns. */
  static RowLayout layout(List<Column> columns) {
    List<Column> others = new ArrayList<>(columns);
    others.removeIf(column -> column.name().equalsIgnoreCase(TablePlanner.METADATA));
    return RowLayout.of(OWN, StagedColumns.plain(others));
  }

  /** A whole row, or of a delete the key. */
  static ByteString of(StagedRow row) {
    boolean delete = row.op() == StagedRow.Op.DELETE;
    byte[] columns = delete ? row.row().key() : row.row().columns();
    return Message.of(
        columns.length,
        out -> {
          out.writeString(TYPE_NUMBER, delete ? "DELETE" : "UPSERT");
          out.writeString(SEQUENCE_NUMBER, sequence(row.position()));
          if (!delete) {
            out.writeBytes(METADATA_NUMBER, Message.of(own -> MetadataBytes.write(row, own)));
          }
          out.writeRawBytes(columns);
        });
  }

  /** Sections of hexadecimal digits, which BigQuery compares as unsigned numbers. */
  static String sequence(SourcePosition position) {
    return String.join(
        "/",
        Long.toHexString(position.epoch()),
        Long.toHexString(position.base()),
        Long.toHexString(position.change()),
        Long.toHexString(position.kafkaOffset()));
  }
}
