package io.tributary.bigquery.config;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Every key with its type, default, limits and documentation. */
final class Definition {
  private static final long MIB = 1L << 20;
  private static final int MAX_APPEND_BYTES = 9_500_000;
  private static final int HOUR_MS = 3_600_000;

  private final ConfigDef keys = new ConfigDef();
  private final List<String> grouped = new ArrayList<>();
  private String group = "";

  private Definition() {}

  static ConfigDef build() {
    Definition definition = new Definition();
    definition.destination();
    definition.credentials();
    definition.endpoints();
    definition.tables();
    definition.order();
    definition.writing();
    definition.waiting();
    CdcKeys.define(definition.keys);
    return definition.keys;
  }

  private void destination() {
    group("Destination");
    must(Keys.PROJECT, Rules.requiredProject(), "Google Cloud project of the tables.");
    must(Keys.DATASET, Rules.requiredDataset(), "Dataset of the tables. It must exist.");
    text(
        Keys.LOCATION,
        Rules.location(),
        Importance.MEDIUM,
        "The dataset's location, for example `EU` or `europe-west1`. Empty: asked of the dataset.");
    text(
        Keys.JOB_PROJECT,
        Rules.project(),
        Importance.MEDIUM,
        "Project in which jobs run and are billed. Empty: `project`. All connectors that write one"
            + " table must name the same.");
    text(
        Keys.QUOTA_PROJECT,
        Rules.project(),
        Importance.LOW,
        "Project whose API quota is used. Empty: the credentials' own.");
    text(
        Keys.STAGING_DATASET,
        Rules.dataset(),
        Importance.MEDIUM,
        "Dataset of the staging tables, in the same location. Empty: `dataset`.");
  }

  private void credentials() {
    group("Credentials");
    choice(
        Keys.CREDENTIALS_MODE,
        Keys.MODE_DEFAULT,
        Importance.HIGH,
        "Where the credentials come from: the worker's application default credentials, a"
            + " service-account key in a file on the worker, such a key in `credentials.json`, or"
            + " none (for an emulator).",
        Keys.MODE_DEFAULT,
        Keys.MODE_FILE,
        Keys.MODE_JSON,
        Keys.MODE_NONE);
    text(
        Keys.CREDENTIALS_FILE,
        null,
        Importance.MEDIUM,
        "Path of the service-account key on the worker. If the worker's system property"
            + " `tributary.credentials.directory` is set, the file must lie in that directory.");
    add(
        Keys.CREDENTIALS_JSON,
        ConfigDef.Type.PASSWORD,
        "",
        null,
        Importance.MEDIUM,
        "The service-account key itself. Use a config provider rather than the plain text.");
    text(
        Keys.CREDENTIALS_IMPERSONATE,
        Rules.serviceAccount(),
        Importance.LOW,
        "Service account to act as. The loaded credentials must be allowed to create its tokens.");
  }

  private void endpoints() {
    group("Endpoints");
    text(
        Keys.ENDPOINT_REST,
        null,
        Importance.LOW,
        "Root of BigQuery's REST service: `http://host:port` of an emulator, or `https://` and a"
            + " host under googleapis.com. Empty: the public one.");
    text(
        Keys.ENDPOINT_GRPC,
        null,
        Importance.LOW,
        "`host:port` of the Storage Write API: an emulator's, or a host under googleapis.com."
            + " Empty: the public one.");
    flag(
        Keys.ENDPOINT_PLAINTEXT,
        false,
        "Speak without TLS, to an emulator. Needs both endpoints and `credentials.mode=none`;"
            + " refused with any credentials.");
    flag(
        Keys.ENDPOINT_REGIONAL,
        false,
        "Use the regional endpoints of `location`, so that data stays in the region on its way.");
  }

  private void tables() {
    group("Tables");
    add(
        Keys.TABLE_NAME_TEMPLATE,
        ConfigDef.Type.STRING,
        "${source.table}",
        Rules.template(),
        Importance.HIGH,
        "Name of the table of a change. Variables: `${topic}`, `${source.db}`, `${source.schema}`,"
            + " `${source.table}`. Signs that BigQuery does not allow become `_`.");
    text(
        Keys.DATASET_NAME_TEMPLATE,
        Rules.datasetTemplate(),
        Importance.MEDIUM,
        "Name of the dataset of a change's table, with the same variables; letters other than A to"
            + " Z, and signs, become `_`. Empty: `dataset`. All datasets must be in one location.");
    flag(Keys.AUTO_CREATE_DATASETS, false, "Create absent datasets, in `location`.");
    flag(Keys.AUTO_CREATE_TABLES, true, "Create absent tables from the schema of their records.");
    choice(
        Keys.WRITE_MODE,
        "merge",
        Importance.MEDIUM,
        "How changes reach the table: staged changes are applied by MERGE (`merge`), BigQuery"
            + " applies streamed changes itself (`cdc`), or every change becomes a row of its own"
            + " (`append`).",
        OptionValues.choices(WriteMode.class));
    flag(
        Keys.HISTORY,
        false,
        "Keep, beside each table of another mode, a table `<table>_history` in mode `append`, and"
            + " its view `<table>_history_current`.");
    choice(
        Keys.SCHEMA_CONFLICT,
        OptionValues.spelled(Conflict.FAIL),
        Importance.MEDIUM,
        "What happens when the source's column and the table's have types that do not fit each"
            + " other: the task stops (`fail`), records with such a column are bad"
            + " (`dead-letter`), the new type gets a column of its own (`new-column`), or the"
            + " table is rewritten with the wider type (`recreate`).",
        OptionValues.choices(Conflict.class));
    choice(
        Keys.SOURCE_BINARY_MODE,
        OptionValues.spelled(Encoding.BYTES),
        Importance.LOW,
        "Debezium's `binary.handling.mode`. Text of columns whose source type is `bytea`, a `blob`,"
            + " `binary` or `varbinary` is decoded into BYTES. The source has to tell its types"
            + " (`datatype.propagate.source.type` or `column.propagate.source.type`); otherwise name"
            + " the columns by the option `encoding`.",
        OptionValues.choices(Encoding.class));
    text(
        Keys.KMS_KEY,
        Rules.kmsKey(),
        Importance.LOW,
        "Cloud KMS key that encrypts new tables. Empty: as the dataset has it.");
    text(
        Keys.LABELS,
        Rules.labels(),
        Importance.LOW,
        "Labels of every table, as `key:value,key:value`.");
    add(
        Keys.KAFKA_COLUMNS,
        ConfigDef.Type.LIST,
        "",
        Rules.kafkaColumns(),
        Importance.LOW,
        "Columns that tell where in Kafka the record stands that wrote the row: `kafka_topic`,"
            + " `kafka_partition`, `kafka_offset` and `kafka_timestamp`, each by the word behind"
            + " `kafka_`. Empty: none.");
    add(
        Keys.HASH_SALT,
        ConfigDef.Type.PASSWORD,
        "",
        null,
        Importance.MEDIUM,
        "Secret text that goes into every hash before the value; needed where a column has the"
            + " option `hash`. Use a config provider rather than the plain text. Another salt"
            + " gives other hashes.");
  }

  private void order() {
    group("Order");
    choice(
        Keys.ORDER_BY,
        "source",
        Importance.MEDIUM,
        "What decides which of two changes of one key is newer: the position in the source's log,"
            + " the Kafka offset (only if every key stays in one partition of one topic), or the"
            + " field `order.field`.",
        "source",
        "kafka",
        "field");
    text(
        Keys.ORDER_FIELD,
        null,
        Importance.LOW,
        "With `order.by=field`: the field of the row that orders its changes, a number or a time,"
            + " or `source.` and a field of the source block. A change of a row must never lower it."
            + " Deletes tell it as well, except PostgreSQL's, which need one of the source block.");
    add(
        Keys.SOURCE_EPOCH,
        ConfigDef.Type.LONG,
        0L,
        Range.atLeast(0L),
        Importance.LOW,
        "Raise by one when everything that is read from now on is newer than everything before,"
            + " whatever its position says: with `order.by=kafka` after a topic was created anew"
            + " or got more partitions.");
    add(
        Keys.SOURCE_RESTARTS,
        ConfigDef.Type.LIST,
        "",
        Rules.instants(),
        Importance.LOW,
        "When the source's log started over (server restored or replaced, fail-over to a server"
            + " with a log of its own, binary log reset), in the source's time, ascending. Changes"
            + " from each on are newer than all before it. To be kept as long as the topics.");
    add(
        Keys.KEY_FIELD,
        ConfigDef.Type.STRING,
        "id",
        Rules.column(),
        Importance.LOW,
        "Column name of a record key that is a single value and not a struct.");
    add(
        Keys.UNAVAILABLE_PLACEHOLDERS,
        ConfigDef.Type.LIST,
        "__debezium_unavailable_value",
        Rules.placeholders(),
        Importance.LOW,
        "Texts that stand for a column which the source did not send. They are never written.");
  }

  private void writing() {
    group("Writing");
    number(
        Keys.FLUSH_INTERVAL_MS,
        10_000,
        Range.between(100, HOUR_MS),
        Importance.HIGH,
        "Longest time between two applies of a table, in milliseconds. Longer is cheaper.");
    size(
        Keys.FLUSH_BYTES,
        16 * MIB,
        Range.between(1_024L, 1_024 * MIB),
        "Staged bytes of one table that bring its apply forward.");
    number(
        Keys.APPEND_BYTES,
        (int) (4 * MIB),
        Range.between(1_024, MAX_APPEND_BYTES),
        Importance.LOW,
        "Largest append request in bytes; BigQuery allows 10 MB with everything around the rows.");
    size(
        Keys.BUFFER_BYTES,
        64 * MIB,
        Range.between(1_024L, 16_384 * MIB),
        "Bytes of a task that are not applied yet beyond which it pauses its partitions.");
    number(
        Keys.THREADS,
        4,
        Range.between(1, 64),
        Importance.LOW,
        "Tables that one task applies at the same time.");
  }

  private void waiting() {
    group("Waiting");
    number(
        Keys.TOMBSTONE_RETENTION_HOURS,
        48,
        Range.between(2, 24 * 60),
        Importance.MEDIUM,
        "How long a delete is remembered, in hours. A change older than its row's delete cannot"
            + " revive the row within this time.");
    number(
        Keys.INCOMPLETE_WAIT_MS,
        60_000,
        Range.between(0, HOUR_MS),
        Importance.LOW,
        "How long a row that lacks unavailable columns waits for the state that it builds on, in"
            + " milliseconds.");
    choice(
        Keys.INCOMPLETE_POLICY,
        "dead-letter",
        Importance.MEDIUM,
        "What becomes of such a row afterwards.",
        "dead-letter",
        "fail");
    number(
        Keys.RETRY_DEADLINE_MS,
        300_000,
        Range.between(10_000, HOUR_MS),
        Importance.LOW,
        "How long passing failures of BigQuery are retried before the task stops, in"
            + " milliseconds.");
    number(
        Keys.SCHEMA_PROPAGATION_TIMEOUT_MS,
        300_000,
        Range.between(10_000, HOUR_MS),
        Importance.LOW,
        "How long BigQuery's write path may take to see a new column, in milliseconds.");
  }

  private void group(String name) {
    group = name;
    grouped.clear();
  }

  private void must(String key, Validator check, String doc) {
    add(key, ConfigDef.Type.STRING, ConfigDef.NO_DEFAULT_VALUE, check, Importance.HIGH, doc);
  }

  private void text(String key, Validator check, Importance importance, String doc) {
    add(key, ConfigDef.Type.STRING, "", check, importance, doc);
  }

  private void flag(String key, boolean preset, String doc) {
    add(key, ConfigDef.Type.BOOLEAN, preset, null, Importance.LOW, doc);
  }

  private void number(String key, int preset, Range range, Importance importance, String doc) {
    add(key, ConfigDef.Type.INT, preset, range, importance, doc);
  }

  private void size(String key, long preset, Range range, String doc) {
    add(key, ConfigDef.Type.LONG, preset, range, Importance.MEDIUM, doc);
  }

  private void choice(
      String key, String preset, Importance importance, String doc, String... choices) {
    add(key, ConfigDef.Type.STRING, preset, ValidString.in(choices), importance, doc);
  }

  private void add(
      String key,
      ConfigDef.Type type,
      Object preset,
      Validator check,
      Importance importance,
      String doc) {
    grouped.add(key);
    keys.define(
        key, type, preset, check, importance, doc, group, grouped.size(), Width.MEDIUM, key);
  }
}
