package io.tributary.emulator.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.emulator.BigQueryEmulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.Function;

/** A fault that a test has placed, in one of the two ways to do so. */
sealed interface PlacedFault extends AutoCloseable {
  long fired();

  long waiting();

  void release();

  @Override
  void close();

  /** How faults are placed. */
  enum Way {
    JAVA {
      @Override
      PlacedFault place(BigQueryEmulator emulator, Function<Faults, Fault> call, String order) {
        return new InJava(call.apply(emulator.faults()));
      }
    },
    HTTP {
      @Override
      PlacedFault place(BigQueryEmulator emulator, Function<Faults, Fault> call, String order) {
        Control control = new Control(HttpClient.newHttpClient(), emulator.restUrl());
        JsonNode placed = control.send("POST", "", order.replace('\'', '"'));
        return new OverHttp(control, placed.path("id").asText());
      }
    };

    /** Places the fault by this call of the script, or this order of the control endpoint. */
    abstract PlacedFault place(
        BigQueryEmulator emulator, Function<Faults, Fault> call, String order);
  }

  /** A fault of the Java API. */
  record InJava(Fault fault) implements PlacedFault {
    @Override
    public long fired() {
      return fault.fired();
    }

    @Override
    public long waiting() {
      return fault.waiting();
    }

    @Override
    public void release() {
      fault.release();
    }

    @Override
    public void close() {
      fault.close();
    }
  }

  /** A fault of the control endpoint. */
  record OverHttp(Control control, String id) implements PlacedFault {
    @Override
    public long fired() {
      return control.send("GET", "/" + id, "").path("fired").asLong();
    }

    @Override
    public long waiting() {
      return control.send("GET", "/" + id, "").path("waiting").asLong();
    }

    @Override
    public void release() {
      control.send("POST", "/" + id + "/release", "");
    }

    @Override
    public void close() {
      control.send("DELETE", "/" + id, "");
    }
  }

  /** The control endpoint of an emulator. */
  record Control(HttpClient http, String url) {
    JsonNode send(String verb, String path, String body) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + "/emulator/faults" + path))
              .method(verb, BodyPublishers.ofString(body))
              .build();
      try {
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
          throw new IllegalStateException(answer.body());
        }
        return new ObjectMapper().readTree(answer.body());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
