package io.tributary.systemtests;

import io.tributary.tools.local.LocalPostgres;
import java.util.HashMap;
import java.util.Map;

/** The settings that every PostgreSQL source of the tests shares. */
public final class PostgresSource {
  private PostgresSource() {}

  /**
   * Settings to be completed.
   *
   * @param name of its slot and publication
   * @param prefix of its topics
   * @param partitions of each topic
   */
  public static Map<String, String> config(
      LocalPostgres postgres, String database, String name, String prefix, int partitions) {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
    config.put("tasks.max", "1");
    config.put("database.hostname", "127.0.0.1");
    config.put("database.port", Integer.toString(postgres.port()));
    config.put("database.user", LocalPostgres.USER);
    config.put("database.password", "none");
    config.put("database.dbname", database);
    config.put("plugin.name", "pgoutput");
    config.put("slot.name", "slot_" + name);
    config.put("publication.name", "pub_" + name);
    config.put("publication.autocreate.mode", "filtered");
    config.put("topic.prefix", prefix);
    config.put("poll.interval.ms", "50");
    config.put("topic.creation.default.replication.factor", "1");
    config.put("topic.creation.default.partitions", Integer.toString(partitions));
    config.put("value.converter.replace.null.with.default", "false");
    return config;
  }
}
