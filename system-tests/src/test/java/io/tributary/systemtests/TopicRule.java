package io.tributary.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How one kind of field becomes a value of BigQuery, by the documentation. */
interface TopicRule {
  /** The column's type. */
  String type();

  /**
   * The value in the form that is compared.
   *
   * @throws Misfit if the column cannot hold it exactly
   */
  String text(JsonNode value);

  /** A value that belongs into the dead letter queue. */
  final class Misfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Misfit(String why) {
      super(why, null, false, false);
    }
  }

  /** How a value that is not NULL is read. */
  @FunctionalInterface
  interface Reader {
    String text(JsonNode value);
  }

  static TopicRule of(String type, Reader reader) {
    return new TopicRule() {
      @Override
      public String type() {
        return type;
      }

      @Override
      public String text(JsonNode value) {
        return value.isNull() || value.isMissingNode() ? null : reader.text(value);
      }
    };
  }

  /** Arrays have no NULL among their items, and are never NULL themselves. */
  static TopicRule array(TopicRule item) {
    return new TopicRule() {
      @Override
      public String type() {
        return "ARRAY<" + item.type() + ">";
      }

      @Override
      public String text(JsonNode value) {
        List<String> items = new ArrayList<>();
        for (JsonNode element : value) {
          if (element.isNull()) {
            throw new Misfit("a NULL among the items");
          }
          items.add(item.text(element));
        }
        return items.toString();
      }
    };
  }

  static TopicRule struct(Map<String, TopicRule> fields) {
    String type =
        fields.entrySet().stream()
            .map(field -> field.getKey() + " " + field.getValue().type())
            .collect(Collectors.joining(", ", "STRUCT<", ">"));
    return of(
        type,
        value -> {
          List<String> parts = new ArrayList<>();
          fields.forEach((name, rule) -> parts.add(name + "=" + rule.text(value.path(name))));
          return parts.toString();
        });
  }

  /** A struct as the schema has it. */
  static TopicRule struct(JsonNode schema) {
    Map<String, TopicRule> fields = new LinkedHashMap<>();
    for (JsonNode field : schema.path("fields")) {
      fields.put(field.path("field").asText(), TopicRules.of(field));
    }
    return struct(fields);
  }
}
