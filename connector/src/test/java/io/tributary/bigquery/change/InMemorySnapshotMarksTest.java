package io.tributary.bigquery.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.change.Mark.Kind;
import io.tributary.bigquery.offset.RecordPosition;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InMemorySnapshotMarksTest {
  private final InMemorySnapshotMarks marks = new InMemorySnapshotMarks();

  @Test
  void ofHowFarAStreamHadComeOnlyTheLastIsKept() {
    marks.note(mark(Kind.STREAM, 10, 100));
    marks.note(mark(Kind.STREAM, 20, 200));
    assertThat(at(Kind.STREAM, 25)).isEqualTo(mark(Kind.STREAM, 20, 200));
    assertThat(at(Kind.STREAM, 15)).as("a mark of before").isNull();
    assertThat(marks.takeNew()).as("what is to be saved").hasSize(2);
  }

  @Test
  void aStreamThatIsReadAgainHasAMarkOfItsOwnBesides() {
    marks.load(List.of(mark(Kind.STREAM, 20, 200)));
    marks.note(mark(Kind.STREAM, 5, 50));
    marks.note(mark(Kind.STREAM, 15, 150));
    assertThat(at(Kind.STREAM, 10)).isNull();
    assertThat(at(Kind.STREAM, 19)).isEqualTo(mark(Kind.STREAM, 15, 150));
    assertThat(at(Kind.STREAM, 20)).isEqualTo(mark(Kind.STREAM, 20, 200));
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
