package io.tributary.bigquery.faults;

import static io.tributary.bigquery.faults.ServiceFaults.appends;
import static io.tributary.bigquery.faults.ServiceFaults.stock;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.emulator.faults.Failure;
import io.tributary.emulator.faults.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What other sinks are known to get wrong, as far as no other row shows it. */
final class KnownFlaws {
  private KnownFlaws() {}

  static List<Case> cases() {
    return List.of(
        Case.every(
            "X1",
            "a request is held, then fails, while later changes of its rows come",
            KnownFlaws::overtaken),
        Case.every(
            "X2",
            "a transform drops records, all of one partition and the last of another",
            KnownFlaws::dropped));
  }

  private static void overtaken(Run run) {
    stock(run, 20);
    Worker worker = run.worker("append.bytes", "1024");
    Fault held = run.armed("held", run.faults().delay(appends(run).nth(1), Duration.ofMinutes(1)));
    Fault failed = run.armed("failed", run.faults().fail(appends(run).nth(2), Failure.internal()));
    worker.until(() -> held.waiting() == 1);
    Shop shop = run.shop();
    for (long id = 4; id < 20; id++) {
      shop.update(id);
      worker.turn();
    }
    shop.delete(5).delete(6).insert(6).touch(7);
    worker.turn();
    assertThat(held.waiting()).as("requests that are held").isEqualTo(1);
    held.release();
    worker.until(() -> failed.fired() > 0);
    worker.finish();
  }

  private static void dropped(Run run) {
    Shop shop = run.shop(new Shop(3));
    for (long id = 0; id < 30; id++) {
      shop.insert(id);
      hideLast(run, id % 3 == 2);
      shop.update(id);
      hideLast(run, id % 3 == 2 || id % 9 == 0);
    }
    shop.update(28);
    hideLast(run, true);
    AtomicLong dropped = new AtomicLong();
    run.happens("dropped record", dropped::get);
    run.worker()
        .through(
            each -> {
              if (!run.isBarred(each)) {
                return each;
              }
              dropped.incrementAndGet();
              return null;
            })
        .finish();
    assertThat(run.committed()).isEqualTo(shop.ends());
  }

  private static void hideLast(Run run, boolean hidden) {
    if (hidden) {
      run.barred();
    }
  }
}
