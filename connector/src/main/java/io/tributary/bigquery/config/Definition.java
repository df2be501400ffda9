package io.tributary.bigquery.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;

/** Every key with its type, default, limits and documentation. */
final class Definition {
  private static final long MIB = 1L << 20;
  private static final int MAX_APPEND_BYTES = 9_500_000;
  private static final int HOUR_MS = 3_600_000;

  private Definition() {}

  static ConfigDef build() {
    ConfigDef keys = new ConfigDef();
    ServiceKeys.define(keys);
    tables(new KeyGroup(keys, "Tables"));
    order(new KeyGroup(keys, "Order"));
    writing(new KeyGroup(keys, "Writing"));
    waiting(new KeyGroup(keys, "Waiting"));
    CdcKeys.define(keys);
    return keys;
  }

  private static void tables(KeyGroup group) {
    group.add(
        Keys.TABLE_NAME_TEMPLATE,
        ConfigDef.Type.STRING,
        "${source.table}",
        Rules.template(),
        Importance.HIGH,
        "Name of the table of a change. Variables: `${topic}`, `${source.db}`, `${source.schema}`,"
            + " `${source.table}`. Signs that BigQuery does not allow become `_`.");
    group.text(
        Keys.DATASET_NAME_TEMPLATE,
        Rules.datasetTemplate(),
        Importance.MEDIUM,
        "Name of the dataset of a change's table, with the same variables; letters other than A to"
            + " Z, and signs, become `_`. Empty: `dataset`. All datasets must be in one location.");
    group.flag(Keys.AUTO_CREATE_DATASETS, false, "Create absent datasets, in `location`.");
    group.flag(
        Keys.AUTO_CREATE_TABLES, true, "Create absent tables from the schema of their records.");
    group.choice(
        Keys.WRITE_MODE,
        "merge",
        Importance.MEDIUM,
        "How changes reach the table: staged changes are applied by MERGE (`merge`), BigQuery"
            + " applies streamed changes itself (`cdc`), or every change becomes a row of its own"
            + " (`append`).",
        OptionValues.choices(WriteMode.class));
    group.choice(
        Keys.DELETE_MODE,
        OptionValues.spelled(Deletes.HARD),
        Importance.MEDIUM,
        "What the delete of a row does: the row goes (`hard`); it stays as it was, and"
            + " `change_metadata` tells of the delete, with operation `d` (`soft`; in mode `merge`, and"
            + " in mode `cdc` with `cdc.unavailable=lookup`); or the delete is counted and does nothing"
            + " (`ignore`). A truncate in mode `merge` removes rows with `hard` and `ignore`, and leaves"
            + " them with operation `t` with `soft`; in mode `cdc` `cdc.truncate` alone decides. Mode"
            + " `append` keeps every change.",
        OptionValues.choices(Deletes.class));
    group.flag(
        Keys.HISTORY,
        false,
        "Keep, beside each table of another mode, a table `<table>_history` in mode `append`, and"
            + " its view `<table>_history_current`.");
    group.choice(
        Keys.SCHEMA_CONFLICT,
        OptionValues.spelled(Conflict.FAIL),
        Importance.MEDIUM,
        "What happens when the source's column and the table's have types that do not fit each"
            + " other: the task stops (`fail`), records with such a column are bad"
            + " (`dead-letter`), the new type gets a column of its own (`new-column`), or the"
            + " table is rewritten with the wider type (`recreate`; in mode `merge` only).",
        OptionValues.choices(Conflict.class));
    group.choice(
        Keys.SOURCE_BINARY_MODE,
        OptionValues.spelled(Encoding.BYTES),
        Importance.LOW,
        "Debezium's `binary.handling.mode`. Text of columns whose source type is `bytea`, a `blob`,"
            + " `binary` or `varbinary` is decoded into BYTES. The source has to tell its types"
            + " (`datatype.propagate.source.type` or `column.propagate.source.type`); otherwise name"
            + " the columns by the option `encoding`.",
        OptionValues.choices(Encoding.class));
    group.text(
        Keys.KMS_KEY,
        Rules.kmsKey(),
        Importance.LOW,
        "Cloud KMS key that encrypts new tables. Empty: as the dataset has it.");
    group.text(
        Keys.LABELS,
        Rules.labels(),
        Importance.LOW,
        "Labels of every table, as `key:value,key:value`.");
    group.add(
        Keys.KAFKA_COLUMNS,
        ConfigDef.Type.LIST,
        "",
        Rules.kafkaColumns(),
        Importance.LOW,
        "Columns that tell where in Kafka the record stands that wrote the row: `kafka_topic`,"
            + " `kafka_partition`, `kafka_offset` and `kafka_timestamp`, each by the word behind"
            + " `kafka_`. Empty: none.");
    group.add(
        Keys.HASH_SALT,
        ConfigDef.Type.PASSWORD,
        "",
        null,
        Importance.MEDIUM,
        "Secret text that goes into every hash before the value; needed where a column has the"
            + " option `hash`. Use a config provider rather than the plain text. Another salt"
            + " gives other hashes.");
  }

  private static void order(KeyGroup group) {
    group.choice(
        Keys.ORDER_BY,
        "source",
        Importance.MEDIUM,
        "What decides which of two changes of one key is newer: the position in the source's log,"
            + " the Kafka offset (only if every key stays in one partition of one topic), or the"
            + " field `order.field`.",
        "source",
        "kafka",
        "field");
    group.text(
        Keys.ORDER_FIELD,
        null,
        Importance.LOW,
        "With `order.by=field`: the field of the row that orders its changes, a number or a time,"
            + " or `source.` and a field of the source block. A change of a row must never lower it."
            + " Deletes tell it as well, except PostgreSQL's, which need one of the source block.");
    group.add(
        Keys.SOURCE_EPOCH,
        ConfigDef.Type.LONG,
        0L,
        Range.atLeast(0L),
        Importance.LOW,
        "Raise by one when everything that is read from now on is newer than everything before,"
            + " whatever its position says: with `order.by=kafka` after a topic was created anew"
            + " or got more partitions. Never lower it again. What it costs: docs/delivery.md.");
    group.add(
        Keys.SOURCE_RESTARTS,
        ConfigDef.Type.LIST,
        "",
        Rules.instants(),
        Importance.LOW,
        "When the source's log started over (server restored or replaced, fail-over to a server"
            + " with a log of its own, binary log reset), in the source's time, ascending. Changes"
            + " from each on are newer than all before it. To be kept as long as the topics.");
    group.add(
        Keys.KEY_FIELD,
        ConfigDef.Type.STRING,
        "id",
        Rules.column(),
        Importance.LOW,
        "Column name of a record key that is a single value and not a struct.");
    group.add(
        Keys.UNAVAILABLE_PLACEHOLDERS,
        ConfigDef.Type.LIST,
        "__debezium_unavailable_value",
        Rules.placeholders(),
        Importance.LOW,
        "Texts that stand for a column which the source did not send. They are never written.");
  }

  private static void writing(KeyGroup group) {
    group.number(
        Keys.FLUSH_INTERVAL_MS,
        10_000,
        Range.between(100, HOUR_MS),
        Importance.HIGH,
        "Longest time between two applies of a table, in milliseconds. Longer is cheaper.");
    group.size(
        Keys.FLUSH_BYTES,
        16 * MIB,
        Range.between(1_024L, 1_024 * MIB),
        "Staged bytes of one table that bring its apply forward.");
    group.number(
        Keys.APPEND_BYTES,
        (int) (4 * MIB),
        Range.between(1_024, MAX_APPEND_BYTES),
        Importance.LOW,
        "Largest append request in bytes; BigQuery allows 10 MB with everything around the rows.");
    group.size(
        Keys.BUFFER_BYTES,
        128 * MIB,
        Range.between(1_024L, 16_384 * MIB),
        "Heap, about and in bytes, of a task's records and rows that are not applied yet, beyond"
            + " which it pauses its partitions.");
    group.number(
        Keys.THREADS,
        4,
        Range.between(1, 64),
        Importance.LOW,
        "Tables that one task applies at the same time.");
    group.number(
        Keys.STREAMS_PER_HOUR,
        10_000,
        Range.between(360, 10_000_000),
        Importance.LOW,
        "Write streams that the tasks of the connector create in an hour, at most; every flush of a"
            + " table in mode `merge` or `append` takes one. BigQuery allows 10,000 for a project and"
            + " region. When they run short, flushes wait for their turn and take more with them.");
  }

  private static void waiting(KeyGroup group) {
    group.number(
        Keys.TOMBSTONE_RETENTION_HOURS,
        48,
        Range.between(2, 24 * 60),
        Importance.MEDIUM,
        "How long a delete is remembered, in hours. A change older than its row's delete cannot"
            + " revive the row within this time.");
    group.number(
        Keys.INCOMPLETE_WAIT_MS,
        60_000,
        Range.between(0, HOUR_MS),
        Importance.LOW,
        "How long a row that lacks unavailable columns waits for the state that it builds on, in"
            + " milliseconds.");
    group.choice(
        Keys.INCOMPLETE_POLICY,
        "dead-letter",
        Importance.MEDIUM,
        "What becomes of such a row afterwards.",
        "dead-letter",
        "fail");
    group.number(
        Keys.RETRY_DEADLINE_MS,
        300_000,
        Range.between(10_000, HOUR_MS),
        Importance.LOW,
        "How long passing failures of BigQuery are retried before the task stops, in"
            + " milliseconds.");
    group.number(
        Keys.SCHEMA_PROPAGATION_TIMEOUT_MS,
        300_000,
        Range.between(10_000, HOUR_MS),
        Importance.LOW,
        "How long BigQuery's write path may take to see a new column, in milliseconds.");
  }
}
