package io.tributary.emulator.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.emulator.BigQueryEmulator;
import io.tributary.emulator.EmulatorOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The control endpoint, by plain HTTP as a test in any language would use it. */
final class ControlTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static BigQueryEmulator emulator;

  @BeforeAll
  static void start() {
    emulator = BigQueryEmulator.start(EmulatorOptions.defaults());
  }

  @AfterAll
  static void stop() {
    emulator.close();
  }

  @Test
  void aFaultStrikesTheCallsItNamesAndCountsThem() throws Exception {
    String id =
        answer(
                "POST",
                "emulator/faults",
                "{'kind':'fail','calls':{'method':'datasets.list','times':1},"
                    + "'failure':'rateLimitExceeded'}")
            .path("id")
            .asText();
    assertThat(send("GET", "projects/p/datasets", "").statusCode()).isEqualTo(403);
    assertThat(send("GET", "projects/p/datasets", "").statusCode()).isEqualTo(200);
    JsonNode fault = answer("GET", "emulator/faults/" + id, "");
    assertThat(fault.path("kind").asText()).isEqualTo("fail");
    assertThat(fault.path("fired").asInt()).isEqualTo(1);
    assertThat(answer("GET", "emulator/faults", "").path("faults")).contains(fault);
    answer("DELETE", "emulator/faults/" + id, "");
    assertThat(send("GET", "emulator/faults/" + id, "").statusCode()).isEqualTo(404);
  }

  @Test
  void aFaultMayStrikeEveryOtherCall() throws Exception {
    String id =
        answer(
                "POST",
                "emulator/faults",
                "{'kind':'fail','calls':{'method':'datasets.list','every':2},"
                    + "'failure':'unavailable'}")
            .path("id")
            .asText();
    for (int status : new int[] {200, 503, 200, 503, 200}) {
      assertThat(send("GET", "projects/p/datasets", "").statusCode()).isEqualTo(status);
    }
    assertThat(answer("DELETE", "emulator/faults/" + id, "").path("fired").asInt()).isEqualTo(2);
  }

  @Test
  void aFailureMayBeDescribed() throws Exception {
    JsonNode fault =
        answer(
            "POST",
            "emulator/faults",
            "{'kind':'fail','calls':{'method':'projects.list'},'failure':"
                + "{'grpc':'ABORTED','httpStatus':500,'reason':'internalError','message':'told to',"
                + "'retryAfterSeconds':7}}");
    HttpResponse<String> failed = send("GET", "projects", "");
    answer("DELETE", "emulator/faults/" + fault.path("id").asText(), "");
    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(failed.headers().firstValue("Retry-After")).hasValue("7");
    assertThat(JSON.readTree(failed.body()).at("/error/errors/0/reason").asText())
        .isEqualTo("internalError");
    assertThat(JSON.readTree(failed.body()).at("/error/message").asText()).isEqualTo("told to");
  }

  @Test
  void aHeldCallGoesOnWhenItsFaultIsReleased() throws Exception {
    String id =
        answer(
                "POST",
                "emulator/faults",
                "{'kind':'delay','calls':{'method':'projects.list','nth':1},'seconds':60}")
            .path("id")
            .asText();
    CompletableFuture<HttpResponse<String>> held =
        HTTP.sendAsync(request("GET", "projects", ""), BodyHandlers.ofString());
    await().until(() -> answer("GET", "emulator/faults/" + id, "").path("waiting").asInt() == 1);
    assertThat(held).isNotDone();
    answer("POST", "emulator/faults/" + id + "/release", "");
    assertThat(held.get().statusCode()).isEqualTo(200);
    answer("DELETE", "emulator/faults/" + id, "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'kind':'melt'} | melt",
        "{'kind':'fail','calls':{'method':'x'}} | failure",
        "{'kind':'delay','seconds':1} | calls",
        "{'kind':'loseAnswer','calls':{'method':'x','methods':'y'}} | methods",
        "{'kind':'denyPermission','table':'t'} | project.dataset.table",
        "{'kind':'stallJob','job':'(','seconds':1} | regular expression",
        "{'kind':'failJob','job':'x','failure':'bad luck'} | bad luck",
        "{'kind':'loseAnswer','calls':{'method':'x','every':0}} | every",
        "{'fired':1} | kind",
      },
      quoteCharacter = '"')
  void anOrderThatCannotBeUnderstoodIsRefused(String order, String named) throws Exception {
    HttpResponse<String> answer = send("POST", "emulator/faults", order);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(named);
  }

  @Test
  void resettingFromJavaForgetsTheFaultsThatAreListed() throws Exception {
    String id =
        answer(
                "POST",
                "emulator/faults",
                "{'kind':'fail','calls':{'method':'projects.list'},'failure':'rateLimitExceeded'}")
            .path("id")
            .asText();
    assertThat(answer("GET", "emulator/faults", "").path("faults")).isNotEmpty();
    emulator.reset();
    assertThat(answer("GET", "emulator/faults", "").path("faults")).isEmpty();
    assertThat(send("GET", "emulator/faults/" + id, "").statusCode()).isEqualTo(404);
    assertThat(send("GET", "projects", "").statusCode()).isEqualTo(200);
  }

  @Test
  void callsAndJobsAreShownAndControlIsNotCounted() throws Exception {
    long before = answer("GET", "emulator/calls", "").path("jobs.query").asLong();
    answer("POST", "projects/p/queries", "{'query':'SELECT 1','useLegacySql':false}");
    JsonNode calls = answer("GET", "emulator/calls", "");
    assertThat(calls.path("jobs.query").asLong()).isEqualTo(before + 1);
    assertThat(calls.fieldNames()).toIterable().noneMatch(name -> name.startsWith("emulator"));
    JsonNode jobs = answer("GET", "emulator/jobs", "").path("jobs");
    assertThat(jobs.get(jobs.size() - 1).at("/configuration/query/query").asText())
        .isEqualTo("SELECT 1");
    assertThat(answer("GET", "emulator/appends", "").path("appends").isArray()).isTrue();
    assertThat(answer("GET", "emulator/commits", "").path("commits").isArray()).isTrue();
  }

  private static JsonNode answer(String verb, String path, String body) throws Exception {
    HttpResponse<String> answer = send(verb, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static HttpResponse<String> send(String verb, String path, String body)
      throws IOException, InterruptedException {
    return HTTP.send(request(verb, path, body), BodyHandlers.ofString());
  }

  private static HttpRequest request(String verb, String path, String body) {
    String root = path.startsWith("emulator") ? "/" : "/bigquery/v2/";
    return HttpRequest.newBuilder(URI.create(emulator.restUrl() + root + path))
        .method(verb, BodyPublishers.ofString(body.replace('\'', '"')))
        .build();
  }
}
