package io.tributary.bigquery.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Debezium's PostgreSQL connector sends for an unchanged out-of-line value, by type. */
class PlaceholdersTest {
  private static final String TEXT = CodecSettings.DEFAULT_PLACEHOLDER;
  private static final byte[] BYTES = TEXT.getBytes(StandardCharsets.UTF_8);

  private final Placeholders placeholders = new Placeholders(List.of(TEXT, "hex:00ff"));

  private static List<Object> integers() {
    List<Object> integers = new ArrayList<>();
    for (byte b : BYTES) {
      integers.add((int) b);
    }
    return integers;
  }

  static Stream<Object> unavailable() {
    return Stream.of(
        TEXT,
        BYTES,
        ByteBuffer.wrap(BYTES),
        "{\"" + TEXT + "\":\"" + TEXT + "\"}",
        Map.of(TEXT, TEXT),
        List.of(TEXT),
        List.of(ByteBuffer.wrap(BYTES)),
        integers(),
        integers().stream().map(b -> ((Integer) b).longValue()).toList(),
        List.of("b68a35a7-17ad-35b3-af2a-ae46edb4545a"),
        ByteBuffer.wrap(new byte[] {0, -1}));
  }

  @ParameterizedTest
  @MethodSource("unavailable")
  void areRecognised(Object value) {
    assertThat(placeholders.matches(value)).isTrue();
  }

  static Stream<Object> available() {
    return Stream.of(
        "",
        "b68a35a7-17ad-35b3-af2a-ae46edb4545a",
        TEXT + "x",
        List.of(),
        List.of(TEXT, TEXT),
        List.of(List.of(TEXT)),
        List.of(95),
        Map.of(TEXT, "x"),
        new byte[] {1},
        5L,
        integers().stream().map(b -> ((Integer) b).doubleValue()).toList());
  }

  @ParameterizedTest
  @MethodSource("available")
  void areNotSeenInOtherValues(Object value) {
    assertThat(placeholders.matches(value)).isFalse();
  }

  @Test
  void areBase64WithoutSchema() {
    String base64 = "X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ==";
    assertThat(placeholders.matchesLoose(base64)).isTrue();
    assertThat(placeholders.matches(base64)).isFalse();
  }
}
