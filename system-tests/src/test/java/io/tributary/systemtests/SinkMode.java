package io.tributary.systemtests;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableResult;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A write mode of sinks that read the same topics, each into a dataset of its own. */
enum SinkMode {
  MERGE,
  CDC,
  APPEND;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String dataset(String base) {
    return base + "_" + word();
  }

  String deadLetters(String base) {
    return "dead-" + base + "-" + word();
  }

  /** What such a sink is told beside what all are told. */
  Map<String, String> settings(String base) {
    Map<String, String> settings = new HashMap<>();
    settings.put("write.mode", word());
    settings.put("dataset", dataset(base));
    settings.put("table.name.template", "${topic}");
    settings.put("flush.interval.ms", "10000");
    settings.put("errors.deadletterqueue.topic.name", deadLetters(base));
    settings.put("errors.deadletterqueue.context.headers.enable", "true");
    if (this == CDC) {
      settings.put("cdc.unavailable", "lookup");
    }
    return settings;
  }

  /** The latest state of each row of a topic. */
  TableResult current(BigQuery bigQuery, String base, String topic) throws InterruptedException {
    return all(bigQuery, base, topic, this == APPEND ? "_current" : "");
  }

  /** Every change of a topic. */
  static TableResult history(BigQuery bigQuery, String base, String topic)
      throws InterruptedException {
    return APPEND.all(bigQuery, base, topic, "");
  }

  private TableResult all(BigQuery bigQuery, String base, String topic, String suffix)
      throws InterruptedException {
    return bigQuery.query(
        QueryJobConfiguration.of(
            "SELECT * FROM " + dataset(base) + ".`" + topic.replace('.', '_') + suffix + "`"));
  }
}
