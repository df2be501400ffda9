package io.tributary.bigquery.config;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.types.Password;

/** Parsed values by key, each of the type that the definition gives it. */
final class Values {
  private final Map<String, Object> byKey;

  Values(Map<String, Object> byKey) {
    this.byKey = byKey;
  }

  String text(String key) {
    return ((String) byKey.get(key)).trim();
  }

  Optional<String> optional(String key) {
    return Optional.of(text(key)).filter(text -> !text.isEmpty());
  }

  String secret(String key) {
    return ((Password) byKey.get(key)).value();
  }

  boolean flag(String key) {
    return (Boolean) byKey.get(key);
  }

  long number(String key) {
    return ((Number) byKey.get(key)).longValue();
  }

  Duration millis(String key) {
    return Duration.ofMillis(number(key));
  }

  Set<String> texts(String key) {
    Set<String> texts = new LinkedHashSet<>();
    for (Object text : (List<?>) byKey.get(key)) {
      texts.add((String) text);
    }
    return texts;
  }
}
