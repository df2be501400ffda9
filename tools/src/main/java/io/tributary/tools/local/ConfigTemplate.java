package io.tributary.tools.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A connector's configuration as a JSON file whose values hold tokens such as
 * {@code @{bigquery.rest}}.
 *
 * <p>The tokens look unlike Kafka Connect's own <code>${provider:key}</code>, so neither takes the
 * other's.
 */
public final class ConfigTemplate {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern TOKEN = Pattern.compile("@\\{([a-z.]+)}");

  private ConfigTemplate() {}

  /**
   * The file with every token replaced.
   *
   * @param text {@code {"name": .., "config": {..}}}
   * @param values what the tokens stand for
   * @throws IllegalArgumentException if the text is not such JSON or a token has no value
   */
  public static ObjectNode fill(String text, Map<String, String> values) {
    try {
      JsonNode tree = JSON.readTree(text);
      if (!(tree instanceof ObjectNode file)
          || !file.path("name").isTextual()
          || !(file.get("config") instanceof ObjectNode config)) {
        throw new IllegalArgumentException(
            "A connector file must be {\"name\": \"..\", \"config\": {..}}.");
      }
      config
          .properties()
          .forEach(entry -> config.put(entry.getKey(), replace(entry.getValue().asText(), values)));
      return file;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A connector file must be JSON.", e);
    }
  }

  private static String replace(String text, Map<String, String> values) {
    return TOKEN
        .matcher(text)
        .replaceAll(
            token -> {
              String value = values.get(token.group(1));
              if (value == null) {
                throw new IllegalArgumentException("No value is known for " + token.group());
              }
              return Matcher.quoteReplacement(value);
            });
  }
}
