package io.tributary.emulator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.contract.EmulatorOnly;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Answers must not wait for acknowledgements of TCP, which take 40 ms. */
@EmulatorOnly
@ExtendWith(BigQueryUnderTest.Shared.class)
final class PromptAnswersTest {
  @Test
  void anAnswerIsNotHeldBack(BigQueryUnderTest bigQuery) {
    TableId table = bigQuery.newTable(Field.of("id", StandardSQLTypeName.INT64));
    long quickest =
        LongStream.generate(
                () -> {
                  long start = System.nanoTime();
                  bigQuery.rest().getTable(table);
                  return System.nanoTime() - start;
                })
            .limit(50)
            .min()
            .orElseThrow();
    assertThat(Duration.ofNanos(quickest)).isLessThan(Duration.ofMillis(30));
  }
}
