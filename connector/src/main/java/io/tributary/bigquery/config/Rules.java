package io.tributary.bigquery.config;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Checks of single values. Their messages never hold the value. */
final class Rules {
  private static final Pattern PROJECT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}");
  private static final Pattern DATASET = Pattern.compile("[A-Za-z0-9_]{1,1024}");
  private static final Pattern LOCATION = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,49}");
  private static final Pattern ACCOUNT =
      Pattern.compile("[a-z0-9][a-z0-9.-]{0,99}@[a-z0-9.-]{1,200}\\.gserviceaccount\\.com");
  private static final Pattern COLUMN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,299}");
  private static final List<String> KAFKA = List.of(OptionValues.choices(KafkaColumn.class));
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
  private static final Set<String> VARIABLES =
      Set.of("topic", "source.db", "source.schema", "source.table");

  private Rules() {}

  static ConfigDef.Validator project() {
    return optional(PROJECT, "a project id");
  }

  static ConfigDef.Validator dataset() {
    return optional(DATASET, "a dataset name (letters, digits and _; without the project)");
  }

  static ConfigDef.Validator location() {
    return optional(LOCATION, "a location such as US, EU or europe-west1");
  }

  static ConfigDef.Validator serviceAccount() {
    return optional(ACCOUNT, "the e-mail address of a service account");
  }

  static ConfigDef.Validator interval() {
    return rule(
        (name, value) -> {
          try {
            OptionValues.interval(Objects.toString(value, "").trim());
          } catch (ConfigException unusable) {
            throw new ConfigException(name + " " + unusable.getMessage());
          }
        },
        "milliseconds, or a duration such as PT15M");
  }

  static ConfigDef.Validator column() {
    return required(COLUMN, "a column name (letters, digits and _, not starting with a digit)");
  }

  static ConfigDef.Validator requiredProject() {
    return required(PROJECT, "a project id");
  }

  static ConfigDef.Validator requiredDataset() {
    return required(DATASET, "a dataset name (letters, digits and _; without the project)");
  }

  /** A table name with no variables but those that exist. */
  static ConfigDef.Validator template() {
    return rule(
        (name, value) -> {
          if (Objects.toString(value, "").isBlank()) {
            throw new ConfigException(name + " must not be empty.");
          }
          variables(name, value);
        },
        "a name with " + variableNames());
  }

  /** A dataset's name with no variables but those that exist, or empty. */
  static ConfigDef.Validator datasetTemplate() {
    return rule(
        (name, value) -> {
          variables(name, value);
          String rest = VARIABLE.matcher(Objects.toString(value, "").trim()).replaceAll("");
          if (!rest.isEmpty() && !DATASET.matcher(rest).matches()) {
            throw new ConfigException(name + " is not of letters, digits, _ and variables.");
          }
        },
        "letters, digits, _ and " + variableNames());
  }

  private static void variables(String name, Object value) {
    String text = Objects.toString(value, "").trim();
    Matcher variables = VARIABLE.matcher(text);
    while (variables.find()) {
      if (!VARIABLES.contains(variables.group(1))) {
        throw new ConfigException(
            name + " uses a variable that does not exist; there are " + variableNames());
      }
    }
    if (VARIABLE.matcher(text).replaceAll("").contains("$")) {
      throw new ConfigException(
          name + " holds a $ outside of a variable; there are " + variableNames());
    }
  }

  static ConfigDef.Validator placeholders() {
    return rule(
        (name, value) -> {
          if (!(value instanceof List<?> list)
              || list.stream().anyMatch(item -> Objects.toString(item, "").isEmpty())) {
            throw new ConfigException(name + " must be a list of texts, none of them empty.");
          }
        },
        "texts separated by commas");
  }

  static ConfigDef.Validator instants() {
    return rule(
        (name, value) -> {
          Instant before = Instant.MIN;
          for (Object item : (List<?>) value) {
            Instant instant = instant(name, Objects.toString(item, ""));
            if (!instant.isAfter(before)) {
              throw new ConfigException(name + " must name its times in their order, each once.");
            }
            before = instant;
          }
        },
        "times like 2026-01-31T12:00:00Z, separated by commas");
  }

  private static Instant instant(String name, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException unreadable) {
      throw new ConfigException(name + " must be a list of times like 2026-01-31T12:00:00Z.");
    }
  }

  static ConfigDef.Validator kafkaColumns() {
    return rule(
        (name, value) -> {
          Set<Object> words = new HashSet<>();
          for (Object word : (List<?>) value) {
            if (!KAFKA.contains(word) || !words.add(word)) {
              throw new ConfigException(name + " must be a list of " + KAFKA + ", each once.");
            }
          }
        },
        "topic, partition, offset, timestamp");
  }

  static ConfigDef.Validator labels() {
    return option(OptionValues::labels, "key:value,key:value");
  }

  static ConfigDef.Validator kmsKey() {
    return option(
        OptionValues::kmsKey, "projects/P/locations/L/keyRings/R/cryptoKeys/K, or nothing");
  }

  /** Like an option of a pattern, and may be empty. */
  private static ConfigDef.Validator option(Consumer<String> check, String description) {
    return rule(
        (name, value) -> {
          String text = Objects.toString(value, "").trim();
          try {
            if (!text.isEmpty()) {
              check.accept(text);
            }
          } catch (ConfigException unusable) {
            throw new ConfigException(name + " " + unusable.getMessage());
          }
        },
        description);
  }

  private static String variableNames() {
    return "${topic}, ${source.db}, ${source.schema} and ${source.table}";
  }

  private static ConfigDef.Validator optional(Pattern form, String description) {
    return matching(form, description, true);
  }

  private static ConfigDef.Validator required(Pattern form, String description) {
    return matching(form, description, false);
  }

  private static ConfigDef.Validator matching(Pattern form, String description, boolean orEmpty) {
    return rule(
        (name, value) -> {
          String text = Objects.toString(value, "").trim();
          if (!(orEmpty && text.isEmpty()) && !form.matcher(text).matches()) {
            throw new ConfigException(name + " is not " + description + ".");
          }
        },
        description);
  }

  private static ConfigDef.Validator rule(ConfigDef.Validator check, String description) {
    return ConfigDef.LambdaValidator.with(check::ensureValid, () -> description);
  }
}
