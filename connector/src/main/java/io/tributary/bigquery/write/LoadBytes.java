package io.tributary.bigquery.write;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import io.tributary.bigquery.row.RowLayout;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.TablePlanner;
import java.util.List;
import java.util.Optional;

/** Puts the sink's own column in front of columns that were encoded for the staging table. */
final class LoadBytes implements ExactlyOnce.Form {
  private static final int METADATA = 1;

  private final DescriptorProto descriptor;
  private final List<Column> columns;

  private LoadBytes(DescriptorProto descriptor, List<Column> columns) {
    this.descriptor = descriptor;
    this.columns = columns;
  }

  /** Empty when the staging table keeps columns in another way than the destination. */
  static Optional<LoadBytes> of(RowLayout staged) {
    return staged
        .direct(List.of(TablePlanner.METADATA_COLUMN))
        .map(descriptor -> new LoadBytes(descriptor, staged.columns()));
  }

  @Override
  public DescriptorProto descriptor() {
    return descriptor;
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public ByteString of(StagedRow row) {
    byte[] columns = row.row().columns();
    return Message.of(
        columns.length,
        out -> {
          out.writeBytes(METADATA, Message.of(own -> MetadataBytes.write(row, own)));
          out.writeRawBytes(columns);
        });
  }
}
