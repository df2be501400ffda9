package io.tributary.bigquery.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SinkExceptionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Append to t: no such stream",
        "Append to t: no such stream.",
        "Append to t: no such stream.."
      })
  void theDetailStandsBetweenCodeAndRemedyAsOneSentence(String detail) {
    ErrorCode code = ErrorCode.WRITE_REFUSED;
    assertThat(new SinkException(code, detail))
        .hasMessage(code.code() + " Append to t: no such stream. " + code.remedy());
  }
}
