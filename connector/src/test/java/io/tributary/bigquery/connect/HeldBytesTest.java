package io.tributary.bigquery.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** What a record is thought to hold grows with every value in it. */
class HeldBytesTest {
  private static long of(Object value) {
    return HeldBytes.of(new SinkRecord("t", 0, null, null, null, value, 0));
  }

  @Test
  void countsEveryKindOfValue() {
    String text = "x".repeat(10_000);
    assertThat(of(null)).isPositive();
    assertThat(of(text) - of("")).isEqualTo(30_000);
    assertThat(of(new byte[10_000]) - of(new byte[0])).isEqualTo(20_000);
    assertThat(of(ByteBuffer.allocate(10_000))).isEqualTo(of(new byte[10_000]));
    assertThat(of(List.of(text, text)) - of(List.of("", ""))).isEqualTo(60_000);
    assertThat(of(Map.of(text, text)) - of(Map.of("", ""))).isEqualTo(60_000);
    assertThat(of(struct(text)) - of(struct(""))).isEqualTo(30_000);
    assertThat(of(BigDecimal.TEN.pow(1_000)) - of(BigDecimal.TEN)).isGreaterThan(400);
    assertThat(of(1L)).isGreaterThan(of(null));
  }

  @Test
  void countsTheKey() {
    SinkRecord keyed = new SinkRecord("t", 0, Schema.STRING_SCHEMA, "x".repeat(100), null, null, 0);
    assertThat(HeldBytes.of(keyed)).isEqualTo(of("x".repeat(100)));
  }

  @Test
  void countsHeaders() {
    SinkRecord headed = new SinkRecord("t", 0, null, null, null, null, 0);
    headed.headers().addString("h", "x".repeat(100));
    assertThat(HeldBytes.of(headed)).isEqualTo(of("x".repeat(100)) + 32);
  }

  /** Text inside a struct inside a struct. */
  private static Struct struct(String text) {
    Schema inner = SchemaBuilder.struct().field("v", Schema.STRING_SCHEMA).build();
    Schema outer = SchemaBuilder.struct().field("after", inner).build();
    return new Struct(outer).put("after", new Struct(inner).put("v", text));
  }
}
