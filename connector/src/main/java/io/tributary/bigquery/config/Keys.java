package io.tributary.bigquery.config;

/** The names of the keys. */
final class Keys {
  static final String PROJECT = "project";
  static final String DATASET = "dataset";
  static final String LOCATION = "location";
  static final String JOB_PROJECT = "job.project";
  static final String QUOTA_PROJECT = "quota.project";
  static final String STAGING_DATASET = "staging.dataset";

  static final String CREDENTIALS_MODE = "credentials.mode";
  static final String CREDENTIALS_FILE = "credentials.file";
  static final String CREDENTIALS_JSON = "credentials.json";
  static final String CREDENTIALS_IMPERSONATE = "credentials.impersonate";

  static final String ENDPOINT_REST = "endpoint.rest";
  static final String ENDPOINT_GRPC = "endpoint.grpc";
  static final String ENDPOINT_PLAINTEXT = "endpoint.plaintext";
  static final String ENDPOINT_REGIONAL = "endpoint.regional";

  static final String TABLE_NAME_TEMPLATE = "table.name.template";
  static final String DATASET_NAME_TEMPLATE = "dataset.name.template";
  static final String AUTO_CREATE_DATASETS = "auto.create.datasets";
  static final String AUTO_CREATE_TABLES = "auto.create.tables";
  static final String WRITE_MODE = "write.mode";
  static final String DELETE_MODE = "delete.mode";
  static final String HISTORY = "history";
  static final String MAX_STALENESS = "max.staleness";
  static final String CDC_UNAVAILABLE = "cdc.unavailable";
  static final String CDC_TRUNCATE = "cdc.truncate";
  static final String CDC_CONNECTIONS = "cdc.connections";
  static final String KAFKA_COLUMNS = "kafka.columns";
  static final String SCHEMA_CONFLICT = "schema.conflict";
  static final String KMS_KEY = "kms.key";
  static final String LABELS = "labels";
  static final String HASH_SALT = "hash.salt";

  static final String ORDER_BY = "order.by";
  static final String ORDER_FIELD = "order.field";
  static final String SOURCE_BINARY_MODE = "source.binary.mode";
  static final String SOURCE_EPOCH = "source.epoch";
  static final String SOURCE_RESTARTS = "source.restarts";
  static final String KEY_FIELD = "key.field";
  static final String UNAVAILABLE_PLACEHOLDERS = "unavailable.placeholders";

  static final String FLUSH_INTERVAL_MS = "flush.interval.ms";
  static final String FLUSH_BYTES = "flush.bytes";
  static final String APPEND_BYTES = "append.bytes";
  static final String BUFFER_BYTES = "buffer.bytes";
  static final String THREADS = "threads";
  static final String STREAMS_PER_HOUR = "streams.per.hour";
  static final String TASKS_MAX = "tasks.max";
  static final String ERRORS_TOLERANCE = "errors.tolerance";
  static final String ERRORS_LOG = "errors.log.enable";
  static final String ERRORS_TOPIC = "errors.deadletterqueue.topic.name";
  static final String TOMBSTONE_RETENTION_HOURS = "tombstone.retention.hours";
  static final String INCOMPLETE_WAIT_MS = "incomplete.wait.ms";
  static final String INCOMPLETE_POLICY = "incomplete.policy";
  static final String RETRY_DEADLINE_MS = "retry.deadline.ms";
  static final String SCHEMA_PROPAGATION_TIMEOUT_MS = "schema.propagation.timeout.ms";

  static final String MODE_DEFAULT = "application-default";
  static final String MODE_FILE = "service-account-file";
  static final String MODE_JSON = "service-account-json";
  static final String MODE_NONE = "none";

  private Keys() {}
}
