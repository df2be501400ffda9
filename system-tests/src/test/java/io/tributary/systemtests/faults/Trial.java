package io.tributary.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.bigquery.faults.Event;
import io.tributary.bigquery.faults.Evidence;
import io.tributary.bigquery.faults.Figures;
import io.tributary.bigquery.faults.Mode;
import io.tributary.bigquery.faults.Sample;
import io.tributary.bigquery.faults.Verifier;
import io.tributary.tools.local.ConnectRest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** One topic under load and a sink of each mode behind it, from the first record to the verdict. */
final class Trial implements AutoCloseable {
  static final Duration LIMIT = Duration.ofMinutes(5);

  static final int PARTITIONS = 4;

  static final int TASKS = 2;

  /** Longest time between a fault and the commit of everything that was written before. */
  private static final Duration SLOWEST = Duration.ofSeconds(Integer.getInteger("slowest", 120));

  private final Stage stage;
  private final String name;
  private final String topic;
  private final Source load;
  private final Map<Mode, Watch> watches = new EnumMap<>(Mode.class);
  private final Map<Mode, Map<String, Long>> injected = new EnumMap<>(Mode.class);
  private final Map<Mode, Integer> strikes = new EnumMap<>(Mode.class);
  private long recovered;

  /** Makes the source of a trial. */
  @FunctionalInterface
  interface Begin {
    /** Begins to write into the topic {@code <name>.public.items}. */
    Source of(String name) throws Exception;
  }

  Trial(Stage stage, String name, long seed) {
    this(stage, name, any -> new Load(stage.bootstrap(), topic(name), PARTITIONS, seed));
  }

  Trial(Stage stage, String name, Begin source) {
    this.stage = stage;
    this.name = name;
    topic = topic(name);
    stage.warehouse().reset();
    stage.members().forEach(each -> each.gauges().clear());
    createTopic(topic, PARTITIONS);
    for (Mode mode : Mode.values()) {
      createTopic("dead-" + sink(mode), 1);
      stage.warehouse().createDataset(dataset(mode));
      start(mode, TASKS);
      injected.put(mode, new HashMap<>());
    }
    for (Mode mode : Mode.values()) {
      stage.connect().awaitRunning(sink(mode), TASKS, LIMIT);
    }
    load = begin(source);
    for (Mode mode : Mode.values()) {
      watches.put(mode, new Watch(stage, load, mode, dataset(mode), "connect-" + sink(mode)));
    }
    load.more(100);
    awaitCommitted(load.sent());
  }

  static String topic(String name) {
    return name + ".public.items";
  }

  private Source begin(Begin source) {
    try {
      return source.of(name);
    } catch (Exception e) {
      throw new IllegalStateException("The source could not begin.", e);
    }
  }

  private void createTopic(String topicName, int partitions) {
    try {
      stage
          .admin()
          .createTopics(List.of(new NewTopic(topicName, partitions, (short) 1)))
          .all()
          .get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Starts the sink of a mode, or changes its number of tasks. */
  void start(Mode mode, int tasks) {
    stage.put(sink(mode), config(mode, tasks));
  }

  private Map<String, String> config(Mode mode, int tasks) {
    Map<String, String> config = Member.sink(mode, dataset(mode));
    config.put("tasks.max", Integer.toString(tasks));
    config.put("topics", topic);
    config.put("flush.interval.ms", "300");
    // the default, and as long as BigQueryFaults.QUOTA may last
    config.put(
        "retry.deadline.ms", Integer.toString(300_000 + 1_000 * Integer.getInteger("quota", 0)));
    config.put("value.converter.replace.null.with.default", "false");
    config.put("errors.tolerance", "all");
    config.put("errors.deadletterqueue.topic.name", "dead-" + sink(mode));
    config.put("errors.deadletterqueue.topic.replication.factor", "1");
    config.put("errors.deadletterqueue.context.headers.enable", "true");
    if (mode == Mode.CDC) {
      // partitions move one by one, while the others go on
      config.put(
          "consumer.override.partition.assignment.strategy",
          "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
      config.put("cdc.unavailable", "lookup");
      // how long a delete waits whose row has come to another task under a new key
      config.put("incomplete.wait.ms", "5000");
    }
    return config;
  }

  String sink(Mode mode) {
    return name + "-" + mode.spelling();
  }

  String dataset(Mode mode) {
    return name + "_" + mode.spelling();
  }

  /** Where the rows of a mode are appended to. */
  String target(Mode mode) {
    return "local." + dataset(mode) + "." + watches.get(mode).target();
  }

  Stage stage() {
    return stage;
  }

  Source load() {
    return load;
  }

  Watch watch(Mode mode) {
    return watches.get(mode);
  }

  /** The modes that have a task running on this worker. */
  Set<Mode> modesOn(Member member) {
    return modesOn(member, stage.connect());
  }

  /** The same, as another worker knows it. */
  Set<Mode> modesOn(Member member, ConnectRest connect) {
    return watches.keySet().stream()
        .filter(
            mode ->
                connect.status(sink(mode)).tasks().stream()
                    .anyMatch(
                        task ->
                            task.worker().equals(member.name()) && task.state().equals("RUNNING")))
        .collect(Collectors.toSet());
  }

  /** A fault struck a mode, so many times. */
  void struck(Mode mode, String fault, long times) {
    injected.get(mode).merge(fault, times, Long::sum);
  }

  /** How often a fault has struck a mode. */
  long times(Mode mode, String fault) {
    return injected.get(mode).getOrDefault(fault, 0L);
  }

  /** A fault struck all modes. */
  void struck(String fault, long times) {
    watches.keySet().forEach(mode -> struck(mode, fault, times));
    hit(watches.keySet());
  }

  /** Counts a strike for the modes that it hit. */
  void hit(Set<Mode> modes) {
    modes.forEach(mode -> strikes.merge(mode, 1, Integer::sum));
  }

  /** How many strikes hit the mode that was hit least. */
  int leastStrikes() {
    return watches.keySet().stream()
        .mapToInt(mode -> strikes.getOrDefault(mode, 0))
        .min()
        .orElse(0);
  }

  /** Waits until every mode has committed what was in the topic when this was called. */
  void recover() {
    long start = System.nanoTime();
    awaitCommitted(load.sent());
    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    System.out.printf("recovered after %d ms%n", millis);
    recovered = Math.max(recovered, millis);
  }

  private void awaitCommitted(Map<TopicPartition, Long> mark) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(200))
        .ignoreException(Watch.UnreachableException.class)
        .until(
            () -> {
              boolean all = true;
              for (Mode mode : watches.keySet()) {
                Map<TopicPartition, Long> committed = watches.get(mode).committed();
                boolean reached =
                    mark.entrySet().stream()
                        .allMatch(
                            each -> committed.getOrDefault(each.getKey(), 0L) >= each.getValue());
                if (!reached) {
                  requireRunning(mode);
                }
                all &= reached;
              }
              return all;
            });
  }

  private void requireRunning(Mode mode) {
    stage.members().stream()
        .filter(Member::reachable)
        .findFirst()
        .ifPresent(
            member -> {
              try {
                assertThat(member.connect().status(sink(mode)).failed()).isEmpty();
              } catch (ConnectRest.RefusedException e) {
                // it does not know its group again yet
              }
            });
  }

  /** Ends the load, waits until everything is committed, and judges. */
  Map<Mode, Figures> judge() {
    load.stop();
    awaitCommitted(load.sent());
    List<SinkRecord> records = records();
    assertThat(records).hasSize((int) load.sent().values().stream().mapToLong(each -> each).sum());
    List<Warehouse.Append> appends = stage.warehouse().appends();
    Map<Mode, Figures> figures = new EnumMap<>(Mode.class);
    for (Mode mode : watches.keySet()) {
      figures.put(mode, judge(mode, records, appends));
    }
    return figures;
  }

  /** All records of the topic so far. */
  List<SinkRecord> records() {
    return new Topic(stage.bootstrap(), topic).records();
  }

  private Figures judge(Mode mode, List<SinkRecord> records, List<Warehouse.Append> appends) {
    Watch watch = watches.get(mode);
    List<Sample> samples = watch.finish();
    long accepted =
        appends.stream()
            .filter(each -> each.accepted() && each.isFor(dataset(mode), watch.target()))
            .mapToLong(Warehouse.Append::rows)
            .sum();
    long events =
        records.stream().filter(each -> Event.of(each).isPresent()).count() - load.poison().size();
    List<Long> putMillis = new ArrayList<>();
    stage.members().forEach(each -> putMillis.addAll(each.gauges().putMillis()));
    return Verifier.judge(
        new Evidence(
            mode,
            records,
            true,
            samples,
            load.poison(),
            List.copyOf(new Topic(stage.bootstrap(), "dead-" + sink(mode)).deadLetters()),
            accepted,
            // changes that another one replaced before they were sent are not missed in cdc
            mode == Mode.CDC ? Math.min(accepted, events) : watch.stored(),
            injected.get(mode),
            recovered,
            putMillis,
            stage.members().stream()
                .mapToLong(each -> each.gauges().peakHeapMegabytes())
                .max()
                .orElse(0)),
        SLOWEST);
  }

  @Override
  public void close() {
    load.close();
    watches.values().forEach(Watch::close);
    for (Mode mode : watches.keySet()) {
      stage.delete(sink(mode));
    }
  }
}
