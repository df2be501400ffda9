package io.tributary.bigquery.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** The keys of mode {@code cdc}. */
final class CdcKeys {
  private CdcKeys() {}

  static void define(ConfigDef keys) {
    KeyGroup group = new KeyGroup(keys, "Mode cdc");
    group.add(
        Keys.MAX_STALENESS,
        ConfigDef.Type.STRING,
        "",
        Rules.interval(),
        Importance.MEDIUM,
        "By how much a query of a table in mode `cdc` may lag behind what was written, as"
            + " milliseconds or like `PT15M`; BigQuery then merges in the background instead of in"
            + " every query. Empty: not at all. A change is made on live tables as well.");
    group.add(
        Keys.CDC_UNAVAILABLE,
        ConfigDef.Type.STRING,
        OptionValues.spelled(CdcOptions.Unavailable.FAIL),
        ValidString.in(OptionValues.choices(CdcOptions.Unavailable.class)),
        Importance.MEDIUM,
        "What becomes of a row in mode `cdc` that lacks columns which the source did not send: the"
            + " task stops (`fail`), it is a bad record (`dead-letter`), or it is completed by a"
            + " query of the table (`lookup`; not with `max.staleness`). A row that nobody can"
            + " complete within `incomplete.wait.ms` follows `incomplete.policy` then.");
    group.add(
        Keys.CDC_TRUNCATE,
        ConfigDef.Type.STRING,
        OptionValues.spelled(CdcOptions.Truncates.FAIL),
        ValidString.in(OptionValues.choices(CdcOptions.Truncates.class)),
        Importance.MEDIUM,
        "What a truncate of the source's table does in mode `cdc`, where BigQuery bars statements"
            + " that delete rows: the task stops (`fail`), or it is counted and the rows stay"
            + " (`ignore`).");
    group.add(
        Keys.CDC_CONNECTIONS,
        ConfigDef.Type.INT,
        4,
        Range.between(1, 100),
        Importance.LOW,
        "Connections over which a task sends the rows of all its tables in mode `cdc`, at most.");
  }
}
