package io.tributary.emulator.write;

import static io.tributary.emulator.write.Changes.delete;
import static io.tributary.emulator.write.Changes.upsert;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import io.grpc.Status;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sequence numbers, which order the changes of a key. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class ChangeSequenceTest {
  private final Changes changes;

  ChangeSequenceTest(BigQueryUnderTest bigQuery) {
    this.changes = Changes.ofNewTable(bigQuery);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2, second",
    "2, 1, first",
    "B, A, first",
    "FFF/B, FFF/ABC, second",
    "BA/FFFFFFFF, ABC, second",
    "FFF/ABC, ABC, first",
    "ABC, FFF/ABC, second",
    "fff, FFE, first",
    "0, 00/0, second",
    "0/0/0/0, FFFFFFFFFFFFFFFF/FFFFFFFFFFFFFFFF/FFFFFFFFFFFFFFFF/FFFFFFFFFFFFFFFF, second",
    "7FFFFFFFFFFFFFFF, 8000000000000000, second",
    "000a, A, second",
    "1/2/3/4, 1/2/3/4, second",
  })
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says =
          "Of two changes of a key the one with the greater _CHANGE_SEQUENCE_NUMBER "
              + "wins, whichever comes first.",
      source = Sources.CHANGE_DATA_CAPTURE)
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says =
          "Sequence numbers are compared section by section as unsigned hexadecimal "
              + "numbers; a missing section ranks lowest.",
      source = Sources.CHANGE_DATA_CAPTURE)
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "Of equal sequence numbers the later one wins.",
      source = Sources.CHANGE_DATA_CAPTURE)
  void sequenceNumbersDecide(String first, String second, String winner) {
    changes.store(upsert(1, "first", first));
    changes.store(upsert(1, "second", second));
    assertThat(changes.read()).containsExactly("1 " + winner);
  }

  @Test
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "Sequence numbers decide among the changes of one request.",
      source = Sources.BIGQUERY_RS)
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "A DELETE outranks a later UPSERT with a smaller sequence number.",
      source = Sources.CHANGE_DATA_CAPTURE)
  void sequenceNumbersDecideWithinARequest() {
    changes.store(delete(2, "4"), upsert(1, "b", "2"), upsert(1, "a", "1"), upsert(2, "c", "3"));
    assertThat(changes.read()).containsExactly("1 b");
    changes.store(upsert(2, "late", "3"));
    assertThat(changes.read()).as("the delete is remembered").containsExactly("1 b");
    changes.store(upsert(2, "new", "5"));
    assertThat(changes.read()).containsExactly("1 b", "2 new");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "G", "1/", "/1", "1//2", "1/2/3/4/5", "-1", "0x1", " 1", "12345678901234567"})
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says =
          "A sequence number has one to four sections of one to sixteen hexadecimal "
              + "digits, separated by slashes; another text is refused.",
      source = Sources.CHANGE_DATA_CAPTURE)
  void refusesMalformedSequenceNumbers(String sequence) {
    AppendRowsResponse answer = changes.send(upsert(1, "a", "1"), upsert(2, "b", sequence));
    assertThat(answer.getError().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT.value());
    assertThat(answer.getRowErrorsList())
        .singleElement()
        .satisfies(e -> assertThat(e.getIndex()).isOne());
    assertThat(changes.read()).isEmpty();
  }
}
