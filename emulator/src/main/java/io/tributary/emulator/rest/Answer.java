package io.tributary.emulator.rest;

import com.fasterxml.jackson.databind.JsonNode;

/** An answer of the REST API; the body is null for none. */
record Answer(int status, JsonNode body) {
  static Answer ok(JsonNode body) {
    return new Answer(200, body);
  }

  static Answer noContent() {
    return new Answer(204, null);
  }
}
