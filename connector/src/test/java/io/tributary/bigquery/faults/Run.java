package io.tributary.bigquery.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.cloud.bigquery.FieldValueList;
import io.tributary.bigquery.connect.TaskHarness;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.faults.Fault;
import io.tributary.emulator.faults.Faults;
import io.tributary.emulator.junit.MovableClock;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** One row of the matrix in one mode: a source, a group of workers, faults, and what was seen. */
final class Run implements AutoCloseable {
  private static final String PLACE =
      "change_metadata.kafka_topic, change_metadata.kafka_partition, change_metadata.kafka_offset,"
          + " UNIX_MILLIS(change_metadata.kafka_time)";

  /** As {@link Event#big} has it. */
  private static final String BIG =
      "IF(LENGTH(big) > 64, CONCAT(LEFT(big, 64), '... ', LENGTH(big)), big)";

  private final Mode mode;
  private final MovableClock clock = MovableClock.running();
  private final MovableClock machine = MovableClock.running();
  private final TaskHarness harness = new TaskHarness(clock);
  private final Map<TopicPartition, Long> committed = new HashMap<>();
  private final List<Worker> workers = new ArrayList<>();
  private final List<Sample> samples = new ArrayList<>();
  private final List<Long> puts = new ArrayList<>();
  private final Map<String, LongSupplier> faults = new LinkedHashMap<>();
  private final Set<At> poison = new HashSet<>();
  private final Set<At> barred = new HashSet<>();
  private final DeadLetters letters = new DeadLetters();
  private Shop shop = new Shop();
  private boolean whole = true;
  private long peakHeap;
  private long began;

  Run(Mode mode) {
    this.mode = mode;
  }

  Mode mode() {
    return mode;
  }

  Shop shop() {
    return shop;
  }

  /** Begins with another source. */
  Shop shop(Shop other) {
    shop = other;
    return shop;
  }

  Faults faults() {
    return harness.emulator().faults();
  }

  TaskHarness harness() {
    return harness;
  }

  /** What BigQuery takes for the present. */
  MovableClock clock() {
    return clock;
  }

  /** What workers take for the present. */
  MovableClock machine() {
    return machine;
  }

  DeadLetters letters() {
    return letters;
  }

  /** Up to where the group has committed. */
  Map<TopicPartition, Long> committed() {
    return committed;
  }

  /** Where rows are appended to. */
  TableRef target() {
    return new TableRef(
        "local", TaskHarness.DATASET, mode == Mode.MERGE ? "tributary_staging_items" : "items");
  }

  /** A fault that must strike. */
  Fault armed(String name, Fault fault) {
    happens(name, fault::fired);
    return fault;
  }

  /** Something that must happen, and how often it has. */
  void happens(String name, LongSupplier times) {
    if (faults.isEmpty()) {
      began = System.nanoTime();
    }
    faults.put(name, times);
  }

  /** The last record belongs in the dead letter queue. */
  void poisoned() {
    poison.add(shop.last());
  }

  /** The configuration says that the last record asks nothing of the table. */
  void barred() {
    barred.add(shop.last());
  }

  boolean isBarred(SinkRecord each) {
    return barred.contains(At.of(each));
  }

  /** An operator sets the group back to the beginning. */
  void reset() {
    committed.replaceAll((partition, end) -> 0L);
  }

  /** The topics are deleted and created anew; with a topic the group loses its offsets. */
  void recreate() {
    shop.recreate();
    Sample before = new Sample(List.of(), List.of(), Map.copyOf(committed)).ofFormerTopics();
    committed.clear();
    committed.putAll(before.committed());
    samples.replaceAll(Sample::ofFormerTopics);
  }

  /** All turn until they have committed all that they may read. */
  static void finish(Worker... some) {
    some[0].until(
        () -> {
          List.of(some).subList(1, some.length).forEach(Worker::turn);
          return Stream.of(some).allMatch(Worker::finished);
        });
  }

  /** A worker with all partitions and a dead letter queue. */
  Worker worker(String... options) {
    return worker(shop.ends().keySet(), letters, options);
  }

  /** A worker without a dead letter queue. */
  Worker strict(String... options) {
    return worker(shop.ends().keySet(), null, options);
  }

  Worker worker(Set<TopicPartition> partitions, DeadLetters queue, String... options) {
    Map<String, String> props = new HashMap<>();
    props.put("project", "local");
    props.put("dataset", TaskHarness.DATASET);
    props.put("credentials.mode", "none");
    props.put("endpoint.rest", harness.emulator().restUrl());
    props.put("endpoint.grpc", harness.emulator().grpcEndpoint());
    props.put("endpoint.plaintext", "true");
    props.put("flush.interval.ms", "100");
    props.put("write.mode", mode.spelling());
    if (mode == Mode.CDC) {
      props.put("cdc.unavailable", "lookup");
    }
    for (int i = 0; i < options.length; i += 2) {
      props.put(options[i], options[i + 1]);
    }
    Worker worker = new Worker(this, partitions, props, queue);
    workers.add(worker);
    return worker;
  }

  /** The task stops with this code, and commits nothing more. */
  void stops(Worker worker, String code) {
    shop.ends().keySet().forEach(each -> committed.putIfAbsent(each, 0L));
    Map<TopicPartition, Long> before = Map.copyOf(committed);
    Throwable stop = catchThrowable(() -> worker.until(() -> false));
    assertThat(root(stop)).hasMessageContaining(code);
    assertThat(committed).as("offsets after the stop").isEqualTo(before);
    worker.kill();
  }

  private static Throwable root(Throwable thrown) {
    Throwable cause = thrown;
    while (cause != null && cause.getMessage() != null && !cause.getMessage().contains("TRIB-")) {
      if (cause.getCause() == null) {
        return thrown;
      }
      cause = cause.getCause();
    }
    return cause;
  }

  /** The run ends before everything is read, as it should. */
  void endsEarly() {
    whole = false;
  }

  /** All that anybody but BigQuery was told. */
  List<String> told() {
    List<String> all = new ArrayList<>(letters.traces());
    workers.forEach(worker -> all.addAll(worker.told()));
    return all;
  }

  synchronized void took(long nanos) {
    puts.add(TimeUnit.NANOSECONDS.toMillis(nanos));
    peakHeap =
        Math.max(
            peakHeap, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20);
  }

  /** What a query sees. */
  record Table(List<Row> rows, List<At> kept) {}

  /** The table as it is; in mode append its changes only, which say enough while it runs. */
  Table look() {
    if (harness.emulator().engine().table(items("items")).isEmpty()) {
      return new Table(List.of(), List.of());
    }
    return mode == Mode.APPEND
        ? new Table(List.of(), places("items"))
        : new Table(rows("items"), List.of());
  }

  void sample(Table table) {
    samples.add(new Sample(table.rows(), table.kept(), Map.copyOf(committed)));
  }

  /** Judges the run. */
  Figures judge() {
    long recovered = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    Table table = look();
    String view = mode == Mode.APPEND ? "items_current" : "items";
    boolean there = harness.emulator().engine().table(items(view)).isPresent();
    sample(new Table(there ? rows(view) : List.of(), table.kept()));
    Map<String, Long> injected = new LinkedHashMap<>();
    faults.forEach((name, times) -> injected.put(name, times.getAsLong()));
    return Verifier.judge(
        new Evidence(
            mode,
            shop.all().stream().filter(each -> !isBarred(each)).toList(),
            whole,
            samples,
            poison,
            letters.places(),
            accepted(),
            stored(),
            injected,
            recovered,
            puts,
            peakHeap));
  }

  private long accepted() {
    String streams = "/tables/" + target().table() + "/";
    return harness.emulator().appendLog().stream()
        .filter(append -> append.stream().contains(streams) && append.outcome().equals("OK"))
        .mapToLong(append -> append.rows())
        .sum();
  }

  /** Rows that had to be appended, each place once. */
  private long stored() {
    if (harness.emulator().engine().table(target()).isEmpty()) {
      return 0;
    }
    if (mode == Mode.APPEND) {
      return new HashSet<>(places("items")).size();
    }
    if (mode == Mode.CDC) {
      // a change that another one has replaced before it was sent is not missed here
      return Math.min(accepted(), new Fold(shop.all(), poison).events().size());
    }
    return count(
        "SELECT COUNT(*) FROM (SELECT DISTINCT trib_topic, trib_partition, trib_offset,"
            + " trib_position FROM `local.ds."
            + target().table()
            + "` WHERE trib_kind = 'change')");
  }

  long count(String sql) {
    return query(sql).iterator().next().get(0).getLongValue();
  }

  Iterable<FieldValueList> query(String sql) {
    return harness.read(sql).iterateAll();
  }

  private List<Row> rows(String table) {
    List<Row> rows = new ArrayList<>();
    for (FieldValueList row :
        query("SELECT id, version, " + BIG + " FROM `local.ds." + table + "`")) {
      rows.add(
          new Row(
              row.get(0).getLongValue(),
              row.get(1).isNull() ? -1 : row.get(1).getLongValue(),
              row.get(2).isNull() ? null : row.get(2).getStringValue()));
    }
    return rows;
  }

  private List<At> places(String table) {
    List<At> places = new ArrayList<>();
    for (FieldValueList row : query("SELECT " + PLACE + " FROM `local.ds." + table + "`")) {
      places.add(
          shop.topics()
              .lifeOf(
                  At.of(
                      row.get(0).getStringValue(),
                      (int) row.get(1).getLongValue(),
                      row.get(2).getLongValue()),
                  row.get(3).getLongValue()));
    }
    return places;
  }

  private static TableRef items(String name) {
    return new TableRef("local", TaskHarness.DATASET, name);
  }

  @Override
  public void close() {
    faults().clear();
    workers.forEach(Worker::kill);
    harness.close();
  }
}
