package io.tributary.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.bigquery.faults.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

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
  static final Fault SLOW =
      new Fault("8", "BigQuery answers late while ten times as much is written", Faults::slow);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private Faults() {}

  static List<Fault> all() {
    return List.of(KILL, ZOMBIE, BROKER, THIRD, CUT, SILENCE, SERVICE, SLOW);
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
    await().atMost(LIMIT).until(() -> trial.stage().members().stream().allMatch(Member::reachable));
    Map.Entry<Member, Set<Mode>> victim = victim(trial, random);
    List<Mode> modes = List.copyOf(victim.getValue());
    CuttingProxy busy = victim.getKey().grpc(modes.get(random.nextInt(modes.size())));
    trial.load().more(1 + random.nextInt(60));
    // in the middle of what it sends
    long before = busy.sent();
    await().atMost(LIMIT).pollInterval(Duration.ofMillis(1)).until(() -> busy.sent() > before);
    // the time that its puts stand still is not theirs
    victim.getKey().gauges().pause();
    victim.getKey().freeze();
    Instant frozen = Instant.now();
    trial.recover();
    Instant thawed = Instant.now();
    victim.getKey().thaw();
    trial.load().more(40);
    trial.recover();
    await().atMost(LIMIT).until(() -> trial.stage().members().stream().allMatch(Member::reachable));
    victim.getKey().gauges().resume();
    trial.hit(victim.getValue());
    modes.forEach(
        mode -> {
          trial.struck(mode, "takeover", 1);
          trial.struck(mode, "zombie append", zombieAppends(trial, mode, frozen, thawed));
        });
  }

  /** Appends by way of connections from before that nobody used while the worker was frozen. */
  private static long zombieAppends(Trial trial, Mode mode, Instant frozen, Instant thawed) {
    Set<String> old = new HashSet<>();
    Set<String> others = new HashSet<>();
    List<Warehouse.Append> late = new ArrayList<>();
    for (Warehouse.Append each : trial.stage().warehouse().appends()) {
      if (!each.stream().contains("/datasets/" + trial.dataset(mode) + "/")) {
        continue;
      }
      if (each.when().isBefore(frozen)) {
        old.add(each.connection());
      } else if (each.when().isAfter(thawed)) {
        late.add(each);
      } else if (each.when().isAfter(frozen.plusMillis(500))) {
        others.add(each.connection());
      }
    }
    return late.stream()
        .filter(each -> old.contains(each.connection()) && !others.contains(each.connection()))
        .count();
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
    Map<Mode, Long> before = refused(victim.getKey());
    trial.load().more(1 + random.nextInt(60));
    victim.getKey().ways().forEach(CuttingProxy::cut);
    trial.load().more(120);
    victim.getKey().ways().forEach(CuttingProxy::mend);
    trial.recover();
    refused(victim.getKey())
        .forEach((mode, count) -> trial.struck(mode, "cut", count - before.get(mode)));
    trial.hit(victim.getValue());
  }

  private static Map<Mode, Long> refused(Member member) {
    Map<Mode, Long> refused = new EnumMap<>(Mode.class);
    for (Mode mode : Mode.values()) {
      refused.put(mode, member.grpc(mode).refused());
    }
    return refused;
  }

  private static void silence(Trial trial, Random random) {
    Map.Entry<Member, Set<Mode>> victim = victim(trial, random);
    Map<Mode, Long> before = swallowed(victim.getKey());
    trial.load().more(1 + random.nextInt(60));
    victim.getKey().ways().forEach(CuttingProxy::silence);
    trial.load().more(400);
    // the old connections stay as they are; nobody tells the worker
    victim.getKey().ways().forEach(CuttingProxy::admit);
    trial.recover();
    swallowed(victim.getKey())
        .forEach((mode, count) -> trial.struck(mode, "swallowed", count - before.get(mode)));
    trial.hit(victim.getValue());
  }

  private static Map<Mode, Long> swallowed(Member member) {
    Map<Mode, Long> swallowed = new EnumMap<>(Mode.class);
    for (Mode mode : Mode.values()) {
      swallowed.put(mode, member.grpc(mode).swallowed());
    }
    return swallowed;
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
    List<String> delays = new ArrayList<>();
    for (String method : List.of("AppendRows", "BatchCommitWriteStreams", "jobs.insert")) {
      ObjectNode delay = JSON.createObjectNode().put("kind", "delay");
      delay.put("seconds", 0.5 + random.nextDouble());
      delay.putObject("calls").put("method", method);
      delays.add(warehouse.place(delay));
    }
    trial.load().times(10);
    trial.load().more(4_000);
    trial.load().times(1);
    trial.recover();
    trial.struck("delay", delays.stream().mapToLong(warehouse::remove).sum());
    trial.stage().members().forEach(Faults::requirePolls);
  }

  /** No put took so long that Kafka took the task's partitions away. */
  private static void requirePolls(Member member) {
    assertThat(member.log()).content().doesNotContain("poll timeout has expired");
  }
}
