package io.tributary.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.DatasetRef;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** What statements answer, as one line: rows parted by ; and cells by |, or ! and an error. */
final class Answers implements AutoCloseable {
  private final Engine engine = Engine.open(null, Clock.systemUTC());

  Answers() {
    engine.createDataset(DatasetDefinition.of(new DatasetRef("p", "d")));
  }

  /** Runs a statement or a script. */
  String to(String sql) {
    try {
      return engine.run(QueryRequest.of("p", sql)).rows().rows().stream()
          .map(Answers::text)
          .collect(Collectors.joining(";"));
    } catch (BigQueryError e) {
      return "!" + e.reason() + ": " + e.getMessage();
    }
  }

  /**
   * Checks an answer; {@code !text} stands for an invalidQuery error with this in its message, and
   * {@code (nothing)} for no rows or an empty text.
   */
  void check(String sql, String expected) {
    String wanted = expected.equals("(nothing)") ? "" : expected;
    String answer = to(sql);
    if (wanted.startsWith("!")) {
      assertThat(answer).as(sql).startsWith("!invalidQuery: ").contains(wanted.substring(1));
    } else {
      assertThat(answer).as(sql).isEqualTo(wanted);
    }
  }

  private static String text(Object cell) {
    if (cell instanceof Object[] row) {
      return Arrays.stream(row).map(Answers::text).collect(Collectors.joining("|"));
    } else if (cell instanceof List<?> items) {
      return items.stream().map(Answers::text).toList().toString();
    } else if (cell instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    return cell instanceof BigDecimal number
        ? number.stripTrailingZeros().toPlainString()
        : String.valueOf(cell);
  }

  @Override
  public void close() {
    engine.close();
  }
}
