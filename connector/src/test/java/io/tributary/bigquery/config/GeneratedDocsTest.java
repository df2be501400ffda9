package io.tributary.bigquery.config;

import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.testkit.GeneratedPage;
import java.io.IOException;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

/**
 * The reference pages are written from the code: run with {@code -Dtributary.docs.write=true} to
 * renew them.
 */
class GeneratedDocsTest {
  private static final String OPTION_HEAD = "| Option | Accepted | Meaning |\n|---|---|---|\n";

  private static final String OPTIONS =
      """

      ## Options per table

      A pattern is a name in which `*` stands for any run of characters; case counts. A pattern with a
      dot is compared with `dataset.table`, one without with the table's name alone; a column's pattern
      with the field's name in the record. For each option, of several patterns that match, the one with
      more characters other than `*` decides (the table's before the column's), and of equals the key
      that sorts first. Keys that begin with `table.override` and are none of these are refused.

      ```json
      "table.override.*.column.*email*.hash": "true",
      "table.override.orders.partition.by": "created_at",
      "table.override.shop.orders.column.price.type": "NUMERIC(10,2)"
      ```
      """;

  private static final String REFUSED =
      """
      Answers of Connect's validation name the key that is to be corrected, and mostly no code. A task
      that meets one of these when it starts, or later, stops with its code.

      """;

  @Test
  void configurationPageAgreesWithTheDefinition() throws IOException {
    GeneratedPage.agree("configuration.md", configuration());
  }

  @Test
  void errorsPageAgreesWithTheCodes() throws IOException {
    GeneratedPage.agree("errors.md", errors());
  }

  private static String configuration() {
    StringBuilder page = new StringBuilder("# Configuration\n\n");
    page.append("Keys of the connector `io.tributary.bigquery.BigQuerySinkConnector`.\n");
    ConfigDef definition = SinkConfig.definition();
    for (String group : definition.groups()) {
      page.append("\n## ").append(group).append("\n\n");
      page.append("| Key | Type | Default | Accepted | Meaning |\n");
      page.append("|---|---|---|---|---|\n");
      definition.configKeys().values().stream()
          .filter(key -> group.equals(key.group))
          .forEach(key -> page.append(row(key)));
    }
    return page.append(options()).toString();
  }

  private static String options() {
    StringBuilder page = new StringBuilder(OPTIONS);
    page.append("\nOf a table, `table.override.<pattern>.<option>`:\n\n").append(OPTION_HEAD);
    for (TableOption option : TableOption.values()) {
      page.append(row(option.spelling(), option.accepted(), option.meaning()));
    }
    page.append("\nOf a column, `table.override.<pattern>.column.<column pattern>.<option>`:\n\n")
        .append(OPTION_HEAD);
    for (ColumnOption option : ColumnOption.values()) {
      page.append(row(option.spelling(), option.accepted(), option.meaning()));
    }
    return page.toString();
  }

  private static String row(String option, String accepted, String meaning) {
    return "| `%s` | %s | %s |\n".formatted(option, accepted, meaning);
  }

  private static String row(ConfigDef.ConfigKey key) {
    String preset =
        key.hasDefault() ? code(ConfigDef.convertToString(key.defaultValue, key.type)) : "required";
    String accepted = key.validator == null ? "" : key.validator.toString();
    return "| `%s` | %s | %s | %s | %s |%n"
        .formatted(
            key.name,
            key.type.name().toLowerCase(Locale.ROOT),
            key.type == ConfigDef.Type.PASSWORD ? "" : preset,
            accepted.replace(",...,", " to "),
            key.documentation)
        .replace(System.lineSeparator(), "\n");
  }

  private static String code(String value) {
    return value == null || value.isEmpty() ? "" : "`" + value + "`";
  }

  private static String errors() {
    StringBuilder page = new StringBuilder("# Errors\n");
    for (ErrorCode.Family family : ErrorCode.Family.values()) {
      page.append("\n## ").append(title(family)).append("\n\n").append(remark(family));
      page.append("| Code | Name | Meaning | What to do |\n|---|---|---|---|\n");
      for (ErrorCode code : ErrorCode.values()) {
        if (code.family() == family) {
          page.append(
              "| %s | %s | %s | %s |\n"
                  .formatted(code.code(), code.name(), code.meaning(), code.remedy()));
        }
      }
    }
    return page.toString();
  }

  private static String remark(ErrorCode.Family family) {
    return family == ErrorCode.Family.REFUSE ? REFUSED : "";
  }

  private static String title(ErrorCode.Family family) {
    return switch (family) {
      case REFUSE -> "Refused when the configuration is validated, or the task stops";
      case RECORD -> "Records set aside (dead letter queue) or, without one, a stop";
      case TRANSIENT -> "Passing failures, retried until a deadline";
      case FATAL -> "The task stops";
    };
  }
}
