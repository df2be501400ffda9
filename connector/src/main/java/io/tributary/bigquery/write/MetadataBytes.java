package io.tributary.bigquery.write;

import com.google.protobuf.CodedOutputStream;
import io.tributary.bigquery.table.TablePlanner;
import java.io.IOException;

/**
 * What the sink's own column tells of a row in every mode. A table of changes has further fields
 * behind these.
 */
final class MetadataBytes {
  private static final int POSITION = number("position");
  private static final int OPERATION = number("operation");
  private static final int SOURCE_TIME = number("source_time");
  private static final int KAFKA_TOPIC = number("kafka_topic");
  private static final int KAFKA_PARTITION = number("kafka_partition");
  private static final int KAFKA_OFFSET = number("kafka_offset");

  private MetadataBytes() {}

  private static int number(String field) {
    return Message.number(TablePlanner.METADATA_COLUMN.fields(), field);
  }

  static void write(StagedRow row, CodedOutputStream out) throws IOException {
    out.writeByteArray(POSITION, row.position().bytes());
    if (row.told().operation() != null) {
      out.writeString(OPERATION, row.told().operation());
    }
    if (row.told().sourceTimeMicros() != null) {
      out.writeInt64(SOURCE_TIME, row.told().sourceTimeMicros());
    }
    out.writeString(KAFKA_TOPIC, row.at().topic());
    out.writeInt64(KAFKA_PARTITION, row.at().partition());
    out.writeInt64(KAFKA_OFFSET, row.at().offset());
  }
}
