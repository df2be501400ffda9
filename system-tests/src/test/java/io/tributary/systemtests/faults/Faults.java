package io.tributary.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.bigquery.faults.Mode;
import io.tributary.tools.local.ConnectRest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** The faults of processes. */
final class Faults {
  /** Changes; what the load makes in a second. */
  private static final int SECOND = 40;

  private static final int OUTAGE_SECONDS = Integer.getInteger("outage", 5);
  private static final int OUTAGE_ROWS = Integer.getInteger("rows", 4_000);
  private static final int BATCH = 4_000;
  private static final int QUOTA_SECONDS = Integer.getInteger("quota", 5);
  private static final String LIMITED = "rate limit";

  static final Fault KILL = new Fault("11", "a loaded worker is killed", Faults::kill);
  static final Fault ZOMBIE =
      new Fault("12", "a worker freezes, another takes over and goes on, it wakes", Faults::zombie);
  static final Fault BROKER = new Fault("16", "the broker is killed and restarted", Faults::broker);
  static final Fault THIRD =
      new Fault("13", "a third worker joins, and one of the three is killed", Faults::third);
  static final Fault CUT =
      new Fault("4", "the network between a worker and BigQuery is cut", Faults::cut);
  static final Fault SILENCE =
      new Fault(
          "5", "connections to BigQuery swallow what is sent, and stay open", Faults::silence);
  static final Fault SERVICE = new Fault("41", "BigQuery is killed and restarted", Faults::service);
  static final Fault SLOW =
      new Fault("8", "BigQuery answers late while twenty times as much is written", Faults::slow);

  static final Fault LOST = new Fault("1", "answers of BigQuery are lost", Faults::lost);
  static final Fault OUTAGE =
      new Fault(
          "6",
          "BigQuery is unavailable for %d s, then every seventh append of %d changes fails"
              .formatted(OUTAGE_SECONDS, OUTAGE_ROWS),
          Faults::outage);
  static final Fault QUOTA =
      new Fault("7", "a quota is exhausted for " + QUOTA_SECONDS + " s", Faults::quota);

  static final Fault OPERATOR =
      new Fault(
          "15",
          "an operator changes the number of tasks, pauses, restarts, deletes and creates again",
          Operator::act);

  private static final String WROTE = "wrote when it woke";

  /** Bytes; what is less says goodbye. */
  private static final long LEAST_CALL = 256;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Of a task, before its pauses are longer than a second. */
  private static final long FIRST_CALLS = 10;

  private static final Set<Mode> ALL = EnumSet.allOf(Mode.class);

  private Faults() {}

  static List<Fault> all() {
    return List.of(
        KILL, ZOMBIE, BROKER, THIRD, CUT, SILENCE, SERVICE, SLOW, LOST, OUTAGE, QUOTA, OPERATOR);
  }

  private static void kill(Trial trial, Random random) {
    Map.Entry<Member, Set<Mode>> victim = victim(trial, random);
    trial.load().more(1 + random.nextInt(60));
    victim.getKey().killAndRestart();
    victim.getValue().forEach(mode -> trial.struck(mode, "kill", 1));
    trial.hit(victim.getValue());
    trial.recover();
  }

  /** A worker that has something to do, and what. */
  private static Map.Entry<Member, Set<Mode>> victim(Trial trial, Random random) {
    List<Member> members = trial.stage().members();
    return await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              Member member = members.get(random.nextInt(members.size()));
              return Map.entry(member, member.reachable() ? trial.modesOn(member) : Set.<Mode>of());
            },
            found -> !found.getValue().isEmpty());
  }

  private static void zombie(Trial trial, Random random) {
    awaitAll(trial);
    Map.Entry<Member, Set<Mode>> victim = victim(trial, random);
    Member member = victim.getKey();
    Set<Mode> modes = victim.getValue();
    Mode busy = modes.stream().min(Comparator.comparing(each -> trial.times(each, WROTE))).get();
    trial.load().more(1 + random.nextInt(60));
    // in the middle of what it sends
    long before = member.grpc(busy).sent();
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> member.grpc(busy).sent() > before);
    // the time that its puts stand still is not theirs
    member.gauges().pause();
    member.freeze();
    trial.recover();
    Map<Mode, Long> frozen = sent(member);
    ConnectRest heir = trial.stage().connect();
    member.thaw();
    // until it has got tasks again, it believes to have the former ones, or has none
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !trial.modesOn(member, heir).isEmpty());
    Map<Mode, Long> awake = sent(member);
    trial.recover();
    awaitAll(trial);
    member.gauges().resume();
    for (Mode mode : modes) {
      trial.struck(mode, "takeover", 1);
      if (awake.get(mode) - frozen.get(mode) > LEAST_CALL) {
        trial.struck(mode, WROTE, 1);
        trial.hit(Set.of(mode));
      }
    }
  }

  private static void awaitAll(Trial trial) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> trial.stage().members().stream().allMatch(Member::reachable));
  }

  private static Map<Mode, Long> sent(Member member) {
    Map<Mode, Long> sent = new EnumMap<>(Mode.class);
    for (Mode mode : Mode.values()) {
      sent.put(mode, member.grpc(mode).sent());
    }
    return sent;
  }

  private static Map<Mode, Long> counts(Member member, ToLongFunction<CuttingProxy> count) {
    Map<Mode, Long> counts = new EnumMap<>(Mode.class);
    for (Mode mode : Mode.values()) {
      counts.put(mode, member.ways(mode).stream().mapToLong(count).sum());
    }
    return counts;
  }

  private static void broker(Trial trial, Random random) {
    trial.load().more(1 + random.nextInt(60));
    trial.stage().broker().killHard();
    trial.stage().broker().start();
    trial.struck("broker restart", 1);
    trial.recover();
  }

  private static void third(Trial trial, Random random) {
    Member third = trial.stage().member();
    try {
      third.awaitReady();
      trial.stage().members().add(third);
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(200))
          .until(() -> !trial.modesOn(third).isEmpty());
      kill(trial, random);
      trial.struck("third worker", 1);
    } finally {
      trial.stage().members().remove(third);
      third.killHard();
    }
    trial.recover();
  }

  private static void cut(Trial trial, Random random) {
    Map.Entry<Member, Set<Mode>> victim = victim(trial, random);
    Map<Mode, Long> before = counts(victim.getKey(), CuttingProxy::refused);
    trial.load().more(1 + random.nextInt(60));
    victim.getKey().ways().forEach(CuttingProxy::cut);
    trial.load().more(120);
    victim.getKey().ways().forEach(CuttingProxy::mend);
    trial.recover();
    broke(trial, "cut", before, counts(victim.getKey(), CuttingProxy::refused));
  }

  /** Counts what was broken, and the strike for the modes of which something was. */
  private static void broke(
      Trial trial, String what, Map<Mode, Long> before, Map<Mode, Long> after) {
    for (Mode mode : Mode.values()) {
      long count = after.get(mode) - before.get(mode);
      if (count > 0) {
        trial.struck(mode, what, count);
        trial.hit(Set.of(mode));
      }
    }
  }

  private static void silence(Trial trial, Random random) {
    Map.Entry<Member, Set<Mode>> victim = victim(trial, random);
    Map<Mode, Long> before = counts(victim.getKey(), CuttingProxy::swallowed);
    trial.load().more(1 + random.nextInt(60));
    victim.getKey().ways().forEach(CuttingProxy::silence);
    trial.load().more(400);
    // the old connections stay as they are; nobody tells the worker
    victim.getKey().ways().forEach(CuttingProxy::admit);
    trial.recover();
    broke(trial, "swallowed", before, counts(victim.getKey(), CuttingProxy::swallowed));
  }

  private static void service(Trial trial, Random random) {
    trial.load().more(1 + random.nextInt(60));
    trial.stage().warehouse().killHard();
    trial.stage().warehouse().restart();
    trial.struck("service restart", 1);
    trial.recover();
  }

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
