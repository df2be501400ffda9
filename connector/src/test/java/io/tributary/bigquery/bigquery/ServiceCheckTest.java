package io.tributary.bigquery.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.config.NamingSettings;
import io.tributary.bigquery.config.Problem;
import io.tributary.bigquery.config.ServiceSettings;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceCheckTest {
  private ScriptedRest service;

  @BeforeEach
  void start() throws IOException {
    service = new ScriptedRest();
    service.on("datasets/d", 200, "{\"location\":\"EU\"}");
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void findsNothingWhereAllIsWell() {
    service.on("queries", 200, "{\"jobComplete\":true}");

    assertThat(ServiceCheck.run(settings(Optional.of("eu")), naming("d"))).isEmpty();
  }

  @Test
  void namesAMissingDataset() {
    ServiceSettings elsewhere = RestCallsTest.settings("absent", Optional.empty(), service.url());
    service.fails("datasets/absent", 404, "notFound");

    assertThat(ServiceCheck.run(elsewhere, naming("absent")))
        .extracting(Problem::key)
        .containsExactly("dataset");
  }

  @Test
  void comparesTheLocation() {
    assertThat(ServiceCheck.run(settings(Optional.of("US")), naming("d")))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.key()).isEqualTo("location");
              assertThat(problem.reason()).contains("EU", "US");
            });
  }

  @Test
  void namesTheMissingPermission() {
    service.fails("queries", 403, "accessDenied");

    assertThat(ServiceCheck.run(settings(Optional.empty()), naming("d")))
        .extracting(Problem::remedy)
        .containsExactly("Grant it bigquery.jobs.create on that project.");
  }

  @Test
  void triesWhetherTablesMayBeCreated() {
    service.on("queries", 200, "{\"jobComplete\":true}").fails("queries", 403, "accessDenied");

    assertThat(ServiceCheck.run(settings(Optional.empty()), naming("d")))
        .extracting(Problem::reason)
        .containsExactly("the account may not create tables in dataset d.");
    assertThat(service.asked().get(2).body()).contains("\"dryRun\":true", "CREATE TABLE");
  }

  @Test
  void reportsAnUnreachableService() {
    service.close();

    assertThat(ServiceCheck.run(settings(Optional.empty()), naming("d")))
        .extracting(Problem::key)
        .containsExactly("project");
  }

  @Test
  void looksForTheDatasetsThatCanBeKnown() {
    service.fails("datasets/raw", 404, "notFound").on("queries", 200, "{\"jobComplete\":true}");

    assertThat(ServiceCheck.run(settings(Optional.of("EU")), naming("raw")))
        .extracting(Problem::key)
        .containsExactly("dataset.name.template");
    assertThat(ServiceCheck.run(settings(Optional.of("EU")), naming("raw_${topic}"))).isEmpty();
  }

  @Test
  void anAbsentDatasetIsNoProblemWhereItIsCreated() {
    service.fails("datasets/absent", 404, "notFound").on("queries", 200, "{\"jobComplete\":true}");
    NamingSettings creating =
        new NamingSettings("p", "absent", "absent", "absent", "t", true, true);

    assertThat(ServiceCheck.run(absent(Optional.of("EU")), creating)).isEmpty();
    assertThat(ServiceCheck.run(absent(Optional.empty()), creating))
        .extracting(Problem::key)
        .containsExactly("location");
  }

  private ServiceSettings absent(Optional<String> location) {
    return RestCallsTest.settings("absent", location, service.url());
  }

  static NamingSettings naming(String dataset) {
    return new NamingSettings("p", dataset, dataset, dataset, "t", true, false);
  }

  private ServiceSettings settings(Optional<String> location) {
    return RestCallsTest.settings("d", location, service.url());
  }
}
