package io.tributary.bigquery.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.FieldValueList;
import com.sun.management.ThreadMXBean;
import io.tributary.bigquery.connect.TaskHarness;
import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.fuzz.Mutation.Fate;
import io.tributary.bigquery.fuzz.Stream.Form;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Values that are far too large or deep are set aside alone, and hardly any memory is taken for
 * them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BombsTest {
  private static final int HUGE = 100_000_000;

  /** What a put may take for a row of any size. */
  private static final long MEMORY = 200L << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @SuppressWarnings("ImmutableEnumChecker") // its functions keep nothing
  enum Bomb {
    TEXT(ErrorCode.ROW_TOO_LARGE, draft -> draft.row.value("v", "x".repeat(HUGE))),
    WIDE_TEXT(ErrorCode.ROW_TOO_LARGE, draft -> draft.row.value("v", "\u20ac".repeat(HUGE / 2))),
    BYTES(ErrorCode.ROW_TOO_LARGE, draft -> draft.row.value("b", new byte[HUGE])),
    ARRAY(ErrorCode.ROW_TOO_LARGE, draft -> draft.row.value("list", many())),
    JSON(ErrorCode.ROW_TOO_LARGE, draft -> draft.row.value("doc", "\"" + "x".repeat(HUGE) + "\"")),
    DEEP_JSON(
        ErrorCode.VALUE_UNFIT,
        draft -> draft.row.value("doc", "[".repeat(HUGE / 2) + "]".repeat(HUGE / 2))),
    /** Connect itself cannot make a value of 1,000 levels. */
    DEEP_SCHEMA(ErrorCode.VALUE_UNFIT, draft -> SchemaMutations.nest(draft, 700));

    private final ErrorCode code;
    private final Consumer<Draft> change;

    Bomb(ErrorCode code, Consumer<Draft> change) {
      this.code = code;
      this.change = change;
    }

    private static List<String> many() {
      List<String> items = new ArrayList<>();
      String one = "x".repeat(1_000_000);
      for (int i = 0; i < 1_000; i++) {
        items.add(one);
      }
      return items;
    }
  }

  private TaskHarness harness;

  @BeforeAll
  void open() {
    harness = new TaskHarness();
  }

  @ParameterizedTest
  @EnumSource
  void isSetAsideAlone(Bomb bomb) {
    Stream stream =
        new Stream(Form.FLAT, "bomb_" + bomb.name().toLowerCase(Locale.ROOT), new Random());
    RunningTask task =
        harness.task(
            Set.of(stream.partition()), Map.of("order.by", "kafka", "errors.tolerance", "all"));
    stream.addHealthy();
    task.put(stream.records());
    task.awaitApplied();
    stream.add(
        new Mutation(bomb.name(), Fate.SET_ASIDE, (draft, random) -> bomb.change.accept(draft)));
    long before = THREADS.getCurrentThreadAllocatedBytes();
    task.put(stream.records().subList(1, 2));
    long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
    stream.addHealthy();
    task.put(stream.records().subList(2, 3));
    task.awaitApplied();

    assertThat(task.deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.sinkRecord().kafkaOffset()).isEqualTo(1);
              assertThat(((SinkException) letter.reason()).code()).isEqualTo(bomb.code);
            });
    assertThat(taken).isLessThan(MEMORY);
    Set<Long> ids = new TreeSet<>();
    for (FieldValueList row :
        harness.read("SELECT id FROM `ds." + stream.table() + "`").iterateAll()) {
      ids.add(row.get(0).getLongValue());
    }
    assertThat(ids).containsExactly(0L, 2L);
    task.stop();
  }

  @AfterAll
  void close() {
    harness.close();
  }
}
