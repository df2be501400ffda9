package io.tributary.bigquery.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.bigquery.testkit.Changes;
import io.tributary.emulator.jobs.JobRecord;
import io.tributary.emulator.limits.Quotas;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Eight tasks that meet the same change of one table at once, before a service with quotas. */
final class ManyTasksTest {
  private static final int TASKS = 8;

  private final TaskHarness harness = new TaskHarness(Quotas.SERVICE);
  private final ExecutorService threads = Executors.newFixedThreadPool(TASKS);

  @AfterEach
  void close() {
    threads.shutdownNow();
    harness.close();
  }

  @Test
  void eachChangeIsMadeOnce() throws Exception {
    List<RunningTask> tasks = new ArrayList<>();
    List<Changes> sources = new ArrayList<>();
    for (Future<RunningTask> started :
        together(number -> harness.task(number, Map.of("retry.deadline.ms", "120000")))) {
      tasks.add(started.get());
    }
    for (int i = 0; i < TASKS; i++) {
      sources.add(
          Changes.postgres("public", "items")
              .topic(Events.TOPIC)
              .at(i, 0)
              .key("id", Schema.INT64_SCHEMA)
              .column("amount", Schema.OPTIONAL_INT64_SCHEMA));
    }
    all(
        together(
            number -> {
              long id = number;
              tasks
                  .get(number)
                  .put(
                      List.of(
                          sources.get(number).insert(Map.of("id", id, "amount", 10 + id)),
                          sources.get(number).insert(Map.of("id", 100 + id, "amount", id))));
              tasks.get(number).awaitApplied();
              return number;
            }));
    assertThat(harness.emulator().calls().get("tables.insert"))
        .as("the table, its staging table and the table of snapshots")
        .isEqualTo(3);

    Schema exact =
        Decimal.builder(2).parameter("connect.decimal.precision", "20").optional().build();
    all(
        together(
            number -> {
              Changes source = sources.get(number).drop("amount").column("amount", exact);
              source.column("note", Schema.OPTIONAL_STRING_SCHEMA);
              BigDecimal amount = BigDecimal.valueOf(100L * number + 25, 2);
              tasks
                  .get(number)
                  .put(
                      List.of(
                          source.update(
                              Map.of(
                                  "id", (long) number, "amount", amount, "note", "n" + number))));
              tasks.get(number).awaitApplied();
              return number;
            }));

    Map<Long, String> rows = new TreeMap<>();
    Map<Long, String> expected = new TreeMap<>();
    harness
        .query("SELECT id, CONCAT(CAST(amount AS STRING), COALESCE(note, '-')) FROM ds.items")
        .forEach(cells -> rows.put(cells.get(0).getLongValue(), cells.get(1).getStringValue()));
    for (long i = 0; i < TASKS; i++) {
      expected.put(i, i + ".25n" + i);
      expected.put(100 + i, i + "-");
    }
    assertThat(rows).isEqualTo(expected);
    List<JobRecord> jobs = harness.emulator().jobs();
    assertThat(jobs.stream().filter(job -> job.sql().startsWith("ALTER TABLE"))).hasSize(1);
    assertThat(jobs).noneMatch(job -> "rateLimitExceeded".equals(job.errorReason()));
    assertThat(harness.emulator().calls().get("tables.patch"))
        .as("two for the staging table, one for the table; the widening is a statement")
        .isEqualTo(3);
    tasks.forEach(task -> assertThat(task.context.deadLetters).isEmpty());
  }

  private interface Work<T> {
    T of(int number) throws Exception;
  }

  private <T> List<Future<T>> together(Work<T> work) {
    List<Future<T>> futures = new ArrayList<>();
    for (int i = 0; i < TASKS; i++) {
      int number = i;
      futures.add(threads.submit(() -> work.of(number)));
    }
    return futures;
  }

  private static <T> void all(List<Future<T>> futures) throws Exception {
    for (Future<T> future : futures) {
      future.get();
    }
  }
}
