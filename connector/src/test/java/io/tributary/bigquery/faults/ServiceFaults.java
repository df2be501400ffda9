package io.tributary.bigquery.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteSettings;
import io.grpc.Status;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.faults.CallMatch;
import io.tributary.emulator.faults.Failure;
import io.tributary.emulator.faults.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** What BigQuery and the way to it may do. */
final class ServiceFaults {
  private static final String[] SMALL_REQUESTS = {"append.bytes", "1024"};

  private ServiceFaults() {}

  static List<Case> cases() {
    return List.of(
        Case.every(
            "1",
            "appends arrive, their answers do not",
            run -> {
              lostAppends(run);
              run.worker(SMALL_REQUESTS).finish();
            }),
        Case.append(
            "2",
            "appends and a commit arrive, their answers do not",
            run -> {
              lostAppends(run);
              run.armed(
                  "lost commit",
                  run.faults()
                      .loseAnswer(
                          CallMatch.of("BatchCommitWriteStreams").onTable(run.target()).nth(1)));
              run.worker(SMALL_REQUESTS).finish();
            }),
        Case.every(
            "3",
            "an append in the middle of a window is out of range",
            run -> {
              stock(run, 60);
              Failure outOfRange =
                  new Failure(Status.Code.OUT_OF_RANGE, 400, "outOfRange", "The offset is beyond.");
              run.armed("out of range", run.faults().fail(appends(run).nth(3), outOfRange));
              run.worker(SMALL_REQUESTS).finish();
            }),
        Case.both("3b", "a stream is finalized by somebody else", ServiceFaults::finalized),
        Case.both(
            "3c",
            "a stream expires before it is full, and another before its commit",
            ServiceFaults::expired),
        Case.every(
            "6",
            "unavailable for a while, then every seventh append fails",
            run -> {
              stock(run, 600);
              for (String method : List.of("AppendRows", "FinalizeWriteStream", "jobs.insert")) {
                if (run.mode() == Mode.MERGE || method.equals("AppendRows")) {
                  run.armed(
                      "unavailable " + method,
                      run.faults().fail(CallMatch.of(method).times(3), Failure.unavailable()));
                }
              }
              run.armed(
                  "seventh append", run.faults().fail(appends(run).every(7), Failure.internal()));
              run.worker("append.bytes", "8192").finish();
            }),
        Case.merge(
            "6b",
            "unavailable for longer than the deadline, then back",
            run -> {
              stock(run, 5);
              Fault outage =
                  run.armed("outage", run.faults().fail(appends(run), Failure.unavailable()));
              run.stops(run.worker("retry.deadline.ms", "10000"), "TRIB-301");
              assertThat(run.committed().values()).containsOnly(0L);
              outage.close();
              run.worker().finish();
            }),
        Case.every(
            "7",
            "a rate limit for a while, without a hot loop",
            run -> {
              stock(run, 5);
              Fault limit =
                  run.armed(
                      "rate limit", run.faults().fail(appends(run), Failure.rateLimitExceeded()));
              Worker worker = run.worker();
              long start = System.nanoTime();
              worker.until(() -> limit.fired() >= 4);
              long elapsed = Duration.ofNanos(System.nanoTime() - start).toMillis();
              assertThat(elapsed / limit.fired())
                  .as("milliseconds between calls")
                  .isGreaterThan(100);
              limit.close();
              worker.finish();
            }),
        Case.every("7b", "BigQuery says when it wants a call again", ServiceFaults::told),
        Case.merge(
            "9",
            "a permission is taken away, then given back",
            run -> {
              CallMatch job =
                  CallMatch.of("jobs.insert").onJob(id -> id.startsWith("tributary_items_"));
              denied(run, run.worker(), job, "TRIB-104");
            }),
        Case.streamed(
            "9",
            "a permission is taken away, then given back",
            // it might be that of a new table, which comes into view late
            run -> denied(run, run.worker("retry.deadline.ms", "10000"), appends(run), "TRIB-104")),
        Case.every(
            "9b",
            "a permission is taken away while no task runs, then given back",
            run -> {
              stock(run, 5);
              run.worker().finish();
              TableRef items = new TableRef("local", "ds", "items");
              denied(run, run.worker(), CallMatch.of("tables.get").onTable(items), "TRIB-104");
            }),
        Case.both(
            "9c",
            "a permission is taken away before a commit, then given back",
            run ->
                denied(
                    run,
                    run.worker("retry.deadline.ms", "10000"),
                    CallMatch.of("BatchCommitWriteStreams").onTable(run.target()),
                    "TRIB-104")),
        Case.every(
            "10",
            "rows near and above the limit of a request",
            run -> {
              run.shop().insert(1).write(2, Shop.CANARY + "x".repeat(9_890_000)).insert(3);
              run.shop().write(4, Shop.CANARY + "x".repeat(9_900_001));
              run.poisoned();
              run.happens("giant", () -> run.letters().places().size());
              for (int id = 5; id < 8; id++) {
                run.shop().write(id, Shop.CANARY + "y".repeat(4_000_000));
              }
              run.worker().finish();
              assertThat(run.letters().reasons()).allMatch(reason -> reason.contains("TRIB-208"));
            }),
        Case.every(
            "23",
            "one record, a fault, then silence",
            run -> {
              run.shop().insert(1);
              run.armed(
                  "failed append", run.faults().fail(appends(run).nth(1), Failure.unavailable()));
              run.armed("lost answer", run.faults().loseAnswer(appends(run).nth(1)));
              run.worker().finish();
            }),
        Case.every("19", "stop while the service is silent", ServiceFaults::stopped));
  }

  /** Changes of every kind, over so many keys. */
  static void stock(Run run, int keys) {
    Shop shop = run.shop();
    for (int id = 0; id < keys; id++) {
      shop.insert(id);
    }
    for (int id = 0; id < keys; id++) {
      shop.update(id);
    }
    shop.touch(0).delete(1).insert(1).delete(3).touch(4);
    if (run.mode() == Mode.CDC) {
      shop.move(2, shop.unused(), "told");
    } else {
      shop.move(2, shop.unused());
    }
  }

  static CallMatch appends(Run run) {
    return CallMatch.of("AppendRows").onTable(run.target());
  }

  /** Every call of one kind after the other is asked to wait. */
  private static void told(Run run) {
    stock(run, 40);
    Duration wait = Duration.ofSeconds(1);
    Failure busy = Failure.rateLimitExceeded().retryAfter(wait);
    List<CallMatch> calls = new ArrayList<>(List.of(appends(run)));
    if (run.mode() != Mode.CDC) {
      calls.add(CallMatch.of("CreateWriteStream").onTable(run.target()));
      calls.add(CallMatch.of("BatchCommitWriteStreams").onTable(run.target()));
    }
    if (run.mode() == Mode.MERGE) {
      calls.add(CallMatch.of("jobs.insert").onJob(job -> job.startsWith("tributary_items_")));
    }
    Worker worker = run.worker(SMALL_REQUESTS);
    for (CallMatch each : calls) {
      for (String time : List.of("first", "second")) {
        long start = System.nanoTime();
        Fault limit =
            run.armed(time + " told " + each.method(), run.faults().fail(each.nth(1), busy));
        worker.finish();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
            .as("pause")
            .isGreaterThanOrEqualTo(wait);
        assertThat(limit.fired()).isEqualTo(1);
        run.shop().update(0);
      }
    }
    worker.finish();
  }

  private static void denied(Run run, Worker worker, CallMatch calls, String code) {
    stock(run, 5);
    Failure failure =
        new Failure(
            Status.Code.PERMISSION_DENIED,
            403,
            "accessDenied",
            "Access Denied: User does not have permission.");
    Fault denied = run.armed("denied", run.faults().fail(calls, failure));
    run.stops(worker, code);
    denied.close();
    run.worker().finish();
  }

  private static void lostAppends(Run run) {
    stock(run, 60);
    run.armed("lost answer", run.faults().loseAnswer(appends(run).nth(1)));
    run.armed("another", run.faults().loseAnswer(appends(run).nth(4)));
  }

  private static void finalized(Run run) throws IOException {
    halfFilled(
        run,
        (client, stream) ->
            assertThat(client.finalizeWriteStream(stream).getRowCount()).isPositive());
  }

  /** A stream that waits to be committed lives for a day; BigQuery does not find it then. */
  private static void expired(Run run) throws IOException {
    halfFilled(
        run,
        (client, stream) -> {
          run.clock().advance(Duration.ofHours(25));
          assertThatThrownBy(() -> client.getWriteStream(stream))
              .isInstanceOf(NotFoundException.class);
        });
    stock(run, 60);
    Fault commit =
        run.armed(
            "held commit",
            run.faults()
                .delay(
                    CallMatch.of("BatchCommitWriteStreams").onTable(run.target()).nth(1),
                    Duration.ofMinutes(1)));
    Worker worker = run.worker(SMALL_REQUESTS);
    worker.until(() -> commit.waiting() == 1);
    run.clock().advance(Duration.ofHours(25));
    commit.release();
    worker.finish();
  }

  /** Something happens to a stream in the middle of its appends, and it cannot go on. */
  private static void halfFilled(Run run, BiConsumer<BigQueryWriteClient, String> happens)
      throws IOException {
    stock(run, 60);
    Fault held = run.armed("held", run.faults().delay(appends(run).nth(6), Duration.ofMinutes(1)));
    Worker worker = run.worker(SMALL_REQUESTS);
    worker.until(() -> held.waiting() == 1);
    String stream =
        run.harness().emulator().appendLog().stream()
            .map(append -> append.stream())
            .filter(name -> name.contains("/tables/" + run.target().table() + "/"))
            .findFirst()
            .orElseThrow();
    try (BigQueryWriteClient client =
        BigQueryWriteClient.create(
            BigQueryWriteSettings.newBuilder()
                .setEndpoint(run.harness().emulator().grpcEndpoint())
                .setCredentialsProvider(NoCredentialsProvider.create())
                .setTransportChannelProvider(
                    BigQueryWriteSettings.defaultGrpcTransportProviderBuilder()
                        .setChannelConfigurator(channel -> channel.usePlaintext())
                        .build())
                .build())) {
      happens.accept(client, stream);
    }
    held.release();
    worker.finish();
    worker.kill();
    if (run.mode() == Mode.MERGE) {
      // mode append commits it, and writes the rest
      assertThat(run.harness().emulator().commits())
          .as("what was half filled stays invisible")
          .noneMatch(commit -> commit.streams().contains(stream) && commit.rows() > 0);
    }
  }

  private static void stopped(Run run) {
    stock(run, 60);
    Fault silence = run.armed("silence", run.faults().delay(appends(run), Duration.ofMinutes(1)));
    Set<Thread> before = flights();
    Worker worker = run.worker(SMALL_REQUESTS);
    worker.until(() -> silence.waiting() > 0);
    stopsAtOnce(worker, before);
    silence.close();
    run.worker().finish();
  }

  /**
   * It stops within its deadline, and none of its threads is left.
   *
   * @param before the threads that were there before it
   */
  static void stopsAtOnce(Worker worker, Set<Thread> before) {
    assertThat(before.containsAll(flights())).isFalse();
    long start = System.nanoTime();
    worker.kill();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    await().until(() -> before.containsAll(flights()));
  }

  /** Threads of tasks; those of an earlier run may still be about to end. */
  static Set<Thread> flights() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("tributary"))
        .collect(Collectors.toSet());
  }
}
