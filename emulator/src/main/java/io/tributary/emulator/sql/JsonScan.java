package io.tributary.emulator.sql;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads JSON that is kept as STRING, as far as needed: what follows the value looked for is never
 * read, members keep their order and numbers their digits. What is malformed up to there is NULL.
 */
final class JsonScan {
  private JsonScan() {}

  /** What a path leads to: its compact text, and its scalar's text unless it is a container. */
  private record Found(String text, Optional<String> scalar, List<Found> items) {
    boolean missing() {
      return text.equals("null");
    }
  }

  /** JSON_QUERY. */
  static Object query(String json, String path) {
    Found found = find(json, path);
    return found == null || found.missing() ? null : found.text();
  }

  /** JSON_VALUE. */
  static Object value(String json, String path) {
    Found found = find(json, path);
    return found == null ? null : found.scalar().orElse(null);
  }

  /** JSON_QUERY_ARRAY, as a JSON list of texts. */
  static Object items(String json, String path) {
    Found found = find(json, path);
    return found == null || found.items() == null
        ? null
        : JsonText.list(found.items().stream().map(Found::text).toList());
  }

  /** JSON_VALUE_ARRAY, as a JSON list of texts; NULL unless all items are scalars. */
  static Object values(String json, String path) {
    Found found = find(json, path);
    if (found == null || found.items() == null) {
      return null;
    }
    List<String> values = new ArrayList<>();
    for (Found item : found.items()) {
      if (item.scalar().isEmpty() && !item.missing()) {
        return null;
      }
      values.add(item.scalar().orElse(null));
    }
    return JsonText.list(values);
  }

  private static Found find(String json, String path) {
    List<JsonPath.Step> steps = JsonPath.of(path).steps();
    try (JsonParser parser = JsonText.parser(json)) {
      return parser.nextToken() == null ? null : find(parser, steps);
    } catch (IOException malformed) {
      return null;
    }
  }

  private static Found find(JsonParser parser, List<JsonPath.Step> steps) throws IOException {
    if (steps.isEmpty()) {
      return read(parser);
    }
    JsonPath.Step step = steps.get(0);
    List<JsonPath.Step> rest = steps.subList(1, steps.size());
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean same = parser.currentName().equals(step.name());
        parser.nextToken();
        if (same) {
          return find(parser, rest);
        }
        parser.skipChildren();
      }
    } else if (parser.currentToken() == JsonToken.START_ARRAY) {
      for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
        if (i == step.position()) {
          return find(parser, rest);
        }
        parser.skipChildren();
      }
    }
    return null;
  }

  private static Found read(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      List<String> members = new ArrayList<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = JsonText.quote(parser.currentName());
        parser.nextToken();
        members.add(name + ":" + read(parser).text());
      }
      return new Found("{" + String.join(",", members) + "}", Optional.empty(), null);
    } else if (token == JsonToken.START_ARRAY) {
      List<Found> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(read(parser));
      }
      String text = String.join(",", items.stream().map(Found::text).toList());
      return new Found("[" + text + "]", Optional.empty(), items);
    } else if (token == JsonToken.VALUE_NULL) {
      return new Found("null", Optional.empty(), null);
    }
    String scalar = parser.getText();
    return new Found(
        token == JsonToken.VALUE_STRING ? JsonText.quote(scalar) : scalar,
        Optional.of(scalar),
        null);
  }
}
