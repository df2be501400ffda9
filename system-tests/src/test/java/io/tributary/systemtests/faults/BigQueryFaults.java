package io.tributary.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.bigquery.faults.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/** What BigQuery may answer to processes under load, or not answer. */
final class BigQueryFaults {
  /** Changes; what the load makes in a second. */
  private static final int SECOND = 40;

  private static final int OUTAGE_SECONDS = Integer.getInteger("outage", 5);
  private static final int OUTAGE_ROWS = Integer.getInteger("rows", 4_000);
  private static final int BATCH = 4_000;
  private static final int QUOTA_SECONDS = Integer.getInteger("quota", 5);
  private static final int LAG_SECONDS = Integer.getInteger("lag", 5);
  private static final String LIMITED = "rate limit";

  /** Of a task, before its pauses are longer than a second. */
  private static final long FIRST_CALLS = 10;

  private static final Set<Mode> ALL = EnumSet.allOf(Mode.class);

  static final Fault SLOW =
      new Fault(
          "8", "BigQuery answers late while twenty times as much is written", BigQueryFaults::slow);

  static final Fault LOST = new Fault("1", "answers of BigQuery are lost", BigQueryFaults::lost);
  static final Fault OUTAGE =
      new Fault(
          "6",
          "BigQuery is unavailable for %d s, then every seventh append of %d changes fails"
              .formatted(OUTAGE_SECONDS, OUTAGE_ROWS),
          BigQueryFaults::outage);
  static final Fault QUOTA =
      new Fault("7", "a quota is exhausted for " + QUOTA_SECONDS + " s", BigQueryFaults::quota);
  static final Fault LAG =
      new Fault(
          "36", "the write path sees a new column " + LAG_SECONDS + " s late", BigQueryFaults::lag);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private BigQueryFaults() {}

  private static void slow(Trial trial, Random random) {
    Warehouse warehouse = trial.stage().warehouse();
    long before = slowPolls(trial);
    List<String> delays = new ArrayList<>();
    for (String method : List.of("AppendRows", "BatchCommitWriteStreams", "jobs.insert")) {
      ObjectNode delay = order("delay", method);
      delay.put("seconds", 2);
      delays.add(warehouse.place(delay));
    }
    trial.load().times(20);
    trial.load().more(4_000);
    trial.load().times(1);
    trial.recover();
    trial.struck("delay", delays.stream().mapToLong(warehouse::remove).sum());
    assertThat(slowPolls(trial)).as("puts that took longer than Kafka waits").isEqualTo(before);
  }

  private static ObjectNode order(String kind, String method) {
    ObjectNode order = JSON.createObjectNode().put("kind", kind);
    order.putObject("calls").put("method", method);
    return order;
  }

  /** The same of the calls about a mode's rows. */
  private static ObjectNode order(String kind, String method, Trial trial, Mode mode) {
    ObjectNode order = order(kind, method);
    order.withObject("/calls").put("table", trial.target(mode));
    return order;
  }

  /** Faults of one name, one for each of some modes. */
  private record Placed(Trial trial, String name, Map<Mode, String> faults) {
    boolean haveStruck() {
      return faults.values().stream().allMatch(each -> trial.stage().warehouse().fired(each) > 0);
    }

    /** Takes them away, and counts their strikes. */
    void end() {
      faults.forEach(
          (mode, fault) -> trial.struck(mode, name, trial.stage().warehouse().remove(fault)));
    }
  }

  private static Placed placed(
      Trial trial, String name, Set<Mode> modes, Function<Mode, ObjectNode> order) {
    Map<Mode, String> faults = new EnumMap<>(Mode.class);
    modes.forEach(mode -> faults.put(mode, trial.stage().warehouse().place(order.apply(mode))));
    return new Placed(trial, name, faults);
  }

  private static void lost(Trial trial, Random random) {
    List<Placed> all = new ArrayList<>();
    for (String method : List.of("AppendRows", "BatchCommitWriteStreams")) {
      Set<Mode> modes = method.equals("AppendRows") ? ALL : EnumSet.of(Mode.MERGE, Mode.APPEND);
      all.add(
          placed(
              trial,
              "lost " + method,
              modes,
              mode -> {
                ObjectNode order = order("loseAnswer", method, trial, mode);
                // if all were lost, nothing would come to be committed
                order.withObject("/calls").put("every", 2);
                return order;
              }));
    }
    all.add(
        placed(
            trial,
            "lost job",
            EnumSet.of(Mode.MERGE),
            mode -> {
              ObjectNode order = order("loseAnswer", "jobs.insert");
              order.withObject("/calls").put("job", "^tributary_items_").put("times", 3);
              return order;
            }));
    last(trial, 1 + random.nextInt(3));
    writeUntil(trial, () -> all.stream().allMatch(Placed::haveStruck));
    all.forEach(Placed::end);
    trial.hit(ALL);
    trial.recover();
  }

  private static void outage(Trial trial, Random random) {
    Placed away =
        placed(
            trial,
            "unavailable",
            ALL,
            mode -> order("fail", "AppendRows", trial, mode).put("failure", "unavailable"));
    last(trial, OUTAGE_SECONDS);
    away.end();
    Placed sevenths =
        placed(
            trial,
            "seventh",
            ALL,
            mode -> {
              ObjectNode order = order("fail", "AppendRows", trial, mode);
              order.put("failure", "internal").withObject("/calls").put("every", 7);
              return order;
            });
    trial.load().times(20);
    for (int made = 0; made < OUTAGE_ROWS; made += BATCH) {
      trial.load().more(BATCH);
    }
    trial.load().times(1);
    writeUntil(trial, sevenths::haveStruck);
    trial.recover();
    sevenths.end();
    trial.hit(ALL);
  }

  private static void quota(Trial trial, Random random) {
    Map<Mode, Long> before = new EnumMap<>(Mode.class);
    ALL.forEach(mode -> before.put(mode, trial.times(mode, LIMITED)));
    Placed limit =
        placed(
            trial,
            LIMITED,
            ALL,
            mode -> order("fail", "AppendRows", trial, mode).put("failure", "rateLimitExceeded"));
    last(trial, QUOTA_SECONDS);
    limit.end();
    trial.hit(ALL);
    trial.recover();
    for (Mode mode : ALL) {
      assertThat(trial.times(mode, LIMITED) - before.get(mode))
          .as("calls of %s in %d s", mode, QUOTA_SECONDS)
          .isLessThan(Trial.TASKS * (FIRST_CALLS + QUOTA_SECONDS));
    }
  }

  /** A value of the new column waits for it, and none is left out. */
  private static void lag(Trial trial, Random random) {
    Placed late =
        placed(
            trial,
            "schema behind",
            ALL,
            mode ->
                JSON.createObjectNode()
                    .put("kind", "lagSchema")
                    .put("table", trial.target(mode))
                    .put("seconds", LAG_SECONDS));
    long slow = slowPolls(trial);
    String column = ((Load) trial.load()).widen();
    last(trial, LAG_SECONDS);
    trial.recover();
    late.end();
    trial.hit(ALL);
    Set<Long> noted = noted(trial.records(), column);
    assertThat(noted).isNotEmpty();
    for (Mode mode : ALL) {
      assertThat(versions(trial, mode, column + " IS NOT NULL")).as("%s", mode).isNotEmpty();
      assertThat(versions(trial, mode, column + " IS NULL"))
          .as("rows of %s that lost the value", mode)
          .doesNotContainAnyElementsOf(noted);
    }
    assertThat(slowPolls(trial)).as("puts that took longer than Kafka waits").isEqualTo(slow);
  }

  /** The versions of rows that came with a value of a column. */
  private static Set<Long> noted(List<SinkRecord> records, String column) {
    Set<Long> noted = new HashSet<>();
    for (SinkRecord each : records) {
      Struct after = each.value() == null ? null : ((Struct) each.value()).getStruct("after");
      if (after != null
          && after.schema().field(column) != null
          && after.getString(column) != null) {
        noted.add(after.getInt64("version"));
      }
    }
    return noted;
  }

  private static Set<Long> versions(Trial trial, Mode mode, String condition) {
    Set<Long> versions = new HashSet<>();
    String rows = "`local." + trial.dataset(mode) + ".items`";
    trial
        .stage()
        .warehouse()
        .query("SELECT version FROM " + rows + " WHERE version IS NOT NULL AND " + condition)
        .forEach(row -> versions.add(row.get(0).getLongValue()));
    return versions;
  }

  private static void writeUntil(Trial trial, BooleanSupplier reached) {
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              trial.load().more(SECOND);
              return reached.getAsBoolean();
            });
  }

  /** So long the source goes on. */
  private static void last(Trial trial, int seconds) {
    for (int i = 0; i < seconds; i++) {
      trial.load().more(SECOND);
    }
  }

  /** How often a task has lost its partitions because it did not poll. */
  private static long slowPolls(Trial trial) {
    long count = 0;
    for (Member member : trial.stage().members()) {
      try (Stream<String> lines = Files.lines(member.log())) {
        count += lines.filter(line -> line.contains("poll timeout has expired")).count();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return count;
  }
}
