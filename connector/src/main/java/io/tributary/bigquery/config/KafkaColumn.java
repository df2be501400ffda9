package io.tributary.bigquery.config;

import java.util.Locale;

/** A column that tells where in Kafka the record stands that wrote the row. */
public enum KafkaColumn {
  TOPIC,
  PARTITION,
  OFFSET,
  TIMESTAMP;

  /** The column's name in the table. */
  public String column() {
    return "kafka_" + name().toLowerCase(Locale.ROOT);
  }
}
