package io.tributary.bigquery.config;

/** What a pattern can say of tables; {@code docs/configuration.md} is written from this list. */
enum TableOption {
  WRITE_MODE(
      "write.mode", "merge, cdc or append", "How changes reach the table (see `write.mode`)."),
  HISTORY(
      "history",
      "true or false",
      "Whether a second table keeps every change of this one (see `history`)."),
  MAX_STALENESS(
      "max.staleness",
      "milliseconds, or a duration such as PT15M",
      "By how much queries may lag behind in mode `cdc` (see `max.staleness`)."),
  CDC_UNAVAILABLE(
      "cdc.unavailable",
      "fail, dead-letter or lookup",
      "What becomes of incomplete rows in mode `cdc` (see `cdc.unavailable`)."),
  CDC_TRUNCATE(
      "cdc.truncate", "fail or ignore", "What a truncate does in mode `cdc` (see `cdc.truncate`)."),
  DELETE_MODE("delete.mode", "hard, soft or ignore", "What a delete does (see `delete.mode`)."),
  SCHEMA_CONFLICT(
      "schema.conflict",
      "fail, dead-letter, new-column or recreate",
      "What happens when the source's column and the table's have types that do not fit each other"
          + " (see `schema.conflict`)."),
  PARTITION_BY(
      "partition.by",
      "a column, or `ingestion`",
      "Column by which a new table is partitioned, or `ingestion` for the time of arrival."),
  PARTITION_GRANULARITY(
      "partition.granularity",
      "hour, day, month or year",
      "Length of a partition; `day` unless given. Only with `partition.by` of the same pattern."),
  PARTITION_EXPIRATION_MS(
      "partition.expiration.ms",
      "milliseconds, more than 0",
      "How long a partition lives. Only with `partition.by` of the same pattern."),
  CLUSTER_BY(
      "cluster.by",
      "one to four columns separated by commas",
      "Columns by which a new table is clustered, in this order. Its key unless given."),
  LABELS(
      "labels",
      "key:value,key:value",
      "Labels of the table beside those of the key `labels`, and before them where they differ."),
  DESCRIPTION("description", "at most 16,384 characters", "Description of the table."),
  KMS_KEY(
      "kms.key",
      "projects/…/locations/…/keyRings/…/cryptoKeys/…",
      "Key that encrypts a new table (see `kms.key`)."),
  KEY_FIELDS(
      "key.fields",
      "fields of the row separated by commas",
      "Key of records that have none in Kafka. Deletes and changes of the key need the whole former"
          + " row: `REPLICA IDENTITY FULL` in PostgreSQL."),
  ORDER_FIELD(
      "order.field",
      "a field of the row, or `source.` and one of the source block",
      "Field that orders the changes (see `order.field`).");

  private final String spelling;
  private final String accepted;
  private final String meaning;

  TableOption(String spelling, String accepted, String meaning) {
    this.spelling = spelling;
    this.accepted = accepted;
    this.meaning = meaning;
  }

  String spelling() {
    return spelling;
  }

  /** Throws a ConfigException that tells why a value cannot be used. */
  void check(String value) {
    switch (this) {
      case WRITE_MODE -> OptionValues.mode(value);
      case HISTORY -> OptionValues.flag(value);
      case MAX_STALENESS -> OptionValues.interval(value);
      case CDC_UNAVAILABLE -> OptionValues.unavailable(value);
      case CDC_TRUNCATE -> OptionValues.truncates(value);
      case DELETE_MODE -> OptionValues.deletes(value);
      case SCHEMA_CONFLICT -> OptionValues.conflict(value);
      case PARTITION_BY -> OptionValues.column(value);
      case PARTITION_GRANULARITY -> OptionValues.granularity(value);
      case PARTITION_EXPIRATION_MS -> OptionValues.millis(value);
      case CLUSTER_BY -> OptionValues.clustering(value);
      case LABELS -> OptionValues.labels(value);
      case DESCRIPTION -> OptionValues.description(value);
      case KMS_KEY -> OptionValues.kmsKey(value);
      case KEY_FIELDS -> OptionValues.fields(value);
      case ORDER_FIELD -> OptionValues.column(value);
    }
  }

  String accepted() {
    return accepted;
  }

  String meaning() {
    return meaning;
  }
}
