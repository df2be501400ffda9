package io.tributary.bigquery.faults;

import static io.tributary.bigquery.faults.ServiceFaults.appends;
import static io.tributary.bigquery.faults.ServiceFaults.stock;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.emulator.faults.Fault;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** What happens to the group of consumers and to its topics. */
final class GroupFaults {
  private static final int KEYS = 24;

  private GroupFaults() {}

  static List<Case> cases() {
    return List.of(
        Case.every(
            "13",
            "one of four partitions moves while changes are in flight, the others go on",
            GroupFaults::moved),
        Case.every(
            "14",
            "partitions are lost while changes are in flight, and one comes back",
            GroupFaults::lost),
        Case.every(
            "14b",
            "a partition changes hands between a delete and its tombstone",
            GroupFaults::lostBeforeATombstone),
        Case.every(
            "20", "the group is reset to the earliest over a live table", GroupFaults::reset),
        Case.every(
            "21",
            "topics are deleted and created anew, offsets begin at 0",
            GroupFaults::recreated),
        Case.every(
            "22", "partitions are added, keys move to low offsets", GroupFaults::partitionsAdded),
        Case.every(
            "26", "a transform renames topics and changes partitions", GroupFaults::transformed));
  }

  private static Set<TopicPartition> partitions(int first, int end) {
    return IntStream.range(first, end)
        .mapToObj(each -> new TopicPartition(Shop.TOPIC, each))
        .collect(Collectors.toSet());
  }

  /** Changes of rows that {@link ServiceFaults#stock} has left, in every partition. */
  private static void more(Run run) {
    Shop shop = run.shop();
    for (long id = 4; id < KEYS; id++) {
      shop.update(id);
    }
    shop.touch(4).delete(5).touch(6).delete(7).insert(7).update(7).delete(8).insert(8);
    shop.move(9, shop.unused(), "told").move(10, 1_001, "told").update(1_001).move(11, 11_003);
  }

  /** Changes of a worker that are on their way until they are released. */
  private static Fault held(Run run, Worker worker) {
    Fault held = run.armed("held", run.faults().delay(appends(run).nth(1), Duration.ofMinutes(1)));
    worker.until(() -> held.waiting() == 1);
    return held;
  }

  private static void moved(Run run) {
    Shop shop = run.shop(new Shop(4));
    stock(run, KEYS);
    Worker loser = run.worker();
    Fault held = held(run, loser);
    Set<TopicPartition> gone = partitions(3, 4);
    run.happens("moved partition", gone::size);
    loser.revoke(gone);
    Worker heir = run.worker(gone, run.letters());
    int before = shop.all().size();
    more(run);
    long others = shop.behind(before).stream().filter(each -> each.kafkaPartition() < 3).count();
    loser.until(() -> loser.delivered() >= before + others);
    heir.until(() -> heir.delivered() > 0);
    assertThat(held.waiting()).as("changes on their way while the others are read").isEqualTo(1);
    held.release();
    Run.finish(heir, loser);
    assertThat(loser.delivered())
        .as("records that were read, each once")
        .isEqualTo(before + others);
  }

  private static void lost(Run run) {
    run.shop(new Shop(4));
    stock(run, KEYS);
    Worker loser = run.worker();
    Fault held = held(run, loser);
    Set<TopicPartition> gone = partitions(2, 4);
    run.happens("lost partition", gone::size);
    loser.lose(gone);
    Worker heir = run.worker(gone, run.letters());
    more(run);
    heir.until(() -> run.committed().keySet().containsAll(gone) && heir.delivered() > 0);
    loser.until(() -> true);
    assertThat(held.waiting()).as("changes of the former owner on their way").isEqualTo(1);
    held.release();
    Run.finish(heir, loser);

    stock(run, KEYS);
    heir.turn();
    Set<TopicPartition> back = partitions(3, 4);
    heir.revoke(back);
    loser.assign(back);
    more(run);
    Run.finish(loser, heir);
  }

  private static void lostBeforeATombstone(Run run) {
    Shop shop = run.shop(new Shop(2));
    stock(run, 6);
    Worker loser = run.worker();
    loser.finish();
    shop.update(1).delete(1);
    TopicPartition cut = new TopicPartition(Shop.TOPIC, 1);
    long tombstone = shop.ends().get(cut) - 1;
    run.happens("tombstone that comes first", () -> run.committed().get(cut) - tombstone);
    loser.turn(2);
    loser.rest();
    assertThat(run.committed()).containsEntry(cut, tombstone);
    loser.lose(Set.of(cut));
    Worker heir = run.worker(Set.of(cut), run.letters());
    heir.finish();
    shop.insert(1).touch(1);
    Run.finish(heir, loser);
  }

  private static void reset(Run run) {
    Shop shop = run.shop(new Shop(4));
    stock(run, KEYS);
    more(run);
    Worker first = run.worker();
    first.finish();
    first.kill();
    long before = shop.all().size();
    run.reset();
    Worker again = run.worker();
    run.happens("record read again", () -> Math.min(before, again.delivered()));
    for (long id = 12; again.delivered() < before; id = id < KEYS - 1 ? id + 1 : 12) {
      again.turn(4);
      again.rest();
      shop.update(id);
    }
    stock(run, KEYS);
    again.finish();
  }

  private static void recreated(Run run) {
    run.shop(new Shop(2));
    stock(run, KEYS);
    Worker first = run.worker();
    first.finish();
    first.kill();
    run.recreate();
    assertThat(run.shop().ends().values()).containsOnly(0L);
    int before = run.shop().all().size();
    more(run);
    run.happens("record at an offset of before", () -> run.shop().all().size() - before);
    if (run.mode() == Mode.APPEND) {
      run.stops(run.worker(), "TRIB-412");
      run.worker("source.epoch", "1").finish();
    } else {
      run.worker().finish();
    }
  }

  private static void partitionsAdded(Run run) {
    Shop shop = run.shop(new Shop(2));
    stock(run, KEYS);
    Worker old = run.worker();
    old.finish();
    // what is left in the old partitions is read behind what comes in the new ones
    for (long id = 4; id < KEYS; id++) {
      shop.update(id);
    }
    shop.partitions(6);
    run.happens("key that has moved", () -> movedKeys(shop));
    more(run);
    Worker fresh = run.worker(partitions(2, 6), run.letters());
    fresh.finish();
    old.finish();
    old.assign(partitions(2, 6));
    fresh.lose(partitions(2, 6));
    stock(run, KEYS);
    old.finish();
  }

  private static long movedKeys(Shop shop) {
    Set<Object> old = new HashSet<>();
    Set<Object> moved = new HashSet<>();
    for (SinkRecord each : shop.all()) {
      (each.kafkaPartition() < 2 ? old : moved).add(each.key());
    }
    moved.retainAll(old);
    return moved.size();
  }

  private static void transformed(Run run) {
    Shop shop = run.shop();
    for (int id = 0; id < 20; id += 2) {
      shop.topic(Shop.TOPIC).insert(id).update(id);
      shop.topic("other.public.items").insert(id + 1).update(id + 1);
    }
    shop.poison(1);
    run.poisoned();
    shop.delete(3).insert(3);
    AtomicLong renamed = new AtomicLong();
    run.happens("renamed record", renamed::get);
    run.worker("table.name.template", "${topic}")
        .through(
            each -> {
              renamed.incrementAndGet();
              return each.newRecord(
                  "items",
                  each.kafkaPartition() + 7,
                  each.keySchema(),
                  each.key(),
                  each.valueSchema(),
                  each.value(),
                  each.timestamp(),
                  each.headers());
            })
        .finish();
    assertThat(run.committed().keySet()).isEqualTo(shop.ends().keySet());
  }
}
