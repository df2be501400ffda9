package io.tributary.bigquery.bigquery;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import java.util.Set;

/**
 * A JSON object that nobody vouches for, read field by field. A refusal tells where it stands,
 * never what it holds.
 *
 * @param place the configuration key that it came from
 */
record KeyDocument(String place, JsonNode fields) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  static KeyDocument parse(String place, String json) {
    try {
      JsonNode node = JSON.readTree(json);
      if (node == null || !node.isObject()) {
        throw refused(place + " is not a JSON object.");
      }
      return new KeyDocument(place, node);
    } catch (JsonProcessingException unreadable) {
      throw refused(place + " is not readable as JSON.");
    }
  }

  boolean has(String name) {
    return fields.has(name);
  }

  /** A field's text; null where there is none. */
  String text(String name) {
    JsonNode value = fields.get(name);
    return value != null && value.isTextual() ? value.textValue() : null;
  }

  /** The object in a field; an empty one where there is none. */
  KeyDocument object(String name) {
    return new KeyDocument(place, fields.path(name));
  }

  /** Whether each of its fields is one of these. */
  boolean holdsOnly(Set<String> names) {
    for (var each = fields.fieldNames(); each.hasNext(); ) {
      if (!names.contains(each.next())) {
        return false;
      }
    }
    return true;
  }

  /** A refusal that begins with the document's place. */
  SinkException refusal(String detail) {
    return refused(place + " " + detail);
  }

  static SinkException refused(String detail) {
    return new SinkException(ErrorCode.CREDENTIALS_REFUSED, detail);
  }

  /** Its content is nobody's business. */
  @Override
  public String toString() {
    return "KeyDocument[" + place + "]";
  }
}
