package io.tributary.tools.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Kafka Connect's REST interface. Thread-safe; every call has a deadline of 90 seconds. */
public final class ConnectRest {
  private static final Duration CALL_DEADLINE = Duration.ofSeconds(90);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI base;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /**
   * @param base e.g. {@code http://127.0.0.1:8083}
   */
  public ConnectRest(URI base) {
    this.base = base;
  }

  /** A connector as Connect reports it. */
  public record Status(String connector, List<Task> tasks) {
    /**
     * One task.
     *
     * @param worker host and port of the worker that has it
     * @param trace empty unless it failed
     */
    public record Task(int id, String state, String worker, String trace) {}

    /** Copies the list. */
    public Status {
      tasks = List.copyOf(tasks);
    }

    /** Whether the connector and at least {@code count} tasks, and all it has, are running. */
    public boolean isRunning(int count) {
      return connector.equals("RUNNING")
          && tasks.size() >= count
          && tasks.stream().allMatch(task -> task.state().equals("RUNNING"));
    }

    /** The tasks that ended with an error. */
    public List<Task> failed() {
      return tasks.stream().filter(task -> task.state().equals("FAILED")).toList();
    }
  }

  /** An answer that is not a success. */
  public static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;

    RefusedException(int status, String message) {
      super(message);
      this.status = status;
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }
  }

  /** Whether the worker answers at all. */
  public boolean answers() {
    HttpRequest request = request("/connectors", Duration.ofSeconds(10)).GET().build();
    try {
      return send(request).statusCode() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** The versions of the connector plugins that the worker found, by class. */
  public Map<String, String> plugins() {
    Map<String, String> versions = new HashMap<>();
    get("/connector-plugins")
        .forEach(
            plugin -> versions.put(plugin.path("class").asText(), plugin.path("version").asText()));
    return versions;
  }

  /**
   * Creates a connector from {@code {"name": .., "config": {..}}}.
   *
   * @throws RefusedException with Connect's message, which names the keys at fault
   */
  public void create(JsonNode nameAndConfig) {
    call(json("/connectors", "POST", nameAndConfig));
  }

  /** Creates or changes a connector. */
  public void put(String name, ObjectNode config) {
    call(json("/connectors/" + name + "/config", "PUT", config));
  }

  /** What Connect says about a config without starting it. */
  public JsonNode validate(String pluginClass, ObjectNode config) {
    return call(json("/connector-plugins/" + pluginClass + "/config/validate", "PUT", config));
  }

  /** The state of a connector and its tasks. */
  public Status status(String name) {
    JsonNode answer = get("/connectors/" + name + "/status");
    List<Status.Task> tasks = new ArrayList<>();
    answer
        .path("tasks")
        .forEach(
            task ->
                tasks.add(
                    new Status.Task(
                        task.path("id").asInt(),
                        task.path("state").asText(),
                        task.path("worker_id").asText(),
                        task.path("trace").asText(""))));
    return new Status(answer.path("connector").path("state").asText(), tasks);
  }

  /** Restarts a connector with all its tasks. */
  public void restart(String name) {
    call(
        request("/connectors/" + name + "/restart?includeTasks=true", CALL_DEADLINE)
            .POST(BodyPublishers.noBody())
            .build());
  }

  /** Stops a connector but keeps it, so that its offsets can be changed. */
  public void stop(String name) {
    tell(name, "stop");
  }

  /** Lets a connector rest, with its tasks. */
  public void pause(String name) {
    tell(name, "pause");
  }

  /** Resumes a stopped or paused connector. */
  public void resume(String name) {
    tell(name, "resume");
  }

  private void tell(String name, String what) {
    call(
        request("/connectors/" + name + "/" + what, CALL_DEADLINE)
            .PUT(BodyPublishers.noBody())
            .build());
  }

  /** The committed offsets of a connector. */
  public JsonNode offsets(String name) {
    return get("/connectors/" + name + "/offsets");
  }

  /** Forgets all offsets of a stopped connector. */
  public void resetOffsets(String name) {
    call(request("/connectors/" + name + "/offsets", CALL_DEADLINE).DELETE().build());
  }

  /** Removes a connector. */
  public void delete(String name) {
    call(request("/connectors/" + name, CALL_DEADLINE).DELETE().build());
  }

  /**
   * Waits until a connector and at least {@code tasks} tasks are running.
   *
   * @throws Await.GaveUpException as soon as a task failed, with its error, or at the deadline
   */
  public void awaitRunning(String name, int tasks, Duration deadline) {
    Await.atMost(deadline, Duration.ofMillis(300))
        .until(
            "Connector " + name + " runs with " + tasks + " tasks",
            () -> {
              Status status = status(name);
              if (!status.failed().isEmpty()) {
                throw new Await.GaveUpException(
                    "A task of connector " + name + " failed:\n" + status.failed().get(0).trace(),
                    null);
              }
              return status.isRunning(tasks);
            });
  }

  private JsonNode get(String path) {
    return call(request(path, CALL_DEADLINE).GET().build());
  }

  private HttpRequest json(String path, String method, JsonNode body) {
    return request(path, CALL_DEADLINE)
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofString(body.toString()))
        .build();
  }

  private HttpRequest.Builder request(String path, Duration deadline) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(deadline)
        .header("Accept", "application/json");
  }

  private JsonNode call(HttpRequest request) {
    HttpResponse<String> answer = send(request);
    if (answer.statusCode() / 100 != 2) {
      throw new RefusedException(
          answer.statusCode(),
          "Kafka Connect refused "
              + request.method()
              + " "
              + request.uri().getPath()
              + " with status "
              + answer.statusCode()
              + ": "
              + message(answer.body()));
    }
    try {
      return answer.body().isBlank() ? JSON.nullNode() : JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException("Kafka Connect's answer is not JSON.", e);
    }
  }

  private static String message(String body) {
    try {
      return JSON.readTree(body).path("message").asText(body);
    } catch (IOException e) {
      return body;
    }
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException("Kafka Connect does not answer at " + base, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for Kafka Connect.", e);
    }
  }
}
