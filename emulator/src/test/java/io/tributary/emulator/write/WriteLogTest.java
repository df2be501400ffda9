package io.tributary.emulator.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is remembered of appends. */
class WriteLogTest {
  @Test
  void theLastHundredThousandAppendsAreRemembered() {
    WriteLog log = new WriteLog();
    for (long offset = 0; offset < 100_003; offset++) {
      log.add(new AppendRecord("s", "DEFAULT", offset, 1, 8, "c", "", Instant.EPOCH, "OK"));
    }
    List<AppendRecord> appends = log.appends();
    assertThat(appends).hasSize(100_000);
    assertThat(appends.get(0).offset()).isEqualTo(3);
    assertThat(appends.get(99_999).offset()).isEqualTo(100_002);
  }
}
