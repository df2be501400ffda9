package io.tributary.bigquery.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.FieldValueList;
import io.tributary.bigquery.connect.TaskHarness;
import io.tributary.bigquery.connect.TaskHarness.DeadLetter;
import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.fuzz.Mutation.Fate;
import io.tributary.bigquery.fuzz.Stream.Form;
import io.tributary.bigquery.testkit.Capture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterProperty;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Whatever is wrong with a record, the dead letter queue gets that record alone, the table gets its
 * neighbours, and nobody is told a value.
 */
class FuzzTest {
  private static final Map<Form, Integer> MUTANTS =
      new EnumMap<>(Map.of(Form.ENVELOPES, 1_000, Form.FLAT, 600, Form.LOOSE, 500));
  private static final int HUGE = 4;

  private final TaskHarness harness = new TaskHarness();

  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.randomValue(Random::nextLong);
  }

  @Property(tries = 1, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void setsTheBadRecordsAsideAndNoOthers(@ForAll("seeds") long seed) {
    Instant start = Instant.now();
    Random random = new Random(seed);
    Map<Form, Stream> streams = new EnumMap<>(Form.class);
    try (Capture log = new Capture()) {
      for (Form form : Form.values()) {
        streams.put(form, feed(form, random));
      }
      assertThat(log.text()).as("the log").doesNotContain(Draft.CANARY);
    }
    Map<Fate, Long> fates =
        streams.values().stream()
            .flatMap(stream -> stream.mutants().values().stream())
            .collect(Collectors.groupingBy(Mutation::fate, TreeMap::new, Collectors.counting()));
    long mutants = fates.values().stream().mapToLong(Long::longValue).sum();
    System.out.printf(
        "%d mutated records of seed %d: %s; %d s%n",
        mutants, seed, fates, Duration.between(start, Instant.now()).toSeconds());
    assertThat(mutants).isGreaterThanOrEqualTo(2_000);
    assertThat(fates.get(Fate.EITHER)).as("records of open fate").isLessThan(mutants / 5);
  }

  private Stream feed(Form form, Random random) {
    Stream stream = new Stream(form, "fuzzed_" + form.name().toLowerCase(Locale.ROOT), random);
    List<Mutation> mutations = new ArrayList<>();
    List<Mutation> kinds = form.mutations(random);
    for (int i = 0; i < MUTANTS.get(form); i++) {
      mutations.add(i < kinds.size() ? kinds.get(i) : kinds.get(random.nextInt(kinds.size())));
    }
    for (int i = 0; form == Form.ENVELOPES && i < HUGE; i++) {
      mutations.add(random.nextInt(mutations.size()), ValueMutations.huge());
    }
    RunningTask task =
        harness.task(
            Set.of(stream.partition()),
            Map.of(
                "order.by", form == Form.ENVELOPES ? "source" : "kafka",
                "schema.conflict", "dead-letter",
                "errors.tolerance", "all"));
    Map<String, Throwable> uncaught = new HashMap<>();
    for (Mutation mutation : mutations) {
      int next = stream.records().size();
      stream.addHealthy();
      stream.add(mutation);
      List<SinkRecord> two = stream.records().subList(next, stream.records().size());
      try {
        task.put(two);
      } catch (RuntimeException | StackOverflowError e) {
        uncaught.putIfAbsent(mutation.name(), e);
      }
    }
    stream.addHealthy();
    task.put(stream.records().subList(stream.records().size() - 1, stream.records().size()));
    assertThat(uncaught).as("%s", form).isEmpty();
    task.awaitApplied(Duration.ofMinutes(5));
    compare(stream, task.deadLetters());
    task.stop();
    return stream;
  }

  private void compare(Stream stream, List<DeadLetter> letters) {
    Map<Long, String> aside = new TreeMap<>();
    for (DeadLetter letter : letters) {
      long offset = letter.sinkRecord().originalKafkaOffset();
      check(name(stream, offset), letter.reason());
      aside.put(offset, name(stream, offset));
    }
    assertThat(aside).as("letters of %s", stream.table()).hasSameSizeAs(letters);
    Map<Long, String> expected = new TreeMap<>();
    stream.of(Fate.SET_ASIDE).forEach(id -> expected.put(id, name(stream, id)));
    stream.of(Fate.EITHER).stream()
        .filter(aside::containsKey)
        .forEach(id -> expected.put(id, name(stream, id)));
    assertThat(aside).as("dead letters of %s", stream.table()).isEqualTo(expected);

    Map<Long, String> rows = new TreeMap<>();
    for (FieldValueList row :
        harness.read("SELECT id, v FROM `ds." + stream.table() + "`").iterateAll()) {
      rows.put(row.get(0).getLongValue(), row.get(1).isNull() ? null : row.get(1).getStringValue());
    }
    Set<Long> stored = new TreeSet<>(stream.healthy().keySet());
    stored.addAll(stream.of(Fate.STORED));
    stream.of(Fate.EITHER).stream().filter(id -> !aside.containsKey(id)).forEach(stored::add);
    assertThat(rows.keySet()).as("rows of %s", stream.table()).isEqualTo(stored);
    assertThat(rows).containsAllEntriesOf(stream.healthy());
  }

  private static String name(Stream stream, long id) {
    Mutation mutation = stream.mutants().get(id);
    return mutation == null ? "healthy" : mutation.name();
  }

  private static void check(String name, Throwable reason) {
    assertThat(reason)
        .as(name)
        .isInstanceOfSatisfying(
            SinkException.class,
            e -> assertThat(e.code().family()).isEqualTo(ErrorCode.Family.RECORD));
    for (Throwable each = reason; each != null; each = each.getCause()) {
      assertThat(String.valueOf(each.getMessage())).as(name).doesNotContain(Draft.CANARY);
      assertThat(String.valueOf(each.getMessage())).as(name).doesNotContain("271828");
    }
  }

  @AfterProperty
  void close() {
    harness.close();
  }
}
