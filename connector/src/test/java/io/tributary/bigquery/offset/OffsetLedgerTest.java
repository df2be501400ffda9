package io.tributary.bigquery.offset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OffsetLedgerTest {
  private static final TopicPartition P = new TopicPartition("t", 0);

  private final OffsetLedger ledger = new OffsetLedger();

  OffsetLedgerTest() {
    ledger.open(List.of(P));
  }

  @Test
  void commitsUpToTheFirstUnsettledRecord() {
    receive(5, 6, 7);
    settle(5, 7);
    assertThat(committable(8)).isEqualTo(6);
    settle(6);
    assertThat(committable(8)).isEqualTo(8);
  }

  @Test
  void passesHolesAndRecordsThatNeverArrived() {
    receive(5, 9);
    settle(5, 9);
    assertThat(committable(12)).isEqualTo(12);
  }

  @Test
  void waitsForSettledRecordsThatAreDeliveredAgain() {
    receive(5, 6);
    settle(5, 6);
    assertThat(committable(7)).isEqualTo(7);
    receive(5, 6);
    assertThat(committable(7)).isEqualTo(5);
    settle(5, 6);
    assertThat(committable(7)).isEqualTo(7);
  }

  @Test
  void followsATopicThatBeginsAgain() {
    receive(999, 1_000);
    settle(999, 1_000);
    assertThat(committable(1_001)).isEqualTo(1_001);
    receive(0, 1, 2);
    settle(0, 2);
    assertThat(committable(3)).isEqualTo(1);
    settle(1);
    assertThat(committable(3)).isEqualTo(3);
  }

  @Test
  void keepsWaitingForUnsettledRecordsThatAreDeliveredAgain() {
    receive(5, 6);
    settle(5);
    assertThat(committable(7)).isEqualTo(6);
    receive(5, 6);
    settle(5);
    assertThat(committable(7)).isEqualTo(6);
    settle(6);
    assertThat(committable(7)).isEqualTo(7);
  }

  @Test
  void knowsNothingOfPartitionsThatWereLost() {
    receive(5);
    ledger.close(List.of(P));
    assertThat(ledger.received(new RecordPosition("t", 0, 6))).isFalse();
    assertThat(ledger.committable(Map.of(P, new OffsetAndMetadata(9)))).isEmpty();
    ledger.settled(new RecordPosition("t", 0, 5));
    assertThat(ledger.pending()).isZero();
  }

  /**
   * A model that keeps every record: what is committable is what lies before the first that is not
   * settled.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void agreesWithANaiveModel(long seed) {
    Random random = new Random(seed);
    TreeMap<Long, Boolean> model = new TreeMap<>();
    List<Long> open = new ArrayList<>();
    long next = 0;
    long committed = 0;
    for (int step = 0; step < 2_000; step++) {
      int move = random.nextInt(10);
      if (move < 5) {
        next += 1 + random.nextInt(3);
        receive(next);
        model.put(next, false);
        open.add(next);
      } else if (move < 9 && !open.isEmpty()) {
        long offset = open.remove(random.nextInt(open.size()));
        settle(offset);
        model.put(offset, true);
      } else if (!model.isEmpty()) {
        for (long again : model.tailMap(committed, true).keySet()) {
          receive(again);
          if (model.get(again)) {
            settle(again);
          }
        }
      }
      long end = next + 1;
      committed =
          model.entrySet().stream()
              .filter(entry -> !entry.getValue())
              .mapToLong(Map.Entry::getKey)
              .min()
              .orElse(end);
      assertThat(committable(end)).as("seed %d step %d", seed, step).isEqualTo(committed);
    }
  }

  private void receive(long... offsets) {
    for (long offset : offsets) {
      assertThat(ledger.received(new RecordPosition("t", 0, offset))).isTrue();
    }
  }

  private void settle(long... offsets) {
    for (long offset : offsets) {
      ledger.settled(new RecordPosition("t", 0, offset));
    }
  }

  private long committable(long consumed) {
    return ledger.committable(Map.of(P, new OffsetAndMetadata(consumed))).get(P).offset();
  }
}
