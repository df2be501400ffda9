package io.tributary.bigquery.write;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import io.tributary.bigquery.row.RowLayout;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.TablePlanner;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Puts what is known of a change in front of its encoded columns. */
final class HistoryBytes implements ExactlyOnce.Form {
  private static final int KAFKA_TIME = number("kafka_time");
  private static final int TRANSACTION = number("transaction");
  private static final int LINK = number("link");
  private static final int UNAVAILABLE = number("unavailable");

  private final RowLayout layout;
  private final int metadata;

  HistoryBytes(RowLayout layout) {
    this.layout = layout;
    metadata = layout.fieldNumber(TablePlanner.METADATA);
  }

  private static int number(String field) {
    return Message.number(TablePlanner.HISTORY_COLUMN.fields(), field);
  }

  @Override
  public DescriptorProto descriptor() {
    return layout.descriptor();
  }

  @Override
  public List<Column> columns() {
    return layout.columns();
  }

  @Override
  public ByteString of(StagedRow row) {
    byte[] columns = row.row() == null ? new byte[0] : row.row().columns();
    return Message.of(
        columns.length,
        out -> {
          out.writeBytes(metadata, Message.of(told -> tell(row, told)));
          out.writeRawBytes(columns);
        });
  }

  private static void tell(StagedRow row, CodedOutputStream out) throws IOException {
    MetadataBytes.write(row, out);
    StagedRow.Told told = row.told();
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
  }
}
