package io.tributary.bigquery.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.table.JobState;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChainHeadTest {
  @ParameterizedTest(name = "{1} jobs, label {0}: starts at {2}")
  @CsvSource({
    ", 0, 1",
    ", 1, 1",
    ", 2, 2",
    ", 3, 3",
    ", 7, 7",
    ", 8, 8",
    ", 9, 9",
    ", 1000, 1000",
    "64, 64, 65",
    "64, 65, 65",
    "64, 127, 127",
    "5000, 0, 5001"
  })
  void findsTheLastJob(String label, long jobs, long expected) {
    AtomicInteger questions = new AtomicInteger();
    ChainHead head =
        new ChainHead(
            number -> {
              questions.incrementAndGet();
              return number <= jobs
                  ? new JobState.Succeeded(Instant.EPOCH, Map.of())
                  : new JobState.Absent();
            },
            Optional.ofNullable(label));
    assertThat(head.find()).isEqualTo(expected);
    assertThat(questions.get()).isLessThan(25);
  }
}
