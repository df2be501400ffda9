package io.tributary.bigquery.faults;

import static io.tributary.bigquery.faults.ServiceFaults.appends;
import static io.tributary.bigquery.faults.ServiceFaults.stock;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.emulator.faults.CallMatch;
import io.tributary.emulator.faults.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;

/** Tables that change while they are written. */
final class SchemaFaults {
  private static final Duration LONG = Duration.ofMinutes(1);

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
              held.close();
              worker.finish();
              assertThat(run.judge().dupAppends()).isZero();
            }),
        Case.merge("38", "a column is dropped by hand", run -> byHand(run, "DROP COLUMN day")),
        Case.merge("38b", "the key is dropped by hand", run -> byHand(run, "DROP PRIMARY KEY")),
        Case.merge("M9", "staged rows are wider than a script", SchemaFaults::wider));
  }

  private static void byHand(Run run, String change) {
    stock(run, 5);
    Worker worker = run.worker();
    worker.finish();
    run.query("ALTER TABLE ds.items " + change);
    run.happens("ALTER TABLE", () -> 1);
    run.shop().update(0).insert(900);
    run.stops(worker, "TRIB-405");
    run.endsEarly();
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
