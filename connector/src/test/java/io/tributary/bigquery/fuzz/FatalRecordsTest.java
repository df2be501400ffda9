package io.tributary.bigquery.fuzz;

import static io.tributary.bigquery.fuzz.Draft.CANARY;
import static io.tributary.bigquery.fuzz.Draft.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.bigquery.FieldValueList;
import io.tributary.bigquery.connect.TaskHarness;
import io.tributary.bigquery.connect.TaskHarness.RunningTask;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.fuzz.Stream.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Records that cannot be set aside alone, because they tell of a stream that is set up wrong: the
 * task stops with a code before it passes them, and their neighbours wait for it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FatalRecordsTest {
  @SuppressWarnings("ImmutableEnumChecker") // its functions keep nothing
  enum Fatal {
    TWO_COLUMNS_OF_ONE_NAME(ErrorCode.NAME_COLLISION, draft -> draft.row.set("V", TEXT, CANARY)),
    COLUMN_OF_THE_SINK(
        ErrorCode.TABLE_UNFIT, draft -> draft.row.set("change_metadata", TEXT, CANARY)),
    COLUMN_OF_THE_STAGING_TABLE(
        ErrorCode.TABLE_UNFIT, draft -> draft.row.set("trib_kind", TEXT, CANARY)),
    OTHER_KEY(
        ErrorCode.TABLE_UNFIT,
        draft -> draft.keys.drop("id").set("n", Schema.INT64_SCHEMA, draft.id)),
    LONGER_KEY(ErrorCode.TABLE_UNFIT, draft -> draft.keys.set("n", Schema.INT64_SCHEMA, draft.id)),
    OTHER_DATABASE(
        ErrorCode.POSITION_UNKNOWN,
        draft -> draft.source.set("connector", Schema.STRING_SCHEMA, CANARY)),
    SEQUENCE_OF_NOTHING(
        ErrorCode.POSITION_UNKNOWN, draft -> draft.source.set("sequence", TEXT, CANARY)),
    ROW_WITHOUT_ENVELOPE(
        ErrorCode.POSITIONS_MIXED,
        draft -> draft.value(draft.row.struct().schema(), draft.row.struct())),
    MAP_WITHOUT_ENVELOPE(ErrorCode.POSITIONS_MIXED, draft -> draft.value(null, draft.looseRow())),
    OLDER_SNAPSHOT(
        ErrorCode.LOG_RESTARTED,
        draft -> {
          draft.envelope.value("op", "r");
          draft.source.value("sequence", "[null,\"7\"]").value("lsn", 7L);
        });

    private final ErrorCode code;
    private final Consumer<Draft> change;

    Fatal(ErrorCode code, Consumer<Draft> change) {
      this.code = code;
      this.change = change;
    }
  }

  private TaskHarness harness;

  @BeforeAll
  void open() {
    harness = new TaskHarness();
  }

  @ParameterizedTest
  @EnumSource
  void stopTheTaskWithACodeAndWithoutALoss(Fatal fatal) {
    Stream stream = new Stream(Form.ENVELOPES, fatal.name().toLowerCase(Locale.ROOT), new Random());
    stream.add(Mutation.stored("snapshot", (draft, random) -> draft.snapshot()));
    stream.addHealthy();
    stream.add(
        new Mutation(
            fatal.name(), Mutation.Fate.SET_ASIDE, (draft, random) -> fatal.change.accept(draft)));
    stream.addHealthy();
    RunningTask task = task(stream);
    SinkException stop =
        catchThrowableOfType(SinkException.class, () -> task.put(stream.records()));
    assertThat(stop).isNotNull();
    assertThat(stop.code()).isEqualTo(fatal.code);
    for (Throwable each = stop; each != null; each = each.getCause()) {
      assertThat(each.getMessage()).doesNotContain(CANARY);
    }
    assertThat(task.committed().get(stream.partition())).isLessThanOrEqualTo(2);
    assertThat(task.deadLetters()).isEmpty();
    task.stop();

    RunningTask heir = task(stream);
    List<SinkRecord> others = new ArrayList<>(stream.records());
    others.remove(2);
    heir.put(others);
    heir.awaitApplied();
    Set<Long> ids = new TreeSet<>();
    for (FieldValueList row :
        harness.read("SELECT id FROM `ds." + stream.table() + "`").iterateAll()) {
      ids.add(row.get(0).getLongValue());
    }
    assertThat(ids).containsExactly(0L, 1L, 3L);
    assertThat(heir.deadLetters()).isEmpty();
    heir.stop();
  }

  private RunningTask task(Stream stream) {
    return harness.task(Set.of(stream.partition()), Map.of("schema.conflict", "dead-letter"));
  }

  @AfterAll
  void close() {
    harness.close();
  }
}
