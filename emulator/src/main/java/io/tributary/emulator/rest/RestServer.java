package io.tributary.emulator.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.engine.Engine;
import io.tributary.emulator.faults.Faults;
import io.tributary.emulator.faults.InjectedFailure;
import io.tributary.emulator.jobs.Jobs;
import io.tributary.emulator.limits.CallGate;
import io.tributary.emulator.limits.Places;
import io.tributary.emulator.write.AppendedRows;
import io.tributary.emulator.write.WriteLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server of the REST API, on loopback and without encryption. */
public final class RestServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RestServer.class);
  private static final String ROOT = "/bigquery/v2/";

  /** The JDK reads it when the first server of a process is made. */
  private static final String NO_DELAY = "sun.net.httpserver.nodelay";

  /** Calls wait for jobs, so there must be more threads than jobs run at a time. */
  private static final int THREADS = 128;

  private final List<Route> routes = new ArrayList<>();
  private final List<Route> control = new ArrayList<>();
  private final Console console = new Console();
  private final ControlRoutes controls;
  private final CallGate gate;
  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS,
          task -> {
            Thread thread = new Thread(task, "emulator-rest");
            thread.setDaemon(true);
            return thread;
          });

  /** Starts on this port; 0 takes a free one. */
  public RestServer(
      int port,
      Engine engine,
      Jobs jobs,
      CallGate gate,
      WriteLog log,
      AppendedRows kept,
      String project,
      String location) {
    this.gate = gate;
    routes.addAll(new DatasetRoutes(engine, project, location).routes());
    routes.addAll(new TableRoutes(engine, jobs, gate.faults()).routes());
    routes.addAll(new StreamRoutes(engine, kept).routes());
    routes.addAll(new JobRoutes(jobs, new JobSpecs(engine, location)).routes());
    answerAtOnce();
    this.controls =
        new ControlRoutes(
            gate.faults(), gate.counts(), log, jobs, new Reset(engine, jobs, gate, log));
    control.addAll(controls.routes());
    control.addAll(new OverviewRoutes(engine, project).routes());
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot listen on 127.0.0.1:" + port + ": " + e.getMessage(), e);
    }
    server.createContext("/", this::serve);
    server.setExecutor(threads);
    server.start();
  }

  /**
   * The JDK's server sends head and body of an answer apart. Without this the body waits for the
   * client to acknowledge the head, which it delays by 40 ms.
   */
  private static void answerAtOnce() {
    if (System.getProperty(NO_DELAY) == null) {
      System.setProperty(NO_DELAY, "true");
    }
  }

  /** The port that clients connect to. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Makes the emulator as new. */
  public void reset() {
    controls.reset();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    try {
      // an answer that is being made still needs jobs and engine
      threads.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Optional<Answer> answer;
      try {
        LocalCallers.check(exchange.getRequestHeaders());
        if (console.answers(exchange)) {
          return;
        }
        answer = answer(exchange);
      } catch (BigQueryError e) {
        answer = Optional.of(ErrorJson.answer(e));
      } catch (InjectedFailure e) {
        answer = Optional.of(ErrorJson.answer(e.failure()));
      } catch (RuntimeException e) {
        LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
        answer =
            Optional.of(
                ErrorJson.answer(BigQueryError.internal("The emulator failed to answer: " + e, e)));
      }
      if (answer.isPresent()) {
        AnswerWriter.write(exchange, answer.get());
      }
    }
  }

  /** The answer, or nothing where the answer must get lost. */
  private Optional<Answer> answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    List<String> segments = segments(path);
    String override = exchange.getRequestHeaders().getFirst("X-HTTP-Method-Override");
    String verb = override == null ? exchange.getRequestMethod() : override;
    ObjectNode body = body(exchange);
    for (Route route : control) {
      Optional<RestCall> call = call(route, verb, segments, exchange, body);
      if (call.isPresent()) {
        return Optional.of(route.action().apply(call.get()));
      }
    }
    for (Route route : routes) {
      Optional<RestCall> found = call(route, verb, segments, exchange, body);
      if (found.isPresent()) {
        RestCall call = found.get();
        return answer(route, call);
      }
    }
    throw BigQueryError.notFound("Not found: no method " + verb + " " + path);
  }

  private Optional<Answer> answer(Route route, RestCall call) {
    Places.Place place = gate.requests().take();
    try {
      Faults.AfterCall after = gate.enter(call.describe());
      Answer answer = after.effect(() -> outcome(route, call));
      return after.losesAnswer() ? Optional.empty() : Optional.of(answer);
    } finally {
      place.close();
    }
  }

  private static Optional<RestCall> call(
      Route route, String verb, List<String> segments, HttpExchange exchange, ObjectNode body) {
    return route
        .match(verb, segments)
        .map(
            variables ->
                new RestCall(
                    route.method(),
                    variables,
                    query(exchange.getRequestURI().getRawQuery()),
                    body,
                    exchange.getRequestHeaders().getFirst("If-Match")));
  }

  /** An answer that gets lost may be an error, too. */
  private static Answer outcome(Route route, RestCall call) {
    try {
      return route.action().apply(call);
    } catch (BigQueryError e) {
      return ErrorJson.answer(e);
    }
  }

  private static List<String> segments(String path) {
    String inside = path.startsWith(ROOT) ? path.substring(ROOT.length()) : path.substring(1);
    List<String> segments = new ArrayList<>(List.of(inside.split("/", -1)));
    String last = segments.get(segments.size() - 1);
    int colon = last.lastIndexOf(':');
    if (colon > 0) {
      segments.set(segments.size() - 1, last.substring(0, colon));
      segments.add(last.substring(colon));
    }
    return segments;
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new HashMap<>();
    if (raw != null) {
      for (String pair : raw.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          query.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
        }
      }
    }
    return query;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static ObjectNode body(HttpExchange exchange) throws IOException {
    boolean gzip =
        "gzip".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    InputStream raw = exchange.getRequestBody();
    byte[] bytes;
    try (InputStream in = gzip ? new GZIPInputStream(raw) : raw) {
      bytes = in.readAllBytes();
    }
    if (bytes.length == 0) {
      return Json.object();
    }
    try {
      JsonNode json = Json.MAPPER.readTree(bytes);
      if (json instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw BigQueryError.invalid("Invalid JSON payload received.");
    }
    throw BigQueryError.invalid("Invalid JSON payload received: the body must be an object.");
  }
}
