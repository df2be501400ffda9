package io.tributary.bigquery.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.change.Mark.Kind;
import io.tributary.bigquery.offset.RecordPosition;
import org.junit.jupiter.api.Test;

final class InMemorySnapshotMarksTest {
  private static final long QUARTER_OF_A_DAY = 21_600_000_000L;

  private final InMemorySnapshotMarks marks = new InMemorySnapshotMarks();

  @Test
  void ofHowFarAStreamHadComeTheFirstOfADayAndTheLastAreKept() {
    for (int offset = 0; offset < 6; offset++) {
      marks.note(mark(Kind.STREAM, offset, offset * QUARTER_OF_A_DAY));
    }
    assertThat(at(Kind.STREAM, 0).at().offset()).isEqualTo(0);
    assertThat(at(Kind.STREAM, 3).at().offset()).as("the first of the first day").isEqualTo(0);
    assertThat(at(Kind.STREAM, 4).at().offset()).as("the first of the second day").isEqualTo(4);
    assertThat(at(Kind.STREAM, 9).at().offset()).as("the last").isEqualTo(5);
    assertThat(marks.takeNew()).as("what is to be saved").hasSize(6);
  }

  @Test
  void everySnapshotIsKept() {
    marks.note(mark(Kind.SNAPSHOT, 10, 100));
    marks.note(mark(Kind.SNAPSHOT, 20, 200));
    assertThat(at(Kind.SNAPSHOT, 15)).isEqualTo(mark(Kind.SNAPSHOT, 10, 100));
    assertThat(at(Kind.SNAPSHOT, 20)).isEqualTo(mark(Kind.SNAPSHOT, 20, 200));
  }

  private Mark at(Kind kind, long offset) {
    return marks.at(kind, 0, new RecordPosition("t", 0, offset));
  }

  private static Mark mark(Kind kind, long offset, long position) {
    return new Mark(kind, new RecordPosition("t", 0, offset), 0, "", position, position);
  }
}
