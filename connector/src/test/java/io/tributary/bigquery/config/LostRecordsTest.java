package io.tributary.bigquery.config;

import static io.tributary.bigquery.config.SinkProperties.raw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bigquery.BigQuerySinkConnector;
import io.tributary.bigquery.connect.BigQuerySinkTask;
import io.tributary.bigquery.error.SinkException;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad records that Connect would tolerate, log and keep nowhere. */
final class LostRecordsTest {
  private static final String TOPIC = "errors.deadletterqueue.topic.name";

  @ParameterizedTest
  @CsvSource({"all, true, ", "All, TRUE, ", "all, true, ' '"})
  void areRefusedWhenTheConnectorIsPosted(String tolerance, String log, String topic) {
    Map<String, String> raw = raw("errors.tolerance", tolerance, "errors.log.enable", log);
    if (topic != null) {
      raw.put(TOPIC, topic);
    }

    assertThat(new BigQuerySinkConnector().validate(raw).configValues())
        .filteredOn(value -> !value.errorMessages().isEmpty())
        .singleElement()
        .satisfies(value -> assertThat(value.name()).isEqualTo(TOPIC))
        .extracting(ConfigValue::errorMessages)
        .asString()
        .contains("would only be logged", "errors.tolerance=none");
  }

  @Test
  void areRefusedByTheTaskAsWell() {
    BigQuerySinkTask task = new BigQuerySinkTask();
    Map<String, String> raw = raw("errors.tolerance", "all", "errors.log.enable", "true");

    assertThatThrownBy(() -> task.start(raw))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("TRIB-101")
        .hasMessageContaining(TOPIC + ": ");
  }

  @ParameterizedTest
  @CsvSource({"all, true, dead", "all, false, ", "none, true, ", "none, true, dead", "all, , "})
  void areNotFearedOtherwise(String tolerance, String log, String topic) {
    Map<String, String> raw = raw("errors.tolerance", tolerance);
    if (log != null) {
      raw.put("errors.log.enable", log);
    }
    if (topic != null) {
      raw.put(TOPIC, topic);
    }

    assertThat(SinkConfig.problems(raw)).isEmpty();
  }
}
