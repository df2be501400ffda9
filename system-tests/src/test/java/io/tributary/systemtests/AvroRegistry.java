package io.tributary.systemtests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** As much of a schema registry (Apicurio's REST interface v2) as its Avro converter asks for. */
final class AvroRegistry implements AutoCloseable {
  private final List<String> schemas = new CopyOnWriteArrayList<>();
  private final AtomicInteger lookups = new AtomicInteger();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final HttpServer server;

  private AvroRegistry(HttpServer server) {
    this.server = server;
  }

  static AvroRegistry start() throws IOException {
    AvroRegistry registry =
        new AvroRegistry(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    registry.server.createContext("/", registry::answer);
    registry.server.setExecutor(registry.threads);
    registry.server.start();
    return registry;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/apis/registry/v2";
  }

  /** The schemas that writers registered, in that order. */
  List<String> schemas() {
    return List.copyOf(schemas);
  }

  /** How often a reader asked for the schema of an id. */
  int lookups() {
    return lookups.get();
  }

  private void answer(HttpExchange call) throws IOException {
    String path = call.getRequestURI().getPath();
    String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (call.getRequestMethod().equals("POST")) {
      int id = register(body);
      send(
          call,
          "{\"id\": \"%d\", \"version\": \"1\", \"type\": \"AVRO\", \"globalId\": %d, \"contentId\": %d}"
              .formatted(id, id, id));
    } else if (path.endsWith("/references")) {
      send(call, "[]");
    } else {
      lookups.incrementAndGet();
      send(call, schemas.get(Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)) - 1));
    }
  }

  private synchronized int register(String schema) {
    if (!schemas.contains(schema)) {
      schemas.add(schema);
    }
    return schemas.indexOf(schema) + 1;
  }

  private static void send(HttpExchange call, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    call.getResponseHeaders().add("Content-Type", "application/json");
    call.sendResponseHeaders(200, bytes.length);
    call.getResponseBody().write(bytes);
    call.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
