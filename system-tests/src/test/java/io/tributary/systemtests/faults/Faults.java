package io.tributary.systemtests.faults;

import static org.awaitility.Awaitility.await;

import io.tributary.bigquery.faults.Mode;
import io.tributary.bigquery.testkit.CuttingProxy;
import io.tributary.tools.local.ConnectRest;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.ToLongFunction;

/** The faults of processes. */
final class Faults {
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
  static final Fault OPERATOR =
      new Fault(
          "15",
          "an operator changes the number of tasks, pauses, restarts, deletes and creates again",
          Operator::act);

  private static final String WROTE = "wrote when it woke";

  /** Bytes; what is less says goodbye. */
  private static final long LEAST_CALL = 256;

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private Faults() {}

  static List<Fault> all() {
    return List.of(
        KILL,
        ZOMBIE,
        BROKER,
        Coordinator.MOVED,
        THIRD,
        CUT,
        SILENCE,
        SERVICE,
        BigQueryFaults.SLOW,
        BigQueryFaults.LOST,
        BigQueryFaults.OUTAGE,
        BigQueryFaults.QUOTA,
        BigQueryFaults.LAG,
        OPERATOR);
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
}
