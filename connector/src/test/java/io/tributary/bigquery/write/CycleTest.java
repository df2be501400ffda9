package io.tributary.bigquery.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.change.RowChange.Move;
import io.tributary.bigquery.change.SourcePosition;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.offset.RecordPosition;
import io.tributary.bigquery.row.EncodedRow;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CycleTest {
  private static final RecordPosition AT = new RecordPosition("t", 0, 7);

  private static StagedRow read(Handle way) {
    return new StagedRow(
        StagedRow.Op.UPSERT,
        new EncodedRow(new byte[] {1}, new byte[0], List.of("big")),
        new SourcePosition(0, 1, 1, 7),
        Move.NONE,
        null,
        new StagedRow.Told("u", null, null, null),
        AT,
        null,
        0,
        way);
  }

  /** Of a record that was read when its partition was the task's, or not. */
  private static final class Way implements Handle {
    private final boolean ours;

    private Way(boolean ours) {
      this.ours = ours;
    }

    @Override
    public long bytes() {
      return 0;
    }

    @Override
    public boolean ours() {
      return ours;
    }

    @Override
    public boolean deadLetter(SinkException reason) {
      return false;
    }
  }

  private final StagedRow former = read(new Way(false));
  private final StagedRow later = read(new Way(true));
  private final Cycle cycle = Cycle.plain(null, null, 0);
  private final SinkException reason = new SinkException(ErrorCode.ROW_INCOMPLETE, "It lacks big.");

  private List<RecordPosition> settled(List<StagedRow> again, Map<StagedRow, SinkException> bad) {
    return cycle.landing(again, bad).settled();
  }

  /** Its partition went and came back. */
  @Test
  void aRecordThatWasReadOnceMoreIsSettledWhenTheLaterCopyIsDone() {
    cycle.addAgain(former);
    cycle.add(later);
    assertThat(settled(List.of(), Map.of())).containsOnly(AT);
    assertThat(settled(List.of(), Map.of(former, reason))).containsExactly(AT);
    assertThat(settled(List.of(), Map.of(later, reason))).as("by its dead letter").isEmpty();
    assertThat(settled(List.of(later), Map.of(former, reason))).isEmpty();
    assertThat(settled(List.of(former), Map.of())).isEmpty();
    assertThat(settled(List.of(later), Map.of())).isEmpty();
  }

  @Test
  void ofTwoCopiesOfARecordAHistoryGetsTheLater() {
    assertThat(ExactlyOnce.once(List.of(former, later))).containsExactly(later);
    assertThat(ExactlyOnce.once(List.of(later, former))).containsExactly(former);
  }

  @Test
  void whatIsLeftToTheNextOwnerIsNotSettled() {
    cycle.add(former);
    assertThat(settled(List.of(), Map.of(former, reason))).isEmpty();
  }

  /** What stands for both goes again, so both do. */
  @Test
  void aDeleteThatIsRepeatedIsNotSettledBeforeTheOther() {
    Cycle compacted = Cycle.compacted(null, null, 0);
    compacted.add(delete(7));
    compacted.add(delete(8));
    StagedRow both = compacted.rows().get(0);
    assertThat(compacted.rows()).hasSize(1);
    assertThat(compacted.landing(List.of(both), Map.of()).settled()).isEmpty();
    assertThat(compacted.landing(List.of(), Map.of()).settled()).hasSize(2);
  }

  private static StagedRow delete(long offset) {
    return new StagedRow(
        StagedRow.Op.DELETE,
        new EncodedRow(new byte[] {1}, new byte[0], List.of("big")),
        new SourcePosition(0, 1, 1, offset),
        Move.NONE,
        null,
        new StagedRow.Told("d", null, null, null),
        new RecordPosition("t", 0, offset),
        null,
        0,
        new Way(true));
  }
}
