package io.tributary.bigquery;

import io.tributary.bigquery.bigquery.ServiceCheck;
import io.tributary.bigquery.config.Problem;
import io.tributary.bigquery.config.SinkConfig;
import io.tributary.bigquery.connect.BigQuerySinkTask;
import io.tributary.bigquery.connect.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * The connector that Kafka Connect loads: keeps BigQuery tables equal to the tables behind
 * Debezium's topics.
 */
public final class BigQuerySinkConnector extends SinkConnector {
  private Map<String, String> properties = Map.of();

  @Override
  public void start(Map<String, String> props) {
    SinkConfig.parse(props);
    properties = Map.copyOf(props);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return BigQuerySinkTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    List<Map<String, String>> configs = new ArrayList<>(maxTasks);
    for (int i = 0; i < maxTasks; i++) {
      configs.add(properties);
    }
    return configs;
  }

  @Override
  public void stop() {
    properties = Map.of();
  }

  @Override
  public ConfigDef config() {
    return SinkConfig.definition();
  }

  /** Checks single values, then values against each other, then the service itself. */
  @Override
  public Config validate(Map<String, String> raw) {
    Config config = super.validate(raw);
    if (config.configValues().stream().anyMatch(value -> !value.errorMessages().isEmpty())) {
      return config;
    }
    List<Problem> problems = SinkConfig.problems(raw);
    if (problems.isEmpty()) {
      SinkConfig parsed = SinkConfig.parse(raw);
      problems = ServiceCheck.run(parsed.service(), parsed.naming());
    }
    List<ConfigValue> values = new ArrayList<>(config.configValues());
    problems.forEach(problem -> attach(values, problem));
    return new Config(values);
  }

  /** Keys with patterns are not in the definition; those with a problem are answered as well. */
  private static void attach(List<ConfigValue> values, Problem problem) {
    Optional<ConfigValue> known =
        values.stream().filter(value -> value.name().equals(problem.key())).findFirst();
    ConfigValue value = known.orElseGet(() -> new ConfigValue(problem.key()));
    if (known.isEmpty()) {
      values.add(value);
    }
    value.addErrorMessage(problem.message());
  }

  /** Offsets live in Kafka alone; positions in the rows make any reset safe. */
  @Override
  public boolean alterOffsets(Map<String, String> config, Map<TopicPartition, Long> offsets) {
    return true;
  }

  @Override
  public String version() {
    return Version.current();
  }
}
