package io.tributary.bigquery.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.emulator.junit.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TurnsTest {
  private static final TableId TABLE = new TableId("p", "d", "t");
  private static final Step.CreateTable CREATION =
      new Step.CreateTable(
          TABLE, List.of(Column.nullable("a", ColumnType.INT64)), List.of(), Traits.NONE);

  private final MovableClock clock = MovableClock.running();
  private final Remembering service = new Remembering();
  private final Turns turns = new Turns(service, new Patience(Duration.ofSeconds(20)), clock);

  @Test
  void aTableThatIsDroppedCanBeMadeAgainAsOftenAsOneLikes() {
    for (int i = 1; i <= 20; i++) {
      turns.make(CREATION, Optional.empty());
      assertThat(service.made).as("no turn of a former time is waited for").isEqualTo(i);
      clock.advance(Duration.ofHours(1));
    }
  }

  @Test
  void whatATaskOfAnotherHourHasDoneIsDone() {
    Step.Statement addition = new Step.AddPrimaryKey(TABLE, List.of("a"));
    service.failsAsDone = true;
    turns.make(addition, Optional.empty());
    assertThat(service.ids).hasSize(1);
  }

  /** Gives every job id away once, and never forgets one. */
  private static final class Remembering implements TableAdmin {
    private final Set<String> ids = new HashSet<>();
    private int made;
    private boolean failsAsDone;

    @Override
    public Answer<Optional<TableSchema>> describe(TableId table) {
      return new Answer.Ok<>(
          failsAsDone
              ? Optional.of(new TableSchema(table, CREATION.columns(), List.of(), Map.of(), "e"))
              : Optional.empty());
    }

    @Override
    public Answer<Void> apply(Step step) {
      made++;
      return new Answer.Ok<>(null);
    }

    @Override
    public Submission submit(String jobId, String script, Map<String, String> labels) {
      return ids.add(jobId) ? new Submission.Taken() : new Submission.IdInUse();
    }

    @Override
    public Answer<JobState> job(String jobId) {
      return new Answer.Ok<>(
          new JobState.Failed(Instant.EPOCH, "invalid: it is done already", false));
    }

    @Override
    public Answer<List<List<String>>> read(String sql) {
      throw new UnsupportedOperationException();
    }
  }
}
