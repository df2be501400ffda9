package io.tributary.bigquery.bigquery;

import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.QueryRequest;
import io.tributary.bigquery.config.NamingSettings;
import io.tributary.bigquery.config.Problem;
import io.tributary.bigquery.config.ServiceSettings;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.table.Sql;
import io.tributary.bigquery.table.TableId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks BigQuery whether a configuration can work, without changing anything: are the datasets
 * there, in one location, and may the account create tables and run jobs. Rights on single tables
 * show only when they are used.
 */
public final class ServiceCheck {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration DEADLINE = Duration.ofSeconds(12);
  private static final String PROBE = "tributary_permission_probe";

  private final ServiceSettings settings;
  private final NamingSettings naming;
  private final Bigquery client;
  private final List<Problem> problems = new ArrayList<>();

  private ServiceCheck(ServiceSettings settings, NamingSettings naming, Bigquery client) {
    this.settings = settings;
    this.naming = naming;
    this.client = client;
  }

  /** What stands in the way; empty when nothing was found. Takes at most twelve seconds. */
  public static List<Problem> run(ServiceSettings settings, NamingSettings naming) {
    CompletableFuture<List<Problem>> found = new CompletableFuture<>();
    Thread thread =
        new Thread(() -> found.complete(check(settings, naming)), "tributary-service-check");
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((failed, defect) -> found.completeExceptionally(defect));
    thread.start();
    try {
      return found.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      return List.of(unreachable("BigQuery did not answer within " + DEADLINE.toSeconds() + " s."));
    } catch (ExecutionException defect) {
      return List.of(
          unreachable("The check failed: " + defect.getCause().getClass().getSimpleName() + "."));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return List.of(unreachable("The check was interrupted."));
    }
  }

  private static List<Problem> check(ServiceSettings settings, NamingSettings naming) {
    try {
      Rest rest =
          Rest.open(settings, CredentialLoader.load(settings), CONNECT_TIMEOUT, READ_TIMEOUT);
      ServiceCheck check = new ServiceCheck(settings, naming, rest.client());
      check.datasets();
      return List.copyOf(check.problems);
    } catch (SinkException refused) {
      return List.of(
          new Problem("credentials.mode", refused.getMessage(), "Correct the credentials."));
    }
  }

  private void datasets() {
    Set<String> names = new LinkedHashSet<>(List.of(settings.dataset(), settings.stagingDataset()));
    names.addAll(naming.knownDatasets());
    Optional<String> location = settings.location();
    for (String name : names) {
      Optional<String> found = dataset(name, location);
      if (found.isEmpty()) {
        return;
      }
      location = found;
    }
    if (jobs(location.get())) {
      for (String name : names) {
        creation(name, location.get());
      }
    }
  }

  /** The dataset's location, or empty when a problem was found. */
  private Optional<String> dataset(String name, Optional<String> expected) {
    String key = key(name);
    try {
      Dataset dataset = client.datasets().get(settings.project(), name).execute();
      String actual = dataset.getLocation();
      if (expected.isPresent() && !expected.get().equalsIgnoreCase(actual)) {
        add(
            settings.location().isPresent() ? "location" : key,
            "dataset " + name + " is in " + actual + ", and not in " + expected.get() + ".",
            "Name the location of the datasets; all must be in the same.");
        return Optional.empty();
      }
      return Optional.of(actual);
    } catch (IOException failure) {
      RestFault fault = RestFault.of(failure);
      if (naming.createDatasets() && Outcomes.meaning(fault) == Outcomes.Meaning.MISSING) {
        return toBeCreated(name, expected);
      }
      dataset(key, name, fault);
      return Optional.empty();
    }
  }

  private Optional<String> toBeCreated(String name, Optional<String> location) {
    if (location.isEmpty()) {
      add(
          "location",
          "is empty, and dataset " + name + " does not exist yet.",
          "Name the location in which it is to be created.");
    }
    return location;
  }

  private String key(String dataset) {
    if (dataset.equals(settings.dataset())) {
      return "dataset";
    }
    return dataset.equals(settings.stagingDataset()) ? "staging.dataset" : "dataset.name.template";
  }

  private void dataset(String key, String name, RestFault fault) {
    switch (Outcomes.meaning(fault)) {
      case MISSING ->
          add(
              key,
              "dataset " + name + " was not found in project " + settings.project() + ".",
              "Create it, or correct project and " + key + ".");
      case DENIED ->
          add(
              key,
              "the account may not see dataset " + name + ".",
              "Grant it bigquery.datasets.get on the dataset.");
      default -> other(fault);
    }
  }

  private boolean jobs(String location) {
    try {
      dryRun("SELECT 1", location);
      return true;
    } catch (IOException failure) {
      RestFault fault = RestFault.of(failure);
      switch (Outcomes.meaning(fault)) {
        case DENIED ->
            add(
                "job.project",
                "the account may not run jobs in project " + settings.jobProject() + ".",
                "Grant it bigquery.jobs.create on that project.");
        case MISSING ->
            add(
                "job.project",
                "project " + settings.jobProject() + " was not found.",
                "Correct the project id.");
        default -> other(fault);
      }
      return false;
    }
  }

  /** A dry run of a creation; only a denial is taken as an answer. */
  private void creation(String dataset, String location) {
    String table = Sql.name(new TableId(settings.project(), dataset, PROBE));
    try {
      dryRun("CREATE TABLE " + table + " (probe INT64)", location);
    } catch (IOException failure) {
      if (Outcomes.meaning(RestFault.of(failure)) == Outcomes.Meaning.DENIED) {
        add(
            key(dataset),
            "the account may not create tables in dataset " + dataset + ".",
            "Grant it bigquery.tables.create, get, update, updateData and getData there.");
      }
    }
  }

  private void dryRun(String sql, String location) throws IOException {
    client
        .jobs()
        .query(
            settings.jobProject(),
            new QueryRequest()
                .setQuery(sql)
                .setUseLegacySql(false)
                .setDryRun(true)
                .setLocation(location))
        .execute();
  }

  private void other(RestFault fault) {
    if (Outcomes.meaning(fault) == Outcomes.Meaning.UNKNOWN_CALLER) {
      add(
          "credentials.mode",
          "BigQuery does not accept the credentials.",
          "Check that the key is valid and its account enabled.");
    } else {
      problems.add(unreachable(fault.message()));
    }
  }

  private static Problem unreachable(String reason) {
    return new Problem("project", reason, "Check project, endpoint and network from the worker.");
  }

  private void add(String key, String reason, String remedy) {
    problems.add(new Problem(key, reason, remedy));
  }
}
