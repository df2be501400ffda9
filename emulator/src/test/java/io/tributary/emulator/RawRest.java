package io.tributary.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.auth.Credentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.TableId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Calls of the REST API without Google's client, where that hides what is to be seen. */
public final class RawRest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final BigQueryOptions options;

  public RawRest(BigQueryUnderTest bigQuery) {
    this.options = bigQuery.rest().getOptions();
  }

  /** What came back; the body is unpacked. */
  public record Reply(int status, JsonNode body, Map<String, List<String>> headers) {
    public String header(String name) {
      return headers.getOrDefault(name, List.of("")).get(0);
    }

    /** The reason of the first error. */
    public String reason() {
      return body.path("error").path("errors").path(0).path("reason").asText();
    }

    public String message() {
      return body.path("error").path("message").asText();
    }
  }

  public Reply get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  public Reply post(String path, String body, String... headers) {
    return send("POST", path, body.getBytes(java.nio.charset.StandardCharsets.UTF_8), headers);
  }

  /** The path is below the project; headers are names and values in turn. */
  public Reply send(String verb, String path, byte[] body, String... headers) {
    String root = options.getHost() + "/bigquery/v2/projects/" + BigQueryUnderTest.PROJECT;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(root + path))
            .method(
                verb,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    try {
      Credentials credentials = options.getScopedCredentials();
      if (credentials != null && !(credentials instanceof NoCredentials)) {
        credentials
            .getRequestMetadata()
            .forEach((name, values) -> values.forEach(value -> request.header(name, value)));
      }
      if (body != null) {
        request.header("Content-Type", "application/json");
      }
      if (headers.length > 0) {
        request.headers(headers);
      }
      HttpResponse<byte[]> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return reply(response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Reply reply(HttpResponse<byte[]> response) throws IOException {
    byte[] bytes = response.body();
    if (response.headers().firstValue("Content-Encoding").orElse("").equals("gzip")) {
      bytes = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
    }
    boolean json =
        response.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
    return new Reply(
        response.statusCode(),
        json && bytes.length > 0 ? MAPPER.readTree(bytes) : MAPPER.createObjectNode(),
        response.headers().map());
  }

  public static byte[] zipped(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public static String path(TableId table) {
    return "/datasets/%s/tables/%s".formatted(table.getDataset(), table.getTable());
  }
}
