package io.tributary.bigquery.faults;

import static io.tributary.bigquery.faults.ServiceFaults.appends;
import static io.tributary.bigquery.faults.ServiceFaults.stock;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.testkit.CuttingProxy;
import io.tributary.emulator.faults.Fault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;

/** What the network between a task and BigQuery may do. */
final class NetworkFaults {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int TASKS = 13;

  private NetworkFaults() {}

  static List<Case> cases() {
    return List.of(
        Case.every(
            "4",
            "the network is cut while 13 tasks have windows of four appends out",
            NetworkFaults::cut),
        Case.every("19b", "stop while the network is silent", NetworkFaults::silent));
  }

  /** Both ways of a worker to BigQuery. */
  private record Ways(CuttingProxy rest, CuttingProxy grpc) implements AutoCloseable {
    static Ways to(Run run) {
      return new Ways(
          new CuttingProxy(URI.create(run.harness().emulator().restUrl()).getPort()),
          new CuttingProxy(
              URI.create("grpc://" + run.harness().emulator().grpcEndpoint()).getPort()));
    }

    Worker worker(Run run) {
      return worker(run, run.shop().ends().keySet());
    }

    Worker worker(Run run, Set<TopicPartition> partitions) {
      return run.worker(
          partitions,
          run.letters(),
          "endpoint.rest",
          "http://127.0.0.1:" + rest.port(),
          "endpoint.grpc",
          "127.0.0.1:" + grpc.port(),
          "append.bytes",
          "1024");
    }

    List<CuttingProxy> both() {
      return List.of(rest, grpc);
    }

    @Override
    public void close() {
      both().forEach(CuttingProxy::close);
    }
  }

  /** Every task has a window of four appends out; none of the first ones has been answered. */
  private static void cut(Run run) {
    run.shop(new Shop(TASKS));
    stock(run, 60 * TASKS);
    Fault held = run.armed("held append", run.faults().delay(appends(run), LONG));
    try (Ways ways = Ways.to(run)) {
      run.happens("connection that broke", () -> ways.grpc().refused());
      Worker[] tasks =
          run.shop().ends().keySet().stream()
              .map(partition -> ways.worker(run, Set.of(partition)))
              .toArray(Worker[]::new);
      allUntil(tasks, () -> held.waiting() == TASKS);
      ways.both().forEach(CuttingProxy::cut);
      long broken = ways.grpc().refused();
      assertThat(broken).isGreaterThanOrEqualTo(TASKS);
      // whether they take effect or not, nobody hears of it
      held.release();
      allUntil(tasks, () -> ways.grpc().refused() > broken);
      ways.both().forEach(CuttingProxy::mend);
      Run.finish(tasks);
      List.of(tasks).forEach(Worker::kill);
      String streams = "/tables/" + run.target().table() + "/";
      assertThat(run.harness().emulator().appendLog())
          .filteredOn(append -> append.stream().contains(streams))
          .as("requests, which fill the windows")
          .hasSizeGreaterThanOrEqualTo(4 * TASKS);
    }
  }

  private static void allUntil(Worker[] tasks, BooleanSupplier reached) {
    tasks[0].until(
        () -> {
          List.of(tasks).subList(1, tasks.length).forEach(Worker::turn);
          return reached.getAsBoolean();
        });
  }

  private static void silent(Run run) {
    stock(run, 60);
    Fault held = run.armed("held append", run.faults().delay(appends(run).nth(2), LONG));
    try (Ways ways = Ways.to(run)) {
      Set<Thread> before = ServiceFaults.flights();
      run.happens("swallowed byte", () -> Math.min(1, ways.grpc().swallowed()));
      Worker worker = ways.worker(run);
      worker.until(() -> held.waiting() == 1);
      ways.both().forEach(CuttingProxy::silence);
      held.release();
      worker.until(() -> ways.grpc().swallowed() > 0);
      ServiceFaults.stopsAtOnce(worker, before);
    }
    run.worker().finish();
  }
}
