package io.tributary.tools.demo;

import io.tributary.tools.local.Await;
import io.tributary.tools.local.ClosingStack;
import io.tributary.tools.local.LocalBigQuery;
import io.tributary.tools.local.LocalFolder;
import io.tributary.tools.local.Ports;
import io.tributary.tools.local.TributaryHome;
import io.tributary.tools.verify.Difference;
import io.tributary.tools.verify.Differences;
import io.tributary.tools.verify.TableComparison;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The whole demo, from nothing to the proof. */
final class Demo {
  private static final Duration DRAIN_DEADLINE = Duration.ofMinutes(4);
  private static final long SNAPSHOT_ROWS_PER_SECOND = 500;

  private final DemoOptions options;
  private final Terminal terminal;
  private final Screen screen;
  private final Duration refresh;

  Demo(DemoOptions options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
    this.screen = new Screen(System.out, terminal.out());
    this.refresh = terminal.out() ? Duration.ofSeconds(1) : Duration.ofSeconds(5);
  }

  /** Returns the exit status; what was started is in {@code parts}. */
  int run(ClosingStack parts) throws SQLException, InterruptedException, IOException {
    TributaryHome home = TributaryHome.locate();
    screen.say("Starting PostgreSQL, Kafka, a Connect worker and the BigQuery emulator.");
    LocalFolder folder = parts.add(LocalFolder.create("tributary-demo"));
    parts.add(new LogKeeper(folder.path(), options.logs()));
    Logs.into(folder.path());
    // read once, when the first class that makes a temporary file is loaded
    System.setProperty("java.io.tmpdir", folder.path().toString());
    Pipeline pipeline = Pipeline.start(home, folder, new Ports(screen::say), parts);
    Shop shop = Shop.open(pipeline.postgres(), options.rows());
    pipeline.createConnectors(home);
    Gauge gauge =
        parts.add(
            new Gauge(
                shop.connect(),
                pipeline.bigQuery().client(),
                new Backlog(pipeline.kafka().admin())));
    awaitSnapshot(pipeline, gauge);
    screen.say("The snapshot is in BigQuery; writing for " + options.seconds() + " seconds.");
    ChangeCounts changes = new LiveWorkload(pipeline, shop, options, screen, refresh).run();
    long mark = Drain.mark(shop);
    changes.add(ChangeKind.INSERT, 1);
    boolean drained = new Drain(pipeline, gauge, screen).await(mark, DRAIN_DEADLINE, refresh);
    JobErrors errors = JobErrors.ofSink(pipeline.bigQuery().failedJobs());
    errors.write(folder.resolve("failed-jobs.log"));
    if (!drained) {
      errors.messages().forEach(screen::say);
    }
    boolean equal = verify(pipeline, shop, gauge, changes);
    if (!options.exit()) {
      stay(pipeline, shop);
    }
    return drained && equal ? 0 : 1;
  }

  private void awaitSnapshot(Pipeline pipeline, Gauge gauge) {
    Duration deadline =
        Duration.ofMinutes(3).plusSeconds(options.rows() / SNAPSHOT_ROWS_PER_SECOND);
    try (SnapshotProgress progress =
        terminal.err() ? SnapshotProgress.bars(options.rows()) : SnapshotProgress.lines()) {
      Await.atMost(deadline, Duration.ofMillis(500))
          .until(
              "The snapshot arrives in BigQuery",
              () -> {
                List<Gauge.Reading> readings = gauge.read();
                progress.show(readings);
                pipeline.awaitConnectors();
                return Gauge.areLevel(readings);
              });
    }
  }

  private boolean verify(Pipeline pipeline, Shop shop, Gauge gauge, ChangeCounts changes)
      throws SQLException, InterruptedException {
    screen.say("Comparing every row and column of PostgreSQL and BigQuery.");
    Differences differences;
    try (Connection connection = shop.connect()) {
      differences =
          TableComparison.compare(
              connection, pipeline.bigQuery().client(), Pipeline.DATASET, ShopTable.sources());
    }
    for (Difference difference : differences.first()) {
      screen.say("difference: " + difference.detail());
    }
    for (ChangeKind kind : ChangeKind.values()) {
      screen.say(String.format("%8d %s", changes.of(kind), kind.label()));
    }
    changes.missing().forEach(kind -> screen.say("Not one of: " + kind.label()));
    long deadLetters = gauge.deadLetters();
    if (deadLetters > 0) {
      DeadLetters.reasons(pipeline.kafka().bootstrapServers())
          .forEach((reason, number) -> screen.say("dead letter (" + number + "): " + reason));
    }
    screen.say(
        String.format(
            "verified tables=%d rows=%d changes=%d deadletters=%d differences=%d",
            differences.tables(),
            differences.rows(),
            changes.all(),
            deadLetters,
            differences.count()));
    return differences.none() && deadLetters == 0 && changes.missing().isEmpty();
  }

  private void stay(Pipeline pipeline, Shop shop)
      throws SQLException, IOException, InterruptedException {
    String rest = pipeline.worker().rest().toString();
    String queries =
        pipeline.bigQuery().restUrl()
            + "/bigquery/v2/projects/"
            + LocalBigQuery.PROJECT
            + "/queries";
    screen.say(
        """

        Everything stays up until Ctrl-C.
          PostgreSQL     %s  (user postgres, no password)
          Kafka          %s
          Kafka Connect  %s
          BigQuery       %s  (REST), %s  (gRPC)

          curl -s %s/connectors/%s/status
          curl -s -H 'Content-Type: application/json' %s \\
            -d '{"useLegacySql": false, "query": "SELECT product_id, name, price FROM %s.products ORDER BY updated_at DESC LIMIT 5"}'

        SQL on the source; end a statement with a semicolon. Try:
          UPDATE shop.products SET price = price + 1, updated_at = now() WHERE product_id = 1;
        """
            .formatted(
                pipeline.postgres().jdbcUrl(Shop.DATABASE),
                pipeline.kafka().bootstrapServers(),
                rest,
                pipeline.bigQuery().restUrl(),
                pipeline.bigQuery().grpcAddress(),
                rest,
                Pipeline.SINK,
                queries,
                Pipeline.DATASET));
    try (Connection connection = shop.connect()) {
      new SqlPrompt(
              connection,
              new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())),
              System.out)
          .run();
    }
    // the input has ended, but the user is promised everything until Ctrl-C
    new CountDownLatch(1).await();
  }
}
