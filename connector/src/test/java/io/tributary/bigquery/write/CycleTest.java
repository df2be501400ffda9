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

  private static StagedRow read() {
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
        new NoQueue());
  }

  /** A way back that leads nowhere. */
  private static final class NoQueue implements Handle {
    @Override
    public long bytes() {
      return 0;
    }

    @Override
    public boolean ours() {
      return false;
    }

    @Override
    public boolean deadLetter(SinkException reason) {
      return false;
    }
  }

  /** Its partition went and came back. */
  @Test
  void aRecordThatWasReadOnceMoreIsSettledByItself() {
    StagedRow former = read();
    StagedRow later = read();
    Cycle cycle = Cycle.plain(null, null, 0);
    cycle.add(former);
    cycle.addAgain(later);
    SinkException reason = new SinkException(ErrorCode.ROW_INCOMPLETE, "It lacks big.");

    assertThat(cycle.landing(List.of(), Map.of()).settled()).containsExactly(AT, AT);
    assertThat(cycle.landing(List.of(), Map.of(former, reason)).settled()).containsExactly(AT);
    assertThat(cycle.landing(List.of(later), Map.of(former, reason)).settled()).isEmpty();
  }
}
