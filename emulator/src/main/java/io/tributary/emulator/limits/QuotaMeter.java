package io.tributary.emulator.limits;

import io.tributary.emulator.catalog.TableDefinition;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.faults.Call;
import io.tributary.emulator.faults.InjectedFailure;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Measures calls by rules of quotas. Thread-safe. */
public final class QuotaMeter {
  private final List<QuotaRule> rules;
  private final Function<TableRef, Optional<TableDefinition>> tables;
  private final Clock clock;
  private final Map<Key, Deque<Instant>> admitted = new HashMap<>();

  private record Key(QuotaRule rule, Object counted) {}

  /** A meter that looks tables up here and tells the time by this clock. */
  public QuotaMeter(
      List<QuotaRule> rules, Function<TableRef, Optional<TableDefinition>> tables, Clock clock) {
    this.rules = rules;
    this.tables = tables;
    this.clock = clock;
  }

  /**
   * Admits a call.
   *
   * @throws InjectedFailure if a quota is used up; the call then has no effect
   */
  public void admit(Call call) {
    for (QuotaRule rule : rules) {
      Object counted = rule.methods().contains(call.method()) ? counted(rule, call) : null;
      if (counted != null && !take(rule, counted)) {
        throw new InjectedFailure(rule.failure());
      }
    }
  }

  /** What the rule counts the call for; null if it does not concern the rule. */
  private Object counted(QuotaRule rule, Call call) {
    TableRef table = call.table();
    return switch (rule.scope()) {
      case METHOD -> call.method();
      case PROJECT -> table == null ? null : table.project();
      case ANY_TABLE -> table;
      case TABLE -> table == null || partitioned(table) ? null : table;
      case PARTITIONED_TABLE -> table != null && partitioned(table) ? table : null;
    };
  }

  private boolean partitioned(TableRef table) {
    return tables.apply(table).map(definition -> definition.partitioning() != null).orElse(false);
  }

  private synchronized boolean take(QuotaRule rule, Object counted) {
    Instant now = clock.instant();
    Deque<Instant> recent =
        admitted.computeIfAbsent(new Key(rule, counted), key -> new ArrayDeque<>());
    Instant forgotten = now.minus(rule.window());
    while (!recent.isEmpty() && !recent.peekFirst().isAfter(forgotten)) {
      recent.pollFirst();
    }
    if (recent.size() >= rule.calls()) {
      return false;
    }
    recent.addLast(now);
    return true;
  }
}
