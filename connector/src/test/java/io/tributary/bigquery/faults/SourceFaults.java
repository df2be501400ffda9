package io.tributary.bigquery.faults;

import static io.tributary.bigquery.faults.ServiceFaults.stock;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.connect.sink.SinkRecord;

/** What happens at the source: snapshots, and servers that take over. */
final class SourceFaults {
  private static final int KEYS = 24;

  private SourceFaults() {}

  static List<Case> cases() {
    return List.of(
        Case.every(
            "33",
            "snapshots are taken anew, on request and in pieces beside the stream",
            SourceFaults::snapshots),
        Case.every(
            "34",
            "a PostgreSQL takes over whose log begins lower",
            run -> {
              Shop shop = run.shop(new Shop(2));
              stock(run, KEYS);
              more(shop.later());
              failOver(run);
            }),
        Case.every(
            "34b",
            "a MySQL's log goes on in a new file, then another server takes over",
            run -> {
              Shop shop = run.shop(Shop.mySql(2));
              for (long id = 0; id < KEYS; id++) {
                shop.insert(id).update(id);
              }
              run.worker().turn(10);
              shop.rotate();
              more(shop);
              failOver(run);
            }),
        Case.every(
            "34c",
            "a log begins lower, and the epoch is raised by hand",
            run -> {
              stock(run, KEYS);
              Worker before = run.worker();
              before.finish();
              Instant unused = run.shop().failOver();
              more(run.shop());
              run.happens("stop", () -> 1);
              run.stops(before, "TRIB-402");
              run.worker("source.epoch", "1").finish();
            }));
  }

  /** Every kind of change that no other record has to complete. */
  private static void more(Shop shop) {
    for (long id = 4; id < KEYS; id++) {
      shop.update(id);
    }
    shop.touch(4).delete(5).touch(6).delete(7).insert(7).update(7).delete(8).insert(8);
    shop.move(9, shop.unused(), "told").move(10, 1_001, "told").update(1_001);
  }

  private static void snapshots(Run run) {
    Shop shop = run.shop(new Shop(2));
    // rows that were there before there was a connector, and a transaction that had begun
    shop.snapshot(shop.rows(shop.topics().untold(() -> stock(run, KEYS))));
    shop.lateUpdate(0).lateUpdate(5).touch(5);
    run.happens(
        "read of a snapshot",
        () ->
            shop.all().stream()
                .map(Event::of)
                .flatMap(Optional::stream)
                .filter(event -> event.op() == 'r')
                .count());
    Worker worker = run.worker();
    worker.turn(5);
    worker.finish();

    // the connector is made anew
    shop.update(6).touch(7).delete(8);
    shop.snapshot(shop.rows(List.of())).lateUpdate(1).lateUpdate(9).delete(10).insert(10);
    worker.turn(7);
    worker.rest();

    // in pieces, while the stream goes on
    shop.update(11);
    shop.incremental(some(shop, id -> id % 2 == 0)).update(12).touch(14).delete(16);
    shop.incremental(some(shop, id -> id % 2 == 1)).update(13).touch(15).delete(17).insert(17);
    worker.turn(7);
    worker.rest();

    // on request: the stream stops, and goes on below what was read
    List<SinkRecord> late = shop.topics().untold(() -> more(shop));
    shop.blockingSnapshot(shop.rows(late)).topics().tell(late);
    shop.update(18).delete(19);
    worker.finish();
    worker.kill();

    run.reset();
    shop.update(20);
    run.worker().finish();
  }

  private static Collection<Row> some(Shop shop, Predicate<Long> ids) {
    return shop.rows(List.of()).stream().filter(row -> ids.test(row.id())).toList();
  }

  /** All modes stop until they are told when it was. */
  private static void failOver(Run run) {
    Shop shop = run.shop();
    Worker before = run.worker();
    before.finish();
    String between = shop.failOver().toString();
    int first = shop.all().size();
    more(shop);
    run.happens("record of another server", () -> shop.all().size() - first);
    run.stops(before, "TRIB-402");
    run.stops(run.worker(), "TRIB-402");
    Worker after = run.worker("source.restarts", between);
    after.finish();
    after.kill();

    run.reset();
    shop.update(20);
    run.worker("source.restarts", between).finish();
  }
}
