package io.tributary.bigquery.write;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import io.tributary.bigquery.row.RowLayout;
import io.tributary.bigquery.table.TablePlanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Puts what is known of a change in front of its encoded columns. */
final class HistoryBytes implements ExactlyOnce.Form {
  private static final int POSITION = field("position");
  private static final int OPERATION = field("operation");
  private static final int SOURCE_TIME = field("source_time");
  private static final int KAFKA_TOPIC = field("kafka_topic");
  private static final int KAFKA_PARTITION = field("kafka_partition");
  private static final int KAFKA_OFFSET = field("kafka_offset");
  private static final int KAFKA_TIME = field("kafka_time");
  private static final int TRANSACTION = field("transaction");
  private static final int LINK = field("link");
  private static final int UNAVAILABLE = field("unavailable");

  private final RowLayout layout;
  private final int metadata;

  HistoryBytes(RowLayout layout) {
    this.layout = layout;
    metadata = layout.fieldNumber(TablePlanner.METADATA);
  }

  /** Fields of a struct are numbered in their order. */
  private static int field(String name) {
    return TablePlanner.HISTORY_COLUMN.fields().stream()
            .map(column -> column.name())
            .toList()
            .indexOf(name)
        + 1;
  }

  @Override
  public DescriptorProto descriptor() {
    return layout.descriptor();
  }

  @Override
  public ByteString of(StagedRow row) {
    byte[] columns = row.row() == null ? new byte[0] : row.row().columns();
    ByteString told = told(row);
    ByteString.Output bytes = ByteString.newOutput(columns.length + told.size() + 16);
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      out.writeBytes(metadata, told);
      out.writeRawBytes(columns);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteString();
  }

  private static ByteString told(StagedRow row) {
    ByteString.Output bytes = ByteString.newOutput(160);
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    StagedRow.Told told = row.told();
    try {
      out.writeByteArray(POSITION, row.position().bytes());
      if (told.operation() != null) {
        out.writeString(OPERATION, told.operation());
      }
      if (told.sourceTimeMicros() != null) {
        out.writeInt64(SOURCE_TIME, told.sourceTimeMicros());
      }
      out.writeString(KAFKA_TOPIC, row.at().topic());
      out.writeInt64(KAFKA_PARTITION, row.at().partition());
      out.writeInt64(KAFKA_OFFSET, row.at().offset());
      if (told.kafkaTimeMillis() != null) {
        out.writeInt64(KAFKA_TIME, told.kafkaTimeMillis() * 1_000L);
      }
      if (told.transaction() != null) {
        out.writeString(TRANSACTION, told.transaction());
      }
      if (row.link() != null) {
        out.writeByteArray(LINK, row.link());
      }
      if (row.op() == StagedRow.Op.UPSERT) {
        for (String column : row.unavailable()) {
          out.writeString(UNAVAILABLE, column.toLowerCase(Locale.ROOT));
        }
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteString();
  }
}
