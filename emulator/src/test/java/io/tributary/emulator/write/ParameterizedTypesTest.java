package io.tributary.emulator.write;

import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_BYTES;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_DOUBLE;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_INT64;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_STRING;
import static io.tributary.emulator.Message.field;
import static io.tributary.emulator.Message.nested;
import static io.tributary.emulator.Message.repeated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.storage.v1.BigDecimalByteStringEncoder;
import com.google.cloud.bigquery.storage.v1.Exceptions.AppendSerializationError;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DynamicMessage;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.Message;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.Sources;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Columns with a length, or with precision and scale: what is too long or has too many digits is
 * out of range, and too many fraction digits are rounded
 * (https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types). That such a value
 * makes its row an error of the request is nowhere documented; it is how the service answers other
 * bad rows (https://cloud.google.com/bigquery/docs/write-api).
 */
@ExtendWith(BigQueryUnderTest.Shared.class)
class ParameterizedTypesTest {
  private final BigQueryUnderTest bigQuery;

  ParameterizedTypesTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
  }

  private static Field.Builder column(StandardSQLTypeName type) {
    return Field.newBuilder("v", type);
  }

  private static Field number(StandardSQLTypeName type, long precision, Long scale) {
    return column(type).setPrecision(precision).setScale(scale).build();
  }

  /** The good values are stored; each bad one is refused, with nothing of its request written. */
  private List<String> stored(
      Field column, FieldDescriptorProto.Type wire, List<?> good, List<?> bad) throws Exception {
    TableId table = bigQuery.newTable(column);
    Message message = Message.of(field("v", wire));
    try (StreamWriter writer = bigQuery.writer(BigQueryUnderTest.defaultStream(table), message)) {
      for (Object value : bad) {
        refused(writer, message.rows(good.get(0), value, good.get(0)));
      }
      assertThat(bigQuery.rows(table)).isEmpty();
      writer.append(message.rows(good.toArray())).get();
    }
    return bigQuery.rows(table).stream().map(row -> row.get(0).getStringValue()).toList();
  }

  /** The second row is the bad one. */
  private static void refused(StreamWriter writer, ProtoRows rows) {
    assertThatThrownBy(() -> writer.append(rows).get())
        .cause()
        .isInstanceOfSatisfying(
            AppendSerializationError.class,
            e -> {
              assertThat(e.getRowIndexToErrorMessage()).containsOnlyKeys(1);
              assertThat(e.getRowIndexToErrorMessage().get(1)).contains("v");
            });
  }

  @Test
  @Behaviour(
      area = Area.TYPES,
      says = "STRING(L) holds L Unicode characters; a longer value is an error of its row.",
      source = Sources.SQL_TYPES)
  void stringsHaveAMaximumLengthInCharacters() throws Exception {
    Field column = column(StandardSQLTypeName.STRING).setMaxLength(3L).build();
    List<String> good = List.of("abc", "é😀é", "");
    assertThat(stored(column, TYPE_STRING, good, List.of("abcd", "😀😀😀😀"))).isEqualTo(good);
  }

  @Test
  @Behaviour(
      area = Area.TYPES,
      says = "BYTES(L) holds L bytes; a longer value is an error of its row.",
      source = Sources.SQL_TYPES)
  void bytesHaveAMaximumLength() throws Exception {
    Field column = column(StandardSQLTypeName.BYTES).setMaxLength(2L).build();
    assertThat(
            stored(
                column,
                TYPE_BYTES,
                List.of(ByteString.copyFrom(new byte[] {0, -1}), ByteString.EMPTY),
                List.of(ByteString.copyFrom(new byte[3]))))
        .containsExactly("AP8=", "");
    // from a string, its UTF-8 counts
    assertThat(stored(column, TYPE_STRING, List.of("é"), List.of("éé"))).containsExactly("w6k=");
  }

  @Test
  @Behaviour(
      area = Area.TYPES,
      says = "NUMERIC(P,S) rounds further fraction digits, half away from zero.",
      source = Sources.SQL_TYPES)
  @Behaviour(
      area = Area.TYPES,
      says =
          "A value with more than P-S digits before the point, also if by rounding, "
              + "is out of range of NUMERIC(P,S).",
      source = Sources.SQL_TYPES)
  void numericsHavePrecisionAndScale() throws Exception {
    Field column = number(StandardSQLTypeName.NUMERIC, 5, 2L);
    assertThat(
            stored(
                column,
                TYPE_STRING,
                List.of("999.99", "-999.99", "1.005", "-1.005", "1.0049"),
                List.of("1000", "-1000", "999.995", "-999.995")))
        .containsExactly("999.99", "-999.99", "1.01", "-1.01", "1");
    assertThat(
            stored(
                column,
                TYPE_BYTES,
                List.of(numeric("999.994")),
                List.of(numeric("999.995"), numeric("1000"))))
        .containsExactly("999.99");
    assertThat(stored(column, TYPE_DOUBLE, List.of(0.125), List.of(1000.0, 999.999)))
        .containsExactly("0.13");
    assertThat(stored(column, TYPE_INT64, List.of(999L), List.of(1000L, -1000L)))
        .containsExactly("999");
  }

  private static ByteString numeric(String value) {
    return BigDecimalByteStringEncoder.encodeToNumericByteString(new BigDecimal(value));
  }

  private static ByteString bigNumeric(String value) {
    return BigDecimalByteStringEncoder.encodeToBigNumericByteString(new BigDecimal(value));
  }

  @Test
  @Behaviour(
      area = Area.TYPES,
      says = "NUMERIC(P) and BIGNUMERIC(P) hold whole numbers.",
      source = Sources.SQL_TYPES)
  void aPrecisionAloneMeansWholeNumbers() throws Exception {
    assertThat(
            stored(
                number(StandardSQLTypeName.NUMERIC, 2, null),
                TYPE_STRING,
                List.of("99", "98.5", "99.4"),
                List.of("99.5", "100")))
        .containsExactly("99", "99", "99");
    assertThat(
            stored(
                number(StandardSQLTypeName.BIGNUMERIC, 2, null),
                TYPE_STRING,
                List.of("-99.4"),
                List.of("-99.5")))
        .containsExactly("-99");
  }

  @Test
  @Behaviour(
      area = Area.TYPES,
      says = "BIGNUMERIC(P,S) takes up to 38 fraction digits and holds values to P and S.",
      source = Sources.SQL_TYPES)
  void bigNumericsHavePrecisionAndScale() throws Exception {
    Field column = number(StandardSQLTypeName.BIGNUMERIC, 42, 12L);
    String widest = "9".repeat(30) + "." + "9".repeat(12);
    assertThat(
            stored(
                column,
                TYPE_STRING,
                List.of(widest, "0.0000000000005"),
                List.of("1" + "0".repeat(30), widest + "5")))
        .containsExactly(widest, "0.000000000001");
    assertThat(
            stored(
                column,
                TYPE_BYTES,
                List.of(bigNumeric("-" + widest)),
                List.of(bigNumeric("-1" + "0".repeat(30)))))
        .containsExactly("-" + widest);
  }

  @Test
  @Behaviour(
      area = Area.TYPES,
      says = "Lengths and precisions hold for the items of an ARRAY and the fields of a STRUCT.",
      source = Sources.SQL_TYPES)
  void limitsHoldInsideArraysAndStructs() throws Exception {
    Field item = column(StandardSQLTypeName.STRING).setMaxLength(2L).build();
    TableId array = bigQuery.newTable(item.toBuilder().setMode(Field.Mode.REPEATED).build());
    Message list = Message.of(repeated("v", TYPE_STRING));
    try (StreamWriter writer = bigQuery.writer(BigQueryUnderTest.defaultStream(array), list)) {
      refused(writer, list.rows(List.of("ab"), List.of("ab", "abc")));
      writer.append(list.rows(List.of("ab", "c"))).get();
    }
    assertThat(bigQuery.rows(array)).hasSize(1);

    TableId struct =
        bigQuery.newTable(Field.of("s", StandardSQLTypeName.STRUCT, item, number("n")));
    Message inner = Message.of(field("v", TYPE_STRING), field("n", TYPE_STRING));
    Message outer =
        Message.of(nested("s", "Inner")).with(inner.proto().toBuilder().setName("Inner").build());
    try (StreamWriter writer = bigQuery.writer(BigQueryUnderTest.defaultStream(struct), outer)) {
      refused(writer, outer.rows(inside(outer, "ab", "9"), inside(outer, "abc", "9")));
      assertThatThrownBy(() -> writer.append(outer.rows(inside(outer, "ab", "10"))).get())
          .cause()
          .isInstanceOf(AppendSerializationError.class);
      writer.append(outer.rows(inside(outer, "ab", "9"))).get();
    }
    assertThat(bigQuery.rows(struct)).hasSize(1);
  }

  private static Field number(String name) {
    return Field.newBuilder(name, StandardSQLTypeName.NUMERIC).setPrecision(1L).build();
  }

  private static DynamicMessage inside(Message outer, Object... values) {
    return Message.message(outer.descriptor().getNestedTypes().get(0), values);
  }

  @Test
  @Behaviour(
      area = Area.APPEND,
      says = "Rows of a PENDING stream are checked when they are appended.",
      source = Sources.WRITE_API)
  void pendingRowsAreCheckedAtOnce() throws Exception {
    TableId table = bigQuery.newTable(column(StandardSQLTypeName.STRING).setMaxLength(2L).build());
    Message message = Message.of(field("v", TYPE_STRING));
    WriteStream type = WriteStream.newBuilder().setType(WriteStream.Type.PENDING).build();
    String stream =
        bigQuery.write().createWriteStream(BigQueryUnderTest.path(table), type).getName();
    try (StreamWriter writer = bigQuery.writer(stream, message)) {
      refused(writer, message.rows("ab", "abc"));
      assertThat(
              writer.append(message.rows("ab"), 0).get().getAppendResult().getOffset().getValue())
          .isZero();
    }
    assertThat(bigQuery.write().finalizeWriteStream(stream).getRowCount()).isEqualTo(1);
  }
}
