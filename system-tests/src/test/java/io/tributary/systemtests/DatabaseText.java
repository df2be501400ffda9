package io.tributary.systemtests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** The text of a value as the database writes it, in the form that is compared. */
final class DatabaseText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DatabaseText() {}

  static String of(String type, String text) {
    if (type.startsWith("ARRAY<")) {
      return array(type.substring("ARRAY<".length(), type.length() - 1), text);
    }
    return text == null ? null : Canonical.of(type, text);
  }

  /** BigQuery does not tell an empty array from none. */
  private static String array(String type, String text) {
    List<String> items = new ArrayList<>();
    try {
      if (text != null) {
        for (JsonNode item : JSON.readTree(text)) {
          items.add(of(type, item.asText()));
        }
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    return items.toString();
  }
}
