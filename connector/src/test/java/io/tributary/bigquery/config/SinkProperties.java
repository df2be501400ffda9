package io.tributary.bigquery.config;

import java.util.HashMap;
import java.util.Map;

/** The least that a sink has to be told, and more. */
final class SinkProperties {
  private SinkProperties() {}

  static Map<String, String> raw(String... pairs) {
    Map<String, String> raw = new HashMap<>(Map.of("project", "p", "dataset", "ds"));
    for (int i = 0; i < pairs.length; i += 2) {
      raw.put(pairs[i], pairs[i + 1]);
    }
    return raw;
  }
}
