package io.tributary.emulator.rest;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Sends answers: compressed for those who take that, and not again to those who have them. */
final class AnswerWriter {
  private static final int NOT_MODIFIED = 304;

  private AnswerWriter() {}

  static void write(HttpExchange exchange, Answer answer) throws IOException {
    if (answer.body() == null) {
      exchange.sendResponseHeaders(answer.status(), -1);
      return;
    }
    Headers headers = exchange.getResponseHeaders();
    String etag = Json.text(answer.body(), "etag");
    if (etag != null) {
      headers.set("ETag", etag);
      if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
        exchange.sendResponseHeaders(NOT_MODIFIED, -1);
        return;
      }
    }
    if (answer.retryAfterSeconds() > 0) {
      headers.set("Retry-After", Integer.toString(answer.retryAfterSeconds()));
    }
    headers.set("Content-Type", "application/json; charset=UTF-8");
    String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
    byte[] bytes = Json.MAPPER.writeValueAsBytes(answer.body());
    if (accepted != null && accepted.toLowerCase(Locale.ROOT).contains("gzip")) {
      headers.set("Content-Encoding", "gzip");
      exchange.sendResponseHeaders(answer.status(), 0);
      try (OutputStream out = new GZIPOutputStream(exchange.getResponseBody())) {
        out.write(bytes);
      }
      return;
    }
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
