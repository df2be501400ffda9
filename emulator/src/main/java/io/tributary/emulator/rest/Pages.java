package io.tributary.emulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.emulator.catalog.BigQueryError;
import java.util.List;

/** Which part of a list a call asks for. */
record Pages(long start, int size) {
  private static final int MAX_SIZE = 100_000;

  /** A page token is the index of the page's first element. */
  static Pages of(RestCall call, int otherwise) {
    String token = call.query().getOrDefault("pageToken", "");
    String first = token.isEmpty() ? call.query().getOrDefault("startIndex", "0") : token;
    try {
      int size = call.number("maxResults", otherwise);
      return new Pages(Long.parseLong(first), Math.min(Math.max(size, 0), MAX_SIZE));
    } catch (NumberFormatException e) {
      throw BigQueryError.invalid("Invalid value for pageToken or startIndex: " + first);
    }
  }

  <T> List<T> cut(List<T> all) {
    int from = (int) Math.min(start, all.size());
    return all.subList(from, (int) Math.min((long) from + size, all.size()));
  }

  void writeToken(ObjectNode answer, long total) {
    if (size > 0 && start + size < total) {
      answer.put("pageToken", String.valueOf(start + size));
    }
  }

  void writeNextToken(ObjectNode answer, long total) {
    if (size > 0 && start + size < total) {
      answer.put("nextPageToken", String.valueOf(start + size));
    }
  }
}
