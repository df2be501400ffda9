package io.tributary.bigquery.bigquery;

import com.google.api.client.http.HttpStatusCodes;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** A REST service that gives prepared answers and remembers what it was asked. */
final class ScriptedRest implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Deque<Reply>> replies = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  ScriptedRest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Prepares an answer to a path below {@code /bigquery/v2/projects/p/}; the last one stays. */
  ScriptedRest on(String path, int status, String body) {
    replies
        .computeIfAbsent("/bigquery/v2/projects/p/" + path, key -> new ArrayDeque<>())
        .add(new Reply(status, body));
    return this;
  }

  ScriptedRest fails(String path, int status, String reason) {
    return on(
        path,
        status,
        "{\"error\":{\"code\":%d,\"message\":\"said no\",\"errors\":[{\"reason\":\"%s\"}]}}"
            .formatted(status, reason));
  }

  List<Asked> asked() {
    return asked;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
      byte[] body =
          zipped
              ? new GZIPInputStream(exchange.getRequestBody()).readAllBytes()
              : exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      asked.add(
          new Asked(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders().getFirst("If-Match"),
              exchange.getRequestHeaders().getFirst("Authorization"),
              new String(body, StandardCharsets.UTF_8)));
      Reply reply = next(path);
      byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(reply.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Reply next(String path) {
    Deque<Reply> prepared = replies.get(path);
    if (prepared == null) {
      return new Reply(HttpStatusCodes.STATUS_CODE_NOT_FOUND, "{}");
    }
    synchronized (prepared) {
      return prepared.size() > 1 ? prepared.poll() : prepared.peek();
    }
  }

  /** A request as it arrived. */
  record Asked(String method, String uri, String ifMatch, String authorization, String body) {}

  private record Reply(int status, String body) {}
}
