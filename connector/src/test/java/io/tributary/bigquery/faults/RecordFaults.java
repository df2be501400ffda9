package io.tributary.bigquery.faults;

import static io.tributary.bigquery.faults.ServiceFaults.appends;
import static io.tributary.bigquery.faults.ServiceFaults.stock;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.emulator.faults.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** What records, topics and Connect itself may do. */
final class RecordFaults {
  private RecordFaults() {}

  static List<Case> cases() {
    return List.of(
        Case.every(
            "17",
            "commits fail, and Connect seeks back without a word",
            run -> {
              stock(run, 30);
              Worker worker = run.worker();
              worker.failCommits(5);
              run.happens("failed commit", () -> 5 - worker.failingCommits());
              worker.turn(10);
              worker.finish();
              worker.failCommits(2);
              stock(run, 5);
              worker.turn(3);
              worker.finish();
            }),
        Case.every("18", "half a batch is taken, then put fails", RecordFaults::halfABatch),
        Case.every(
            "24",
            "offsets with holes: compacted, aborted, markers",
            run -> {
              run.shop().skip(0, 7).insert(1).skip(0, 3).update(1).insert(2).skip(0, 1).delete(1);
              run.shop().insert(3).skip(0, 100).update(3).skip(0, 2);
              run.happens("hole", () -> 6);
              run.worker().finish();
              assertThat(run.committed()).isEqualTo(run.shop().ends());
            }),
        Case.every(
            "25",
            "two topics of one table, the same partitions and offsets",
            run -> {
              for (int id = 0; id < 20; id += 2) {
                run.shop().topic(Shop.TOPIC).insert(id).update(id);
                run.shop().topic("other.public.items").insert(id + 1).update(id + 1);
              }
              run.happens(
                  "same place",
                  () ->
                      run.shop().all().stream()
                          .filter(each -> !each.topic().equals(Shop.TOPIC))
                          .count());
              run.worker().finish();
            }),
        Case.every(
            "27",
            "three values of 500 that no column takes",
            run -> {
              poison(run, run.shop()::poison);
              run.worker().finish();
              assertThat(run.letters().reasons()).allMatch(why -> why.contains("TRIB-201"));
            }),
        Case.every(
            "27b",
            "the same without a dead letter queue",
            run -> {
              run.shop().insert(1).insert(2).poison(3);
              run.poisoned();
              run.shop().insert(4);
              run.happens("stop", () -> 1);
              run.stops(run.strict(), "TRIB-408");
              run.worker().finish();
            }),
        Case.every(
            "28", "BigQuery names three bad rows of 500, one at a time", RecordFaults::named),
        Case.every(
            "28b",
            "BigQuery rejects the only rows of partitions, which then move",
            RecordFaults::rejectedAlone),
        Case.every(
            "29",
            "the producer of the dead letter queue fails",
            run -> {
              run.shop().insert(1).insert(2).poison(3);
              run.poisoned();
              run.shop().insert(4);
              run.letters().fail(1);
              run.happens("lost report", () -> 1 - run.letters().failing());
              run.stops(run.worker(), "dead letter queue failed");
              assertThat(run.committed().values()).containsOnly(0L);
              run.worker().finish();
            }),
        Case.every(
            "30",
            "a thousand changes of one key in one put",
            run -> {
              Shop shop = run.shop();
              for (int i = 0; i < 100; i++) {
                shop.insert(1).update(1).touch(1).update(1).touch(1);
                shop.update(1).update(1).touch(1);
                if (i < 99) {
                  shop.delete(1);
                }
              }
              run.happens("change of one key", () -> shop.all().size());
              Worker worker = run.worker();
              worker.turn(1_000);
              worker.finish();
            }),
        Case.every(
            "31", "a key changes, and the task dies between the halves", RecordFaults::halves),
        Case.every(
            "32", "truncates between changes, and records of no table", RecordFaults::truncates));
  }

  private interface Poison {
    Shop add(long id);
  }

  private static void poison(Run run, Poison bad) {
    for (int id = 0; id < 497; id++) {
      run.shop().insert(id);
      if (id == 5 || id == 6 || id == 7) {
        bad.add(1_000 + id);
        run.poisoned();
      }
    }
    run.happens("poison", () -> run.letters().places().size());
  }

  /** Requests before and behind that of a bad row hold good rows of another partition. */
  private static void rejectedAlone(Run run) {
    Shop shop = run.shop(new Shop(3));
    for (int id = 1; id < 120; id += 3) {
      shop.insert(id);
    }
    for (int id : List.of(3, 5)) {
      shop.misplaced(id);
      run.poisoned();
    }
    run.happens("rejected row", () -> run.letters().places().size());
    String[] options = {
      "append.bytes", "1024", "table.override.items.column.spot.type", "GEOGRAPHY"
    };
    Worker loser = run.worker(options);
    loser.finish();
    Set<TopicPartition> gone =
        Set.of(new TopicPartition(Shop.TOPIC, 0), new TopicPartition(Shop.TOPIC, 2));
    loser.revoke(gone);
    shop.insert(6).insert(8);
    run.worker(gone, run.letters(), options).finish();
  }

  private static void named(Run run) {
    poison(run, run.shop()::misplaced);
    run.armed("short answer", run.faults().shortenRowErrors(run.target(), 1));
    run.worker("table.override.items.column.spot.type", "GEOGRAPHY").finish();
    assertThat(run.letters().reasons()).allMatch(why -> why.contains("TRIB-206"));
  }

  private static void halfABatch(Run run) {
    for (int id = 0; id < 20; id++) {
      run.shop().insert(id);
    }
    run.shop().poison(20);
    run.poisoned();
    run.shop().update(1).insert(21);
    run.happens("failed put", () -> 1);
    Worker worker = run.strict();
    run.stops(worker, "TRIB-408");
    assertThat(run.committed().values()).containsOnly(0L);
    run.worker().finish();
  }

  /** In mode cdc a truncate stops the task, unless it is to be ignored: then the rows stay. */
  private static void truncates(Run run) {
    Shop shop = run.shop();
    stock(run, 10);
    shop.control("Heartbeat").control("SchemaChangeValue");
    String[] options =
        run.mode() == Mode.CDC ? new String[] {"cdc.truncate", "ignore"} : new String[0];
    Worker worker = run.worker(options);
    worker.turn();
    truncate(run);
    shop.insert(1).insert(2).control("TransactionMetadataValue").update(2);
    if (run.mode() == Mode.CDC) {
      run.stops(run.worker(), "TRIB-421");
    }
    truncate(run);
    shop.insert(3).update(3).control("Heartbeat");
    run.happens("truncate and control", () -> 6);
    worker.finish();
    assertThat(worker.told())
        .anyMatch(each -> each.contains("ignored-heartbeat") && each.endsWith("=2"))
        .anyMatch(each -> each.contains("ignored-schema-change") && each.endsWith("=1"))
        .anyMatch(each -> each.contains("ignored-transaction") && each.endsWith("=1"));
    run.worker(options).finish();
  }

  private static void truncate(Run run) {
    run.shop().truncate();
    if (run.mode() == Mode.CDC) {
      run.barred();
    }
  }

  private static void halves(Run run) {
    run.shop(new Shop(2));
    run.shop().insert(1).insert(3);
    Worker first = run.worker();
    first.finish();
    run.shop().touch(1).move(1, 2).touch(2);
    // the delete is of partition 1, the create of partition 0
    TopicPartition away = new TopicPartition(Shop.TOPIC, 1);
    TopicPartition here = new TopicPartition(Shop.TOPIC, 0);
    first.kill();
    Worker half = run.worker(Set.of(away), run.letters());
    half.finish();
    half.kill();
    Fault held = run.armed("held", run.faults().delay(appends(run).nth(1), Duration.ofMinutes(1)));
    Worker dying = run.worker(Set.of(here), run.letters());
    dying.until(() -> held.waiting() == 1);
    dying.kill();
    held.close();
    run.worker().finish();
  }
}
