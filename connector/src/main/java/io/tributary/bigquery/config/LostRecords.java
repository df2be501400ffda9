package io.tributary.bigquery.config;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether Connect's own keys would let bad records vanish: tolerated, logged, and sent to no topic.
 * Connect then hands out a reporter that takes every record and keeps none.
 */
final class LostRecords {
  private LostRecords() {}

  static Optional<Problem> check(Map<String, String> raw) {
    boolean lost =
        text(raw, Keys.ERRORS_TOLERANCE).equalsIgnoreCase("all")
            && text(raw, Keys.ERRORS_LOG).equalsIgnoreCase("true")
            && text(raw, Keys.ERRORS_TOPIC).isEmpty();
    return lost
        ? Optional.of(
            new Problem(
                Keys.ERRORS_TOPIC,
                "is empty, and with errors.tolerance=all and errors.log.enable=true bad records"
                    + " would only be logged, and lost.",
                "Name a topic, or set errors.tolerance=none."))
        : Optional.empty();
  }

  private static String text(Map<String, String> raw, String key) {
    return Objects.toString(raw.get(key), "").trim();
  }
}
