package io.tributary.systemtests;

import java.util.HashMap;
import java.util.Map;

/** What the configurations of sinks have in common that write into the local BigQuery. */
public final class LocalSink {
  public static final String CONNECTOR = "io.tributary.bigquery.BigQuerySinkConnector";

  private LocalSink() {}

  /** A configuration that lacks its topics; a test may add to it. */
  public static Map<String, String> config(
      String project, String dataset, String rest, String grpc) {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", CONNECTOR);
    config.put("project", project);
    config.put("dataset", dataset);
    config.put("credentials.mode", "none");
    config.put("endpoint.rest", rest);
    config.put("endpoint.grpc", grpc);
    config.put("endpoint.plaintext", "true");
    return config;
  }
}
