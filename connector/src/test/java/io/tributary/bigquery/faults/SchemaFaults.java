package io.tributary.bigquery.faults;

import static io.tributary.bigquery.faults.ServiceFaults.appends;
import static io.tributary.bigquery.faults.ServiceFaults.stock;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.faults.CallMatch;
import io.tributary.emulator.faults.Fault;
import io.tributary.emulator.write.AppendRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;

/** Tables that change while they are written. */
final class SchemaFaults {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final TableRef ITEMS = new TableRef("local", "ds", "items");

  private SchemaFaults() {}

  static List<Case> cases() {
    return List.of(
        Case.every(
            "36",
            "the write path does not see a new column for a while",
            run -> {
              stock(run, 5);
              Worker worker = run.worker();
              worker.finish();
              run.armed("lag", run.faults().lagSchema(run.target(), Duration.ofSeconds(2)));
              run.shop().column("note", Schema.OPTIONAL_STRING_SCHEMA);
              run.shop().write(0, "note", "kept").write(4, "note", "kept");
              worker.finish();
              assertThat(run.count("SELECT COUNT(*) FROM ds.items WHERE note = 'kept'"))
                  .isEqualTo(2);
            }),
        Case.every(
            "37",
            "a table gets a column between two appends of a connection",
            run -> {
              stock(run, 5);
              run.worker().finish();
              stock(run, 60);
              Fault held = run.armed("held", run.faults().delay(appends(run).nth(3), LONG));
              Worker worker = run.worker("append.bytes", "1024");
              worker.until(() -> held.waiting() == 1);
              run.query("ALTER TABLE `ds." + run.target().table() + "` ADD COLUMN extra STRING");
              List<AppendRecord> before = later(run, 0);
              Set<String> open = connections(before);
              run.happens(
                  "append that hears of the column",
                  () ->
                      connections(later(run, before.size())).stream()
                          .filter(open::contains)
                          .count());
              held.close();
              worker.finish();
              assertThat(run.judge().dupAppends()).isZero();
            }),
        Case.every("35", "four tasks meet a new column at once", SchemaFaults::together),
        Case.every(
            "38",
            "a column is dropped by hand; the next task adds it again",
            run -> {
              byHand(run, "ALTER TABLE ds.items DROP COLUMN day", "TRIB-405");
              run.worker().finish();
            }),
        Case.keyed(
            "38b",
            "the key is dropped by hand",
            run -> keyless(run, "ALTER TABLE ds.items DROP PRIMARY KEY")),
        Case.every(
            "38c",
            "columns are dropped, renamed and narrowed at the source",
            SchemaFaults::renamed),
        Case.every("38d", "two topics disagree on a type", SchemaFaults::disagreeing),
        Case.keyed(
            "38e",
            "the table is created anew by hand, without its key",
            run -> keyless(run, "CREATE OR REPLACE TABLE ds.items AS SELECT * FROM ds.items")),
        Case.keyed(
            "38f",
            "columns of a table made by hand must have values that the source may lack",
            SchemaFaults::relaxed),
        Case.merge("M9", "staged rows are wider than a script", SchemaFaults::wider));
  }

  /** Successful appends to where rows go, all but the first ones. */
  private static List<AppendRecord> later(Run run, int first) {
    return run.harness().emulator().appendLog().stream()
        .filter(each -> each.outcome().equals("OK"))
        .filter(each -> each.stream().contains("/tables/" + run.target().table() + "/"))
        .skip(first)
        .toList();
  }

  private static Set<String> connections(List<AppendRecord> appends) {
    return appends.stream().map(AppendRecord::connection).collect(Collectors.toSet());
  }

  private static void together(Run run) throws Exception {
    int tasks = 4;
    Shop shop = run.shop(new Shop(tasks));
    stock(run, 12);
    List<Worker> workers = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      workers.add(run.worker(Set.of(new TopicPartition(Shop.TOPIC, i)), run.letters()));
    }
    Run.finish(workers.toArray(Worker[]::new));
    shop.column("note", Schema.OPTIONAL_STRING_SCHEMA);
    for (long id = 4; id < 12; id++) {
      shop.write(id, "note", "kept");
    }
    CallMatch turn = CallMatch.of("jobs.insert").onJob(id -> id.startsWith("tributary_change_"));
    Fault wishes = run.armed("wish for the column", run.faults().delay(turn, Duration.ZERO));
    CallMatch change = CallMatch.of("tables.patch").onTable(ITEMS);
    Fault made = run.armed("column", run.faults().delay(change, Duration.ZERO));
    Fault held = run.armed("held", run.faults().delay(change.nth(1), LONG));
    ExecutorService threads = Executors.newFixedThreadPool(tasks);
    try {
      List<Future<?>> turns = new ArrayList<>();
      for (Worker each : workers) {
        turns.add(threads.submit(() -> each.deliver(500)));
      }
      await().until(() -> held.waiting() == 1 && wishes.fired() >= tasks);
      held.release();
      for (Future<?> each : turns) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    Run.finish(workers.toArray(Worker[]::new));
    assertThat(made.fired()).as("changes of the table").isEqualTo(1);
    assertThat(run.count("SELECT COUNT(DISTINCT id) FROM ds.items WHERE note = 'kept'"))
        .isEqualTo(8);
  }

  private static void renamed(Run run) {
    stock(run, 5);
    Shop shop = run.shop();
    run.happens("column of the source", () -> 3);
    Worker worker = run.worker();
    worker.turn(7);
    shop.column("stock", Schema.OPTIONAL_INT64_SCHEMA);
    shop.insert(910).write(910, "stock", 5_000_000_000L);
    List<SinkRecord> late = shop.topics().untold(() -> shop.update(0).delete(4));
    shop.drop("day").drop("spot").column("place", Schema.OPTIONAL_STRING_SCHEMA);
    shop.write(0, "place", "here").insert(901);
    shop.drop("stock").column("stock", Schema.OPTIONAL_INT32_SCHEMA);
    shop.insert(911).write(911, "stock", 7);
    worker.turn(7);
    // records of the former shape come behind those of the new one
    shop.topics().tell(late);
    worker.finish();
    String items = run.mode() == Mode.APPEND ? "ds.items_current" : "ds.items";
    assertThat(run.count("SELECT COUNT(*) FROM " + items + " WHERE place = 'here'")).isEqualTo(1);
    assertThat(run.count("SELECT SUM(stock) FROM " + items)).isEqualTo(5_000_000_007L);
  }

  private static void disagreeing(Run run) {
    Shop shop = run.shop();
    shop.insert(1).write(1, "spot", "a").insert(2);
    run.worker().finish();
    shop.topic("other.public.items").drop("spot").column("spot", Schema.OPTIONAL_INT64_SCHEMA);
    shop.write(3, "spot", 5L);
    run.poisoned();
    shop.topic(Shop.TOPIC).drop("spot").column("spot", Schema.OPTIONAL_STRING_SCHEMA);
    shop.write(2, "spot", "b");
    run.happens("disagreement", () -> 1);
    run.stops(run.worker(), "TRIB-410");
    run.worker("schema.conflict", "dead-letter").finish();
  }

  private static void byHand(Run run, String change, String code) {
    stock(run, 5);
    Worker worker = run.worker();
    worker.finish();
    run.query(change);
    run.happens(change, () -> 1);
    run.shop().update(0).insert(900);
    run.stops(worker, code);
  }

  /** The next task declares the key again. */
  private static void keyless(Run run, String change) {
    byHand(run, change, run.mode() == Mode.CDC ? "TRIB-407" : "TRIB-405");
    run.worker().finish();
  }

  private static void relaxed(Run run) {
    run.query(
        "CREATE TABLE ds.items (id INT64 NOT NULL, version INT64, big STRING NOT NULL,"
            + " day DATE NOT NULL, spot STRING NOT NULL, change_metadata STRUCT<position BYTES,"
            + " operation STRING, source_time TIMESTAMP, kafka_topic STRING, kafka_partition INT64,"
            + " kafka_offset INT64>, PRIMARY KEY (id) NOT ENFORCED)");
    CallMatch change = CallMatch.of("tables.patch").onTable(ITEMS);
    run.armed("change of the table", run.faults().delay(change, Duration.ZERO));
    stock(run, 10);
    run.worker().finish();
    assertThat(run.count("SELECT COUNT(*) FROM ds.items WHERE day IS NULL")).isPositive();
  }

  /** One job's script is written before, and runs after, another task has staged a new column. */
  private static void wider(Run run) {
    Shop shop = run.shop(new Shop(2));
    stock(run, 10);
    run.worker().finish();
    shop.update(2).update(4);
    CallMatch job = CallMatch.of("jobs.insert").onJob(id -> id.startsWith("tributary_items_"));
    Fault early = run.armed("held job", run.faults().delay(job.nth(1), LONG));
    Worker narrow = run.worker(Set.of(new TopicPartition(Shop.TOPIC, 0)), run.letters());
    narrow.until(() -> early.waiting() == 1);
    Fault late = run.armed("job behind", run.faults().delay(job.nth(1), LONG));
    shop.column("note", Schema.OPTIONAL_STRING_SCHEMA).write(5, "note", "wide");
    Worker wide = run.worker(Set.of(new TopicPartition(Shop.TOPIC, 1)), run.letters());
    wide.until(() -> late.waiting() == 1);
    early.close();
    narrow.finish();
    late.close();
    wide.finish();
    assertThat(run.harness().emulator().jobs())
        .anyMatch(each -> String.valueOf(each.errorMessage()).contains("wider than this script"));
    assertThat(run.count("SELECT COUNT(*) FROM ds.items WHERE note = 'wide'")).isEqualTo(1);
  }
}
