package io.tributary.bigquery.row;

import io.tributary.bigquery.change.RowChange;
import io.tributary.bigquery.config.KafkaColumn;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import java.util.concurrent.TimeUnit;

/** The columns that tell where in Kafka the record stands that wrote the row. */
final class KafkaCells {
  private KafkaCells() {}

  static Column column(KafkaColumn kafka) {
    return form(kafka).column(kafka.column());
  }

  static Form form(KafkaColumn kafka) {
    return switch (kafka) {
      case TOPIC -> Text.plain();
      case PARTITION, OFFSET -> Numbers.integer();
      case TIMESTAMP -> Civil.civil(TimeUnit.MILLISECONDS).proposing(ColumnType.TIMESTAMP);
    };
  }

  /** Null for the time of a record that has none. */
  static Object value(KafkaColumn kafka, RowChange change) {
    return switch (kafka) {
      case TOPIC -> change.at().topic();
      case PARTITION -> (long) change.at().partition();
      case OFFSET -> change.at().offset();
      case TIMESTAMP -> change.kafkaTimeMillis();
    };
  }
}
