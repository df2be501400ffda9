package io.tributary.bigquery.change;

import java.util.Map;
import java.util.Set;

/** Recognises values without a schema by their fields, since they have no name. */
final class SchemalessForms {
  private static final Set<String> TRANSACTION =
      Set.of("status", "id", "event_count", "data_collections", "ts_ms");

  private SchemalessForms() {}

  static boolean isEnvelope(Map<?, ?> value) {
    return value.get("op") instanceof String
        && value.get("source") instanceof Map<?, ?> source
        && source.get("connector") instanceof String;
  }

  /** Null for anything that may belong to a table. */
  static Ignored.Reason controlReason(Object key, Map<?, ?> value) {
    if (value.containsKey("ts_ms")
        && value.size() == 1
        && key instanceof Map<?, ?> map
        && map.containsKey("serverName")) {
      return Ignored.Reason.HEARTBEAT;
    }
    if (value.keySet().equals(TRANSACTION)) {
      return Ignored.Reason.TRANSACTION;
    }
    if (value.containsKey("ddl")
        && value.get("source") instanceof Map
        && !value.containsKey("op")) {
      return Ignored.Reason.SCHEMA_CHANGE;
    }
    return null;
  }
}
