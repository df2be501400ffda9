package io.tributary.emulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Lays a patch over a resource: null removes a member, labels are patched one by one. */
final class Patch {
  private Patch() {}

  static ObjectNode merge(ObjectNode present, ObjectNode patch) {
    patch
        .properties()
        .forEach(
            member -> {
              String name = member.getKey();
              JsonNode value = member.getValue();
              if (value.isNull()) {
                present.remove(name);
              } else if (name.equals("labels")
                  && present.get(name) instanceof ObjectNode labels
                  && value instanceof ObjectNode given) {
                merge(labels, given);
              } else {
                present.set(name, value);
              }
            });
    return present;
  }
}
