package io.tributary.bigquery.write;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.tributary.bigquery.change.SourcePosition;
import io.tributary.bigquery.row.RowLayout;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import io.tributary.bigquery.table.StagedColumns;
import io.tributary.bigquery.table.TablePlanner;
import java.io.IOException;
import java.io.UncheckedIOException;
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

  private final RowLayout layout;

  ChangeBytes(RowLayout layout) {
    this.layout = layout;
  }

  /** The layout of rows of a table with these columns. */
  static RowLayout layout(List<Column> columns) {
    List<Column> others = new ArrayList<>(columns);
    others.removeIf(column -> column.name().equalsIgnoreCase(TablePlanner.METADATA));
    return RowLayout.of(OWN, StagedColumns.plain(others));
  }

  /** A whole row, or of a delete the key. */
  ByteString of(StagedRow row) {
    boolean delete = row.op() == StagedRow.Op.DELETE;
    byte[] columns = delete ? row.row().key() : row.row().columns();
    return message(
        out -> {
          out.writeString(layout.fieldNumber(TYPE), delete ? "DELETE" : "UPSERT");
          out.writeString(layout.fieldNumber(SEQUENCE), sequence(row.position()));
          if (!delete) {
            out.writeBytes(layout.fieldNumber(TablePlanner.METADATA), metadata(row));
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

  /** By the numbers that {@link TablePlanner#METADATA_COLUMN} gives its fields. */
  static ByteString metadata(StagedRow row) {
    return message(
        out -> {
          out.writeByteArray(field("position"), row.position().bytes());
          if (row.told().operation() != null) {
            out.writeString(field("operation"), row.told().operation());
          }
          if (row.told().sourceTimeMicros() != null) {
            out.writeInt64(field("source_time"), row.told().sourceTimeMicros());
          }
          out.writeString(field("kafka_topic"), row.at().topic());
          out.writeInt64(field("kafka_partition"), row.at().partition());
          out.writeInt64(field("kafka_offset"), row.at().offset());
        });
  }

  private static int field(String name) {
    List<Column> fields = TablePlanner.METADATA_COLUMN.fields();
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(name)) {
        return i + 1;
      }
    }
    throw new IllegalArgumentException("There is no field " + name);
  }

  /** Fields of a message. */
  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static ByteString message(Fields fields) {
    ByteString.Output bytes = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      fields.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteString();
  }
}
