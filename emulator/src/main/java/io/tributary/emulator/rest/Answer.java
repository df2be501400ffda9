package io.tributary.emulator.rest;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An answer of the REST API.
 *
 * @param body null for none
 * @param retryAfterSeconds of the header Retry-After; 0 for none
 */
record Answer(int status, JsonNode body, int retryAfterSeconds) {
  Answer(int status, JsonNode body) {
    this(status, body, 0);
  }

  static Answer ok(JsonNode body) {
    return new Answer(200, body);
  }

  static Answer noContent() {
    return new Answer(204, null);
  }
}
