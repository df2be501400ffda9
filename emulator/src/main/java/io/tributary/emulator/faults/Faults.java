package io.tributary.emulator.faults;

import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.TableDefinition;
import io.tributary.emulator.catalog.TableRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The script of faults. A test adds faults, the server asks before each call. Thread-safe.
 *
 * <p>Every fault tells how often it struck, so that a test can prove that the case it names has
 * happened.
 */
public final class Faults {
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

  private final List<FaultRule> rules = new CopyOnWriteArrayList<>();
  private final Function<TableRef, Optional<TableDefinition>> tables;
  private final Clock clock;
  private final AtomicReference<Supplier<? extends Collection<? extends OpenConnection>>>
      connections = new AtomicReference<>(List::of);

  /** A script that looks tables up here and tells the time by this clock. */
  public Faults(Function<TableRef, Optional<TableDefinition>> tables, Clock clock) {
    this.tables = tables;
    this.clock = clock;
  }

  /** Calls take effect but their answer is lost: the connection breaks instead. */
  public Fault loseAnswer(CallMatch calls) {
    return add(fault -> new FaultRule.LostAnswer(fault, calls, new AtomicLong()));
  }

  /**
   * Calls arrive twice, as when something between client and service repeats them: both take
   * effect, and the answer to the first is the one that is sent.
   */
  public Fault duplicate(CallMatch calls) {
    return add(fault -> new FaultRule.DuplicatedCall(fault, calls, new AtomicLong()));
  }

  /** Calls fail without any effect. */
  public Fault fail(CallMatch calls, Failure failure) {
    return add(fault -> new FaultRule.FailedCall(fault, calls, new AtomicLong(), failure));
  }

  /** Calls wait, before they have any effect, until the fault is released or the deadline ends. */
  public Fault delay(CallMatch calls, Duration deadline) {
    return add(fault -> new FaultRule.DelayedCall(fault, calls, new AtomicLong(), deadline));
  }

  /**
   * Answers wait, after their calls took effect, until the fault is released or the deadline ends.
   */
  public Fault delayAnswer(CallMatch calls, Duration deadline) {
    return add(fault -> new FaultRule.DelayedAnswer(fault, calls, new AtomicLong(), deadline));
  }

  /**
   * Jobs stop before one of their statements (the first is 0) until the fault is released or the
   * deadline ends.
   */
  public Fault stallJob(Predicate<String> jobId, int beforeStatement, Duration deadline) {
    return add(
        fault ->
            new FaultRule.StalledJob(
                fault, jobId, beforeStatement, FaultRule.Moment.START, deadline));
  }

  /**
   * Jobs stop after one of their statements did its work and before it commits, until the fault is
   * released or the deadline ends.
   */
  public Fault stallCommit(Predicate<String> jobId, int statement, Duration deadline) {
    return add(
        fault ->
            new FaultRule.StalledJob(fault, jobId, statement, FaultRule.Moment.COMMIT, deadline));
  }

  /** Jobs fail before one of their statements; what earlier statements did stays. */
  public Fault failJob(Predicate<String> jobId, int beforeStatement, Failure failure) {
    return add(fault -> new FaultRule.FailedJob(fault, jobId, beforeStatement, failure));
  }

  /** Every access to the table is denied, by REST and gRPC, as by a missing right. */
  public Fault denyPermission(TableRef table) {
    return add(fault -> new FaultRule.DeniedTable(fault, table));
  }

  /**
   * The Storage Write API goes on seeing the table's present columns after a change, for this long
   * after the change or until the fault is released.
   */
  public Fault lagSchema(TableRef table, Duration lag) {
    AtomicReference<List<Column>> known = new AtomicReference<>();
    tables.apply(table).ifPresent(definition -> known.set(definition.columns()));
    return add(fault -> new FaultRule.LaggingSchema(fault, table, known, lag));
  }

  /**
   * The Storage Write API does not know new tables, for this long after their creation or until the
   * fault is released.
   */
  public Fault hideNewTables(Predicate<TableRef> hidden, Duration window) {
    return add(fault -> new FaultRule.HiddenTables(fault, hidden, window));
  }

  /** Answers name no more than this many of a request's bad rows. */
  public Fault shortenRowErrors(TableRef table, int rows) {
    return add(fault -> new FaultRule.ShortenedRowErrors(fault, table, rows));
  }

  /** Ends, here and now, every open connection that writes to such a stream. */
  public Fault closeConnections(Predicate<String> stream, Failure failure) {
    Fault fault = new Fault(done -> {});
    for (OpenConnection connection : connections.get().get()) {
      if (stream.test(connection.stream()) && connection.end(failure)) {
        fault.strike();
      }
    }
    return fault;
  }

  /** Where the server's open connections are to be found. */
  public void connections(Supplier<? extends Collection<? extends OpenConnection>> open) {
    connections.set(open);
  }

  /** Releases and removes every fault. */
  public void clear() {
    rules.forEach(rule -> rule.fault().close());
  }

  /**
   * The server calls this before a call takes effect.
   *
   * @return what to do once the call has taken effect
   * @throws InjectedFailure when the call must fail
   */
  public AfterCall enter(Call call) {
    List<FaultRule> later = new ArrayList<>();
    for (FaultRule rule : rules) {
      if (rule instanceof FaultRule.CallRule strike && strike.strikes(call)) {
        if (rule instanceof FaultRule.DelayedCall delayed) {
          delayed.fault().hold(delayed.deadline());
        } else if (rule instanceof FaultRule.FailedCall failed) {
          throw new InjectedFailure(failed.failure());
        } else {
          later.add(rule);
        }
      }
    }
    return new AfterCall(later);
  }

  /**
   * The server calls this before a job's statement.
   *
   * @throws InjectedFailure when the job must fail
   */
  public void beforeStatement(String jobId, int statement) {
    stall(jobId, statement, FaultRule.Moment.START);
    for (FaultRule rule : rules) {
      if (rule instanceof FaultRule.FailedJob failed
          && failed.beforeStatement() == statement
          && failed.jobId().test(jobId)
          && !failed.fault().isReleased()) {
        failed.fault().strike();
        throw new InjectedFailure(failed.failure());
      }
    }
  }

  /** The server calls this before the work of a job's statement is committed. */
  public void beforeCommit(String jobId, int statement) {
    stall(jobId, statement, FaultRule.Moment.COMMIT);
  }

  private void stall(String jobId, int statement, FaultRule.Moment moment) {
    for (FaultRule rule : rules) {
      if (rule instanceof FaultRule.StalledJob stalled
          && stalled.statement() == statement
          && stalled.moment() == moment
          && stalled.jobId().test(jobId)
          && !stalled.fault().isReleased()) {
        stalled.fault().strike();
        stalled.fault().hold(stalled.deadline());
      }
    }
  }

  /** How many of so many bad rows an answer may name. */
  public int namedRowErrors(TableRef table, int found) {
    for (FaultRule rule : rules) {
      if (rule instanceof FaultRule.ShortenedRowErrors shortened
          && shortened.table().equals(table)
          && shortened.rows() < found
          && !shortened.fault().isReleased()) {
        shortened.fault().strike();
        return shortened.rows();
      }
    }
    return found;
  }

  /** Whether access to the table is denied now. */
  public boolean denies(TableRef table) {
    for (FaultRule rule : rules) {
      if (rule instanceof FaultRule.DeniedTable denied
          && denied.table().equals(table)
          && !denied.fault().isReleased()) {
        denied.fault().strike();
        return true;
      }
    }
    return false;
  }

  /** The table as the Storage Write API sees it now; empty while it does not see it. */
  public Optional<TableDefinition> seenByWriteApi(TableRef table) {
    Optional<TableDefinition> now = tables.apply(table);
    for (FaultRule rule : rules) {
      if (now.isEmpty() || rule.fault().isReleased()) {
        continue;
      }
      if (rule instanceof FaultRule.HiddenTables hidden
          && hidden.hidden().test(table)
          && younger(now.get().created(), hidden.window())) {
        rule.fault().strike();
        return Optional.empty();
      }
      if (rule instanceof FaultRule.LaggingSchema lagging && lagging.table().equals(table)) {
        now = now.map(definition -> lagged(definition, lagging));
      }
    }
    return now;
  }

  private TableDefinition lagged(TableDefinition definition, FaultRule.LaggingSchema lagging) {
    List<Column> known = lagging.known().get();
    if (known == null || !younger(definition.modified(), lagging.lag())) {
      lagging.known().set(definition.columns());
      return definition;
    }
    if (known.equals(definition.columns())) {
      return definition;
    }
    lagging.fault().strike();
    return definition.withColumns(known);
  }

  private boolean younger(Instant moment, Duration age) {
    return moment != null && clock.instant().isBefore(moment.plus(age));
  }

  private Fault add(Function<Fault, FaultRule> shape) {
    Fault fault = new Fault(done -> rules.removeIf(rule -> rule.fault() == done));
    rules.add(shape.apply(fault));
    return fault;
  }

  /** What remains to be done after a call took effect. */
  public static final class AfterCall {
    private final List<FaultRule> rules;

    private AfterCall(List<FaultRule> rules) {
      this.rules = rules;
    }

    /** Lets the call take effect, again where it arrives twice; returns the first outcome. */
    public <T> T effect(Supplier<T> call) {
      T first = call.get();
      if (rules.stream().anyMatch(FaultRule.DuplicatedCall.class::isInstance)) {
        try {
          var unused = call.get();
        } catch (RuntimeException e) {
          LOG.debug("A call that was delivered twice failed the second time: {}", e.getMessage());
        }
      }
      return first;
    }

    /** Waits where an answer is delayed; then tells whether the answer gets lost. */
    public boolean losesAnswer() {
      boolean lost = false;
      for (FaultRule rule : rules) {
        if (rule instanceof FaultRule.DelayedAnswer delayed) {
          delayed.fault().hold(delayed.deadline());
        }
        lost |= rule instanceof FaultRule.LostAnswer;
      }
      return lost;
    }
  }
}
