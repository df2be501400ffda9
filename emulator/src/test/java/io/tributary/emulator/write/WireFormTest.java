package io.tributary.emulator.write;

import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_BOOL;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_BYTES;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_DOUBLE;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_ENUM;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_FIXED64;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_FLOAT;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_INT32;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_INT64;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_SINT64;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_STRING;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_UINT32;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_UINT64;
import static io.tributary.emulator.Message.field;
import static io.tributary.emulator.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldElementType;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BigDecimalByteStringEncoder;
import com.google.cloud.bigquery.storage.v1.CivilTimeEncoder;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import io.grpc.Status;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.Message;
import io.tributary.emulator.RawConnection;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which protobuf type carries which column type, and the ranges of each. Sources:
 * https://cloud.google.com/bigquery/docs/supported-data-types,
 * https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types, and the encoders of
 * googleapis/java-bigquerystorage.
 */
@ExtendWith(BigQueryUnderTest.Shared.class)
class WireFormTest {
  private static final long MIN_MICROS = -62_135_596_800_000_000L;
  private static final long MAX_MICROS = 253_402_300_799_999_999L;
  private final BigQueryUnderTest bigQuery;

  WireFormTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
  }

  static Stream<Arguments> taken() {
    return Stream.of(
            one(
                StandardSQLTypeName.BOOL,
                value(TYPE_BOOL, true, "true"),
                value(TYPE_BOOL, false, "false"),
                value(TYPE_INT32, 0, "false"),
                value(TYPE_INT64, -3L, "true"),
                value(TYPE_UINT32, 1, "true"),
                value(TYPE_UINT64, 1L, "true")),
            one(
                StandardSQLTypeName.INT64,
                value(TYPE_INT32, -5, "-5"),
                value(TYPE_INT64, Long.MIN_VALUE, "-9223372036854775808"),
                value(TYPE_INT64, Long.MAX_VALUE, "9223372036854775807"),
                value(TYPE_UINT32, -1, "4294967295")),
            one(
                StandardSQLTypeName.FLOAT64,
                value(TYPE_DOUBLE, 1.5, "1.5"),
                value(TYPE_DOUBLE, -0.0, "0.0"),
                value(TYPE_DOUBLE, Double.NaN, "NaN"),
                value(TYPE_DOUBLE, Double.NEGATIVE_INFINITY, "-Infinity"),
                value(TYPE_FLOAT, 0.25f, "0.25")),
            one(
                StandardSQLTypeName.STRING,
                value(TYPE_STRING, "grün\u0000\uD83D\uDE00", "grün\u0000\uD83D\uDE00"),
                value(TYPE_STRING, "", "")),
            one(
                StandardSQLTypeName.BYTES,
                value(TYPE_BYTES, ByteString.copyFrom(new byte[] {0, -1}), "AP8="),
                value(TYPE_STRING, "ä", "w6Q=")),
            one(
                StandardSQLTypeName.DATE,
                value(TYPE_INT32, 0, "1970-01-01"),
                value(TYPE_INT32, -719_162, "0001-01-01"),
                value(TYPE_INT64, 2_932_896L, "9999-12-31"),
                value(TYPE_STRING, "2024-02-29", "2024-02-29")),
            one(
                StandardSQLTypeName.TIME,
                value(TYPE_STRING, "23:59:59.999999", "23:59:59.999999"),
                value(
                    TYPE_INT64,
                    CivilTimeEncoder.encodePacked64TimeMicrosLocalTime(
                        LocalTime.of(12, 30, 1, 500_000_000)),
                    "12:30:01.500000")),
            one(
                StandardSQLTypeName.DATETIME,
                value(TYPE_STRING, "2024-02-29 01:02:03.5", "2024-02-29T01:02:03.500000"),
                value(TYPE_STRING, "2024-12-31T23:59:60", "2025-01-01T00:00:00"),
                value(
                    TYPE_INT64,
                    CivilTimeEncoder.encodePacked64DatetimeMicrosLocalDateTime(
                        LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000)),
                    "9999-12-31T23:59:59.999999")),
            one(
                StandardSQLTypeName.TIMESTAMP,
                value(TYPE_INT64, 1_500_000L, "1500000"),
                value(TYPE_INT64, MIN_MICROS, "-62135596800000000"),
                value(TYPE_INT64, MAX_MICROS, "253402300799999999"),
                value(TYPE_INT32, -1, "-1"),
                value(TYPE_UINT32, -1, "4294967295")),
            Stream.concat(
                decimals(StandardSQLTypeName.NUMERIC), decimals(StandardSQLTypeName.BIGNUMERIC)),
            one(
                StandardSQLTypeName.NUMERIC,
                value(
                    TYPE_BYTES,
                    BigDecimalByteStringEncoder.encodeToNumericByteString(
                        new BigDecimal("-99999999999999999999999999999.999999999")),
                    "-99999999999999999999999999999.999999999"),
                value(TYPE_STRING, "1.0000000005", "1.000000001"),
                value(TYPE_DOUBLE, 0.1, "0.1")),
            one(
                StandardSQLTypeName.BIGNUMERIC,
                value(
                    TYPE_BYTES,
                    BigDecimalByteStringEncoder.encodeToBigNumericByteString(
                        new BigDecimal("-12.00000000000000000000000000000000000001")),
                    "-12.00000000000000000000000000000000000001"),
                value(
                    TYPE_STRING,
                    "-578960446186580977117854925043439539266.34992332820282019728792003956564819968",
                    "-578960446186580977117854925043439539266.34992332820282019728792003956564819968")),
            one(
                StandardSQLTypeName.JSON,
                value(
                    TYPE_STRING,
                    " {\"b\": 1, \"a\": [null, true]} ",
                    "{\"a\":[null,true],\"b\":1}"),
                value(TYPE_STRING, "{\"a\":1,\"a\":2}", "{\"a\":1}"),
                value(TYPE_STRING, "18446744073709551615", "18446744073709551615")),
            one(StandardSQLTypeName.GEOGRAPHY, value(TYPE_STRING, "POINT(1 2)", "POINT(1 2)")),
            one(
                StandardSQLTypeName.INTERVAL,
                value(TYPE_STRING, "1-2 3 4:5:6.789", "1-2 3 4:5:6.789"),
                value(
                    TYPE_STRING,
                    "-10000-0 -3660000 -87840000:0:0",
                    "-10000-0 -3660000 -87840000:0:0")))
        .flatMap(Function.identity());
  }

  private static Stream<Arguments> decimals(StandardSQLTypeName type) {
    return one(
        type,
        value(TYPE_INT32, -7, "-7"),
        value(TYPE_INT64, Long.MIN_VALUE, "-9223372036854775808"),
        value(TYPE_UINT32, -1, "4294967295"),
        value(TYPE_UINT64, -1L, "18446744073709551615"),
        value(TYPE_FLOAT, 0.5f, "0.5"),
        value(TYPE_DOUBLE, -2.5, "-2.5"),
        value(TYPE_STRING, " 1e3 ", "1000"),
        value(TYPE_STRING, "9e-999999999", "0"),
        value(TYPE_BYTES, ByteString.EMPTY, "0"));
  }

  @ParameterizedTest(name = "{0} as {1}: {2}")
  @MethodSource
  void taken(
      StandardSQLTypeName column, FieldDescriptorProto.Type wire, Object value, String stored) {
    TableId table = bigQuery.newTable(Field.of("c", column));
    Message message = Message.of(field("c", wire));
    AppendRowsResponse answer = append(table, message, message.row(value));
    assertThat(answer.hasAppendResult()).as(answer.toString()).isTrue();
    // as JSON, timestamps are seconds
    assertThat(
            column == StandardSQLTypeName.TIMESTAMP
                ? bigQuery.query("SELECT UNIX_MICROS(c) FROM " + BigQueryUnderTest.sql(table))
                : bigQuery.firstColumn(table))
        .containsExactly(stored);
  }

  static Stream<Arguments> outOfRange() {
    return Stream.of(
            one(
                StandardSQLTypeName.DATE,
                bad(TYPE_INT32, -719_163),
                bad(TYPE_INT64, 2_932_897L),
                bad(TYPE_STRING, "2023-02-29"),
                bad(TYPE_STRING, "0000-01-01"),
                bad(TYPE_STRING, "today")),
            one(
                StandardSQLTypeName.TIME,
                bad(TYPE_STRING, "24:00:00"),
                bad(TYPE_STRING, "12:00"),
                bad(TYPE_INT64, -1L),
                bad(TYPE_INT64, 24L << 32),
                bad(TYPE_INT64, 60L << 26),
                bad(TYPE_INT64, 1_000_000L)),
            one(
                StandardSQLTypeName.DATETIME,
                bad(TYPE_STRING, "2024-13-01 00:00:00"),
                bad(TYPE_STRING, "9999-12-31 23:59:60"),
                bad(TYPE_INT64, 0L),
                bad(TYPE_INT64, -1L)),
            one(
                StandardSQLTypeName.TIMESTAMP,
                bad(TYPE_INT64, MIN_MICROS - 1),
                bad(TYPE_INT64, MAX_MICROS + 1)),
            one(
                StandardSQLTypeName.NUMERIC,
                bad(TYPE_STRING, "1e29"),
                bad(TYPE_STRING, "99999999999999999999999999999.9999999995"),
                bad(TYPE_STRING, "x"),
                bad(TYPE_STRING, ""),
                bad(TYPE_DOUBLE, Double.NaN),
                bad(TYPE_DOUBLE, 1e30)),
            one(
                StandardSQLTypeName.BIGNUMERIC,
                bad(TYPE_STRING, "1e39"),
                bad(TYPE_DOUBLE, Double.POSITIVE_INFINITY)),
            one(
                StandardSQLTypeName.JSON,
                bad(TYPE_STRING, ""),
                bad(TYPE_STRING, "{"),
                bad(TYPE_STRING, "{} {}"),
                bad(TYPE_STRING, "[".repeat(501) + "]".repeat(501))),
            one(StandardSQLTypeName.GEOGRAPHY, bad(TYPE_STRING, "somewhere")),
            one(
                StandardSQLTypeName.INTERVAL,
                bad(TYPE_STRING, "10000-1 0 0:0:0"),
                bad(TYPE_STRING, "0-0 3660001 0:0:0"),
                bad(TYPE_STRING, "0-0 0 87840000:0:1"),
                bad(TYPE_STRING, "soon")))
        .flatMap(Function.identity());
  }

  /** A value out of its type's range is an error of its row. */
  @ParameterizedTest(name = "{0} as {1}: {2}")
  @MethodSource
  void outOfRange(
      StandardSQLTypeName column, FieldDescriptorProto.Type wire, Object value, String stored) {
    TableId table = bigQuery.newTable(Field.of("c", column));
    Message message = Message.of(field("c", wire));
    AppendRowsResponse answer =
        append(table, message, message.row((Object) null), message.row(value));
    assertThat(answer.getError().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT.value());
    assertThat(answer.getRowErrorsList())
        .singleElement()
        .satisfies(error -> assertThat(error.getIndex()).isOne());
    assertThat(bigQuery.rows(table)).isEmpty();
  }

  static Stream<Arguments> mismatched() {
    return Stream.of(
            one(StandardSQLTypeName.BOOL, bad(TYPE_STRING, ""), bad(TYPE_DOUBLE, 0)),
            one(
                StandardSQLTypeName.INT64,
                bad(TYPE_STRING, ""),
                bad(TYPE_UINT64, 0),
                bad(TYPE_DOUBLE, 0),
                bad(TYPE_FIXED64, 0),
                bad(TYPE_SINT64, 0)),
            one(StandardSQLTypeName.FLOAT64, bad(TYPE_INT64, 0), bad(TYPE_STRING, "")),
            one(StandardSQLTypeName.STRING, bad(TYPE_INT64, 0), bad(TYPE_BYTES, 0)),
            one(StandardSQLTypeName.BYTES, bad(TYPE_INT64, 0)),
            one(StandardSQLTypeName.DATE, bad(TYPE_UINT32, 0), bad(TYPE_DOUBLE, 0)),
            one(StandardSQLTypeName.TIME, bad(TYPE_INT32, 0)),
            one(StandardSQLTypeName.DATETIME, bad(TYPE_INT32, 0)),
            one(StandardSQLTypeName.TIMESTAMP, bad(TYPE_UINT64, 0), bad(TYPE_STRING, "")),
            one(StandardSQLTypeName.NUMERIC, bad(TYPE_BOOL, 0)),
            one(StandardSQLTypeName.JSON, bad(TYPE_BYTES, 0)),
            one(StandardSQLTypeName.GEOGRAPHY, bad(TYPE_BYTES, 0)),
            one(StandardSQLTypeName.INTERVAL, bad(TYPE_INT64, 0)))
        .flatMap(Function.identity());
  }

  /** A protobuf type that does not go with the column's type ends the connection. */
  @ParameterizedTest(name = "{0} as {1}")
  @MethodSource
  void mismatched(
      StandardSQLTypeName column, FieldDescriptorProto.Type wire, Object value, String stored) {
    TableId table = bigQuery.newTable(Field.of("c", column));
    try (RawConnection connection = bigQuery.connect()) {
      connection.send(
          request(BigQueryUnderTest.defaultStream(table), Message.of(field("c", wire)), empty())
              .build());
      Status end = connection.end();
      assertThat(end.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(end.getDescription())
          .contains("The proto field mismatched with BigQuery field at Row.c");
    }
  }

  static Stream<Arguments> wrapped() {
    return Stream.of(
        arguments(StandardSQLTypeName.BOOL, "BoolValue", TYPE_BOOL, true, "true"),
        arguments(
            StandardSQLTypeName.BYTES,
            "BytesValue",
            TYPE_BYTES,
            ByteString.copyFromUtf8("a"),
            "YQ=="),
        arguments(StandardSQLTypeName.FLOAT64, "DoubleValue", TYPE_DOUBLE, 1.5, "1.5"),
        arguments(StandardSQLTypeName.FLOAT64, "FloatValue", TYPE_FLOAT, 1.5f, "1.5"),
        arguments(StandardSQLTypeName.INT64, "Int32Value", TYPE_INT32, -1, "-1"),
        arguments(StandardSQLTypeName.INT64, "Int64Value", TYPE_INT64, 7L, "7"),
        arguments(StandardSQLTypeName.INT64, "UInt32Value", TYPE_UINT32, -1, "4294967295"),
        arguments(
            StandardSQLTypeName.NUMERIC,
            "BytesValue",
            TYPE_BYTES,
            BigDecimalByteStringEncoder.encodeToNumericByteString(new BigDecimal("2.5")),
            "2.5"),
        arguments(StandardSQLTypeName.STRING, "StringValue", TYPE_STRING, "a", "a"));
  }

  /** Wrapper messages, inlined in the writer's message, carry a value, its zero, or NULL. */
  @ParameterizedTest(name = "{0} as {1}")
  @MethodSource
  void wrapped(
      StandardSQLTypeName column,
      String name,
      FieldDescriptorProto.Type wire,
      Object value,
      String stored) {
    TableId table = bigQuery.newTable(Field.of("c", column));
    Message message = nested(name, field("value", wire).toBuilder().setNumber(1).build());
    Descriptor inner = message.descriptor().getNestedTypes().get(0);
    append(table, message, message.row(Message.message(inner, value)), message.row((Object) null));
    assertThat(bigQuery.firstColumn(table)).containsExactlyInAnyOrder(stored, "NULL");
    assertThat(append(table, message, message.row(Message.message(inner))).hasError()).isFalse();
    assertThat(bigQuery.rows(table)).hasSize(3);
  }

  /** google.protobuf.Timestamp and Duration carry TIMESTAMP and INTERVAL. */
  @Test
  void takesTimestampAndDuration() {
    TableId time = bigQuery.newTable(Field.of("c", StandardSQLTypeName.TIMESTAMP));
    Message timestamp = seconds("Timestamp");
    Descriptor inner = timestamp.descriptor().getNestedTypes().get(0);
    append(time, timestamp, timestamp.row(Message.message(inner, -1L, 999_999_000)));
    assertThat(bigQuery.query("SELECT UNIX_MICROS(c) FROM " + BigQueryUnderTest.sql(time)))
        .containsExactly("-1");
    assertThat(
            append(time, timestamp, timestamp.row(Message.message(inner, 253_402_300_800L, 0)))
                .getRowErrorsCount())
        .isOne();
    TableId span = bigQuery.newTable(Field.of("c", StandardSQLTypeName.INTERVAL));
    Message duration = seconds("Duration");
    inner = duration.descriptor().getNestedTypes().get(0);
    append(span, duration, duration.row(Message.message(inner, 3661L, 500_000_000)));
    assertThat(bigQuery.firstColumn(span)).containsExactly("0-0 0 1:1:1.500");
  }

  /** An enum is its number in an INT64 column and its name in a STRING column. */
  @Test
  void takesEnums() {
    Message message = colours();
    Object red = message.descriptor().getEnumTypes().get(0).findValueByName("RED");
    TableId numbers = bigQuery.newTable(Field.of("c", StandardSQLTypeName.INT64));
    append(numbers, message, message.row(red));
    assertThat(bigQuery.firstColumn(numbers)).containsExactly("3");
    TableId names = bigQuery.newTable(Field.of("c", StandardSQLTypeName.STRING));
    append(names, message, message.row(red));
    assertThat(bigQuery.firstColumn(names)).containsExactly("RED");
  }

  /** A RANGE is a message of start and end; an end left out is unbounded; it must not be empty. */
  @Test
  void takesRanges() {
    TableId table =
        bigQuery.newTable(
            Field.newBuilder("c", StandardSQLTypeName.RANGE)
                .setRangeElementType(FieldElementType.newBuilder().setType("DATE").build())
                .build());
    Message message =
        nested(
            "Span",
            field("start", TYPE_INT32).toBuilder().setNumber(1).build(),
            field("end", TYPE_INT32).toBuilder().setNumber(2).build());
    Descriptor inner = message.descriptor().getNestedTypes().get(0);
    append(
        table,
        message,
        message.row(Message.message(inner, 0, 1)),
        message.row(Message.message(inner, null, 1)),
        message.row(Message.message(inner)));
    assertThat(
            bigQuery.query(
                "SELECT RANGE_START(c), RANGE_END(c) FROM " + BigQueryUnderTest.sql(table)))
        .containsExactlyInAnyOrder("1970-01-01 1970-01-02", "NULL 1970-01-02", "NULL NULL");
    assertThat(
            append(table, message, message.row(Message.message(inner, 1, 1))).getRowErrorsCount())
        .isOne();
  }

  /** Repeated fields may be packed or not; an array without elements is empty, never NULL. */
  @Test
  void takesRepeatedFields() {
    TableId table =
        bigQuery.newTable(
            Field.newBuilder("c", StandardSQLTypeName.INT64).setMode(Field.Mode.REPEATED).build());
    Message message = Message.of(Message.repeated("c", TYPE_INT64));
    ByteString packed = ByteString.copyFrom(new byte[] {10, 2, 3, 4});
    append(table, message, message.row(List.of(1L, 2L)), packed, message.row(List.of()));
    assertThat(
            bigQuery.query(
                "SELECT ARRAY_TO_STRING(ARRAY(SELECT CAST(e AS STRING) FROM UNNEST(c) e), '+') FROM "
                    + BigQueryUnderTest.sql(table)))
        .containsExactlyInAnyOrder("1+2", "3+4", "");
  }

  /** A STRUCT is a nested message: unset it is NULL, empty it holds NULLs. */
  @Test
  void takesStructs() {
    TableId table =
        bigQuery.newTable(
            Field.of("c", StandardSQLTypeName.STRUCT, Field.of("x", StandardSQLTypeName.INT64)));
    Message message = nested("Inner", field("x", TYPE_INT64).toBuilder().setNumber(1).build());
    Descriptor inner = message.descriptor().getNestedTypes().get(0);
    append(
        table,
        message,
        message.row(Message.message(inner, 5L)),
        message.row(Message.message(inner)),
        message.row((Object) null));
    assertThat(bigQuery.query("SELECT c IS NULL, c.x FROM " + BigQueryUnderTest.sql(table)))
        .containsExactlyInAnyOrder("false 5", "false NULL", "true NULL");
  }

  /** STRING must be valid UTF-8, and bytes that are no message are an error of their row. */
  @Test
  void refusesBrokenRows() {
    TableId table = bigQuery.newTable(Field.of("c", StandardSQLTypeName.STRING));
    Message message = Message.of(field("c", TYPE_STRING));
    ByteString invalidUtf8 = ByteString.copyFrom(new byte[] {10, 2, (byte) 0xC0, (byte) 0x80});
    ByteString cutOff = ByteString.copyFrom(new byte[] {10, 9, 65});
    assertThat(append(table, message, message.row("a"), invalidUtf8, cutOff).getRowErrorsList())
        .extracting(error -> error.getIndex())
        .containsExactly(1L, 2L);
  }

  /** STRING(L), BYTES(L) and NUMERIC(P,S) hold values to their parameters. */
  @Test
  void holdsValuesToTheParametersOfTheirTypes() {
    TableId text =
        bigQuery.newTable(
            Field.newBuilder("c", StandardSQLTypeName.STRING).setMaxLength(2L).build());
    Message string = Message.of(field("c", TYPE_STRING));
    assertThat(append(text, string, string.row("\uD83D\uDE00ä")).hasError()).isFalse();
    assertThat(append(text, string, string.row("abc")).getRowErrorsCount()).isOne();
    TableId blob =
        bigQuery.newTable(
            Field.newBuilder("c", StandardSQLTypeName.BYTES).setMaxLength(2L).build());
    assertThat(append(blob, string, string.row("äb")).getRowErrorsCount()).isOne();
    TableId number =
        bigQuery.newTable(
            Field.newBuilder("c", StandardSQLTypeName.NUMERIC)
                .setPrecision(4L)
                .setScale(2L)
                .build());
    assertThat(append(number, string, string.row("99.994")).hasError()).isFalse();
    assertThat(append(number, string, string.row("99.995")).getRowErrorsCount()).isOne();
    assertThat(bigQuery.firstColumn(number)).containsExactly("99.99");
  }

  private record Case(FieldDescriptorProto.Type wire, Object value, String stored) {}

  private static Case value(FieldDescriptorProto.Type wire, Object value, String stored) {
    return new Case(wire, value, stored);
  }

  private static Case bad(FieldDescriptorProto.Type wire, Object value) {
    return new Case(wire, value, null);
  }

  private static Stream<Arguments> one(StandardSQLTypeName column, Case... cases) {
    return Stream.of(cases).map(c -> arguments(column, c.wire(), c.value(), c.stored()));
  }

  private static Message nested(String name, FieldDescriptorProto... fields) {
    return Message.of(Message.nested("c", "Row." + name))
        .with(DescriptorProto.newBuilder().setName(name).addAllField(List.of(fields)).build());
  }

  private static Message seconds(String name) {
    return nested(
        name,
        field("seconds", TYPE_INT64).toBuilder().setNumber(1).build(),
        field("nanos", TYPE_INT32).toBuilder().setNumber(2).build());
  }

  private static Message colours() {
    Message plain = Message.of(field("c", TYPE_ENUM).toBuilder().setTypeName("Row.Colour").build());
    EnumDescriptorProto colour =
        EnumDescriptorProto.newBuilder()
            .setName("Colour")
            .addValue(EnumValueDescriptorProto.newBuilder().setName("NONE").setNumber(0))
            .addValue(EnumValueDescriptorProto.newBuilder().setName("RED").setNumber(3))
            .build();
    return new Message(plain.proto().toBuilder().addEnumType(colour).build());
  }

  private static ProtoRows empty() {
    return ProtoRows.newBuilder().addSerializedRows(ByteString.EMPTY).build();
  }

  private AppendRowsResponse append(TableId table, Message message, ByteString... rows) {
    try (RawConnection connection = bigQuery.connect()) {
      return connection.call(
          request(
                  BigQueryUnderTest.defaultStream(table),
                  message,
                  ProtoRows.newBuilder().addAllSerializedRows(List.of(rows)).build())
              .build());
    }
  }
}
