package io.tributary.emulator.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.faults.CallMatch;
import io.tributary.emulator.faults.Failure;
import io.tributary.emulator.faults.Fault;
import io.tributary.emulator.faults.Faults;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A fault as the control endpoint takes it: {@code kind} says which, the rest is its own. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = FaultOrder.LoseAnswer.class, name = "loseAnswer"),
  @JsonSubTypes.Type(value = FaultOrder.Duplicate.class, name = "duplicate"),
  @JsonSubTypes.Type(value = FaultOrder.Fail.class, name = "fail"),
  @JsonSubTypes.Type(value = FaultOrder.Delay.class, name = "delay"),
  @JsonSubTypes.Type(value = FaultOrder.DelayAnswer.class, name = "delayAnswer"),
  @JsonSubTypes.Type(value = FaultOrder.StallJob.class, name = "stallJob"),
  @JsonSubTypes.Type(value = FaultOrder.StallCommit.class, name = "stallCommit"),
  @JsonSubTypes.Type(value = FaultOrder.FailJob.class, name = "failJob"),
  @JsonSubTypes.Type(value = FaultOrder.DenyPermission.class, name = "denyPermission"),
  @JsonSubTypes.Type(value = FaultOrder.LagSchema.class, name = "lagSchema"),
  @JsonSubTypes.Type(value = FaultOrder.HideNewTables.class, name = "hideNewTables"),
  @JsonSubTypes.Type(value = FaultOrder.ShortenRowErrors.class, name = "shortenRowErrors"),
  @JsonSubTypes.Type(value = FaultOrder.CloseConnections.class, name = "closeConnections")
})
sealed interface FaultOrder {
  /** Puts the fault into the script. */
  Fault place(Faults faults);

  /**
   * Reads an order.
   *
   * @throws BigQueryError if it is none, or lacks what its kind needs
   */
  static FaultOrder read(ObjectNode body) {
    try {
      return Json.MAPPER.convertValue(body, FaultOrder.class);
    } catch (IllegalArgumentException e) {
      throw BigQueryError.invalid("Not a fault: " + e.getMessage().lines().findFirst().orElse(""));
    }
  }

  /** See {@link Faults#loseAnswer}. */
  record LoseAnswer(@JsonProperty(required = true) Calls calls) implements FaultOrder {
    @Override
    public Fault place(Faults faults) {
      return faults.loseAnswer(calls.match());
    }
  }

  /** See {@link Faults#duplicate}. */
  record Duplicate(@JsonProperty(required = true) Calls calls) implements FaultOrder {
    @Override
    public Fault place(Faults faults) {
      return faults.duplicate(calls.match());
    }
  }

  /** See {@link Faults#fail}. */
  record Fail(
      @JsonProperty(required = true) Calls calls, @JsonProperty(required = true) JsonNode failure)
      implements FaultOrder {
    @Override
    public Fault place(Faults faults) {
      return faults.fail(calls.match(), described(failure));
    }
  }

  /** See {@link Faults#delay}. */
  record Delay(
      @JsonProperty(required = true) Calls calls, @JsonProperty(required = true) double seconds)
      implements FaultOrder {
    @Override
    public Fault place(Faults faults) {
      return faults.delay(calls.match(), duration(seconds));
    }
  }

  /** See {@link Faults#delayAnswer}. */
  record DelayAnswer(
      @JsonProperty(required = true) Calls calls, @JsonProperty(required = true) double seconds)
      implements FaultOrder {
    @Override
    public Fault place(Faults faults) {
      return faults.delayAnswer(calls.match(), duration(seconds));
    }
  }

  /** See {@link Faults#stallJob}. */
  record StallJob(
      @JsonProperty(required = true) String job,
      int statement,
      @JsonProperty(required = true) double seconds)
      implements FaultOrder {
    @Override
    public Fault place(Faults faults) {
      return faults.stallJob(found(job), statement, duration(seconds));
    }
  }

  /** See {@link Faults#stallCommit}. */
  record StallCommit(
      @JsonProperty(required = true) String job,
      int statement,
      @JsonProperty(required = true) double seconds)
      implements FaultOrder {
    @Override
    public Fault place(Faults faults) {
      return faults.stallCommit(found(job), statement, duration(seconds));
    }
  }

  /** See {@link Faults#failJob}. */
  record FailJob(
      @JsonProperty(required = true) String job,
      int statement,
      @JsonProperty(required = true) JsonNode failure)
      implements FaultOrder {
    @Override
    public Fault place(Faults faults) {
      return faults.failJob(found(job), statement, described(failure));
    }
  }

  /** See {@link Faults#denyPermission}. */
  record DenyPermission(@JsonProperty(required = true) String table) implements FaultOrder {
    @Override
    public Fault place(Faults faults) {
      return faults.denyPermission(ref(table));
    }
  }

  /** See {@link Faults#lagSchema}. */
  record LagSchema(
      @JsonProperty(required = true) String table, @JsonProperty(required = true) double seconds)
      implements FaultOrder {
    @Override
    public Fault place(Faults faults) {
      return faults.lagSchema(ref(table), duration(seconds));
    }
  }

  /** See {@link Faults#hideNewTables}; without a table it hides every new one. */
  record HideNewTables(String table, @JsonProperty(required = true) double seconds)
      implements FaultOrder {
    @Override
    public Fault place(Faults faults) {
      Predicate<TableRef> hidden = table == null ? any -> true : ref(table)::equals;
      return faults.hideNewTables(hidden, duration(seconds));
    }
  }

  /** See {@link Faults#shortenRowErrors}. */
  record ShortenRowErrors(
      @JsonProperty(required = true) String table, @JsonProperty(required = true) int rows)
      implements FaultOrder {
    @Override
    public Fault place(Faults faults) {
      return faults.shortenRowErrors(ref(table), rows);
    }
  }

  /** See {@link Faults#closeConnections}; without a stream it closes all, as unavailable. */
  record CloseConnections(String stream, JsonNode failure) implements FaultOrder {
    @Override
    public Fault place(Faults faults) {
      return faults.closeConnections(
          stream == null ? any -> true : found(stream),
          failure == null ? Failure.unavailable() : described(failure));
    }
  }

  /**
   * Which calls a fault strikes.
   *
   * @param method Google's name such as {@code AppendRows}
   * @param table only calls about this table, {@code project.dataset.table}
   * @param stream only calls about streams whose name the pattern finds itself in
   * @param job only calls about jobs whose id the pattern finds itself in
   * @param nth only the n-th of these calls, from 1
   * @param times only the first of these calls
   * @param every every n-th of these calls
   */
  record Calls(
      @JsonProperty(required = true) String method,
      String table,
      String stream,
      String job,
      Long nth,
      Long times,
      Long every) {
    CallMatch match() {
      if (every != null && every < 1) {
        throw BigQueryError.invalid("every: not 1 or more: " + every);
      }
      CallMatch match = CallMatch.of(method);
      match = table == null ? match : match.onTable(ref(table));
      match = stream == null ? match : match.onStream(found(stream));
      match = job == null ? match : match.onJob(found(job));
      match = times == null ? match : match.times(times);
      match = every == null ? match : match.every(every);
      return nth == null ? match : match.nth(nth);
    }
  }

  private static Predicate<String> found(String pattern) {
    try {
      return Pattern.compile(pattern).asPredicate();
    } catch (PatternSyntaxException e) {
      throw BigQueryError.invalid("Not a regular expression: " + pattern);
    }
  }

  private static TableRef ref(String name) {
    String[] parts = name.split("\\.", -1);
    if (parts.length != 3) {
      throw BigQueryError.invalid("Not a table, project.dataset.table: " + name);
    }
    return new TableRef(parts[0], parts[1], parts[2]);
  }

  private static Duration duration(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }

  private static Failure described(JsonNode json) {
    if (json.isObject()) {
      return Json.MAPPER.convertValue(json, Failure.class);
    }
    return switch (json.asText()) {
      case "unavailable" -> Failure.unavailable();
      case "internal" -> Failure.internal();
      case "rateLimitExceeded" -> Failure.rateLimitExceeded();
      case "quotaExceeded" -> Failure.quotaExceeded();
      default -> throw BigQueryError.invalid("Not a failure: " + json);
    };
  }
}
