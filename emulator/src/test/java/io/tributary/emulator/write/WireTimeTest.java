package io.tributary.emulator.write;

import static com.google.cloud.bigquery.StandardSQLTypeName.DATE;
import static com.google.cloud.bigquery.StandardSQLTypeName.DATETIME;
import static com.google.cloud.bigquery.StandardSQLTypeName.INTERVAL;
import static com.google.cloud.bigquery.StandardSQLTypeName.RANGE;
import static com.google.cloud.bigquery.StandardSQLTypeName.TIME;
import static com.google.cloud.bigquery.StandardSQLTypeName.TIMESTAMP;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_DOUBLE;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_INT32;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_INT64;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_STRING;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_UINT32;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_UINT64;
import static io.tributary.emulator.Message.field;
import static io.tributary.emulator.write.WireForms.nested;
import static io.tributary.emulator.write.WireForms.rows;
import static io.tributary.emulator.write.WireForms.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldElementType;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.storage.v1.CivilTimeEncoder;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.Message;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.Sources;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which protobuf types carry dates, times and intervals, and the ranges of these. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class WireTimeTest {
  private static final long MIN_MICROS = -62_135_596_800_000_000L;
  private static final long MAX_MICROS = 253_402_300_799_999_999L;

  private final WireForms forms;

  WireTimeTest(BigQueryUnderTest bigQuery) {
    this.forms = new WireForms(bigQuery);
  }

  @Test
  @Behaviour(
      area = Area.WIRE_FORMS,
      says = "DATE takes int32 and int64, the days since 1970-01-01, and string.",
      source = Sources.SUPPORTED_DATA_TYPES)
  @Behaviour(
      area = Area.TYPES,
      says =
          "DATE reaches from 0001-01-01 to 9999-12-31; days beyond, and texts that "
              + "are no days, are errors of their rows.",
      source = Sources.SQL_TYPES)
  void dateColumns() {
    forms.takes(
        DATE,
        value(TYPE_INT32, 0, "1970-01-01"),
        value(TYPE_INT32, -719_162, "0001-01-01"),
        value(TYPE_INT64, 2_932_896L, "9999-12-31"),
        value(TYPE_STRING, "2024-02-29", "2024-02-29"));
    forms.refusesValues(DATE, TYPE_INT32, -719_163);
    forms.refusesValues(DATE, TYPE_INT64, 2_932_897L);
    forms.refusesValues(DATE, TYPE_STRING, "2023-02-29", "0000-01-01", "today");
    forms.refusesForms(DATE, TYPE_UINT32, TYPE_DOUBLE);
  }

  @Test
  @Behaviour(
      area = Area.WIRE_FORMS,
      says = "TIME takes string, and int64 as packed hours, minutes, seconds and microseconds.",
      source = Sources.CLIENT_CODE)
  @Behaviour(
      area = Area.TYPES,
      says = "TIME ends at 23:59:59.999999; what is no time of day is an error of its row.",
      source = Sources.SQL_TYPES)
  void timeColumns() {
    forms.takes(
        TIME,
        value(TYPE_STRING, "23:59:59.999999", "23:59:59.999999"),
        value(
            TYPE_INT64,
            CivilTimeEncoder.encodePacked64TimeMicrosLocalTime(
                LocalTime.of(12, 30, 1, 500_000_000)),
            "12:30:01.500000"));
    forms.refusesValues(TIME, TYPE_STRING, "24:00:00", "12:00");
    forms.refusesValues(TIME, TYPE_INT64, -1L, 24L << 32, 60L << 26, 1_000_000L, 1L << 37);
    forms.refusesForms(TIME, TYPE_INT32);
  }

  @Test
  @Behaviour(
      area = Area.WIRE_FORMS,
      says = "DATETIME takes string, and int64 as packed civil time.",
      source = Sources.CLIENT_CODE)
  @Behaviour(
      area = Area.TYPES,
      says = "DATETIME reaches from 0001-01-01 00:00:00 to 9999-12-31 23:59:59.999999.",
      source = Sources.SQL_TYPES)
  @Behaviour(
      area = Area.TYPES,
      says = "Second 60 is read as the beginning of the next minute.",
      source = Sources.SQL_TYPES)
  void dateTimeColumns() {
    forms.takes(
        DATETIME,
        value(TYPE_STRING, "2024-02-29 01:02:03.5", "2024-02-29T01:02:03.500000"),
        value(TYPE_STRING, "2024-12-31T23:59:60", "2025-01-01T00:00:00"),
        value(TYPE_STRING, "0001-01-01 00:00:00", "0001-01-01T00:00:00"),
        value(
            TYPE_INT64,
            CivilTimeEncoder.encodePacked64DatetimeMicrosLocalDateTime(
                LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000)),
            "9999-12-31T23:59:59.999999"));
    forms.refusesValues(
        DATETIME,
        TYPE_STRING,
        "now",
        "2024-13-01 00:00:00",
        "2024-01-01 25:00:00",
        "2024-01-01 01:00:00 or so",
        "9999-12-31 23:59:60");
    // the first of January of year 0, and of a month 13
    long yearZero = (1L << 5 | 1) << 37;
    long month13 = (2024L << 9 | 13L << 5 | 1) << 37;
    forms.refusesValues(DATETIME, TYPE_INT64, 0L, -1L, yearZero, month13);
    forms.refusesForms(DATETIME, TYPE_INT32);
  }

  @Test
  @Behaviour(
      area = Area.WIRE_FORMS,
      says =
          "TIMESTAMP takes int64, int32 and uint32, the microseconds since 1970, and "
              + "neither uint64 nor string.",
      source = Sources.SUPPORTED_DATA_TYPES)
  @Behaviour(
      area = Area.TYPES,
      says = "TIMESTAMP reaches from 0001-01-01 to 9999-12-31 23:59:59.999999 UTC.",
      source = Sources.SQL_TYPES)
  void timestampColumns() {
    forms.takes(
        TIMESTAMP,
        value(TYPE_INT64, 1_500_000L, "1500000"),
        value(TYPE_INT64, MIN_MICROS, "-62135596800000000"),
        value(TYPE_INT64, MAX_MICROS, "253402300799999999"),
        value(TYPE_INT32, -1, "-1"),
        value(TYPE_UINT32, -1, "4294967295"));
    forms.refusesValues(TIMESTAMP, TYPE_INT64, MIN_MICROS - 1, MAX_MICROS + 1);
    forms.refusesForms(TIMESTAMP, TYPE_UINT64, TYPE_STRING);
  }

  @Test
  @Behaviour(
      area = Area.WIRE_FORMS,
      says = "TIMESTAMP takes google.protobuf.Timestamp, inlined in the message of the writer.",
      source = Sources.SUPPORTED_DATA_TYPES)
  void timestampMessages() {
    TableId table = forms.table(Field.of("c", TIMESTAMP));
    Message message = seconds("Timestamp");
    Descriptor inner = message.descriptor().getNestedTypes().get(0);
    forms.store(table, message, message.row(0L, Message.message(inner, -1L, 999_999_000)));
    assertThat(forms.read(table, "UNIX_MICROS(c)")).containsExactly("-1");
    ByteString late = message.row(1L, Message.message(inner, 253_402_300_800L, 0));
    // so many seconds that their microseconds would be few again
    ByteString round = message.row(2L, Message.message(inner, 18_446_744_073_710L, 0));
    assertThat(forms.send(table, message, rows(late, round)).getRowErrorsCount()).isEqualTo(2);
  }

  @Test
  @Behaviour(
      area = Area.WIRE_FORMS,
      says = "INTERVAL takes a string \"Y-M D H:M:S\".",
      source = Sources.SUPPORTED_DATA_TYPES)
  @Behaviour(
      area = Area.TYPES,
      says = "INTERVAL reaches to 10000 years, 3660000 days and 87840000 hours, either way.",
      source = Sources.SQL_TYPES)
  void intervalColumns() {
    forms.takes(
        INTERVAL,
        value(TYPE_STRING, "1-2 3 4:5:6.789", "1-2 3 4:5:6.789"),
        value(TYPE_STRING, "-10000-0 -3660000 -87840000:0:0", "-10000-0 -3660000 -87840000:0:0"));
    forms.refusesValues(
        INTERVAL,
        TYPE_STRING,
        "10000-1 0 0:0:0",
        "0-0 3660001 0:0:0",
        "0-0 0 87840000:0:1",
        "0-0 99999999999999999999 0:0:0",
        "soon");
    forms.refusesForms(INTERVAL, TYPE_INT64);
  }

  @Test
  @Behaviour(
      area = Area.WIRE_FORMS,
      says = "INTERVAL takes google.protobuf.Duration.",
      source = Sources.SUPPORTED_DATA_TYPES)
  void intervalMessages() {
    TableId table = forms.table(Field.of("c", INTERVAL));
    Message message = seconds("Duration");
    Descriptor inner = message.descriptor().getNestedTypes().get(0);
    forms.store(table, message, message.row(0L, Message.message(inner, 3661L, 500_000_000)));
    assertThat(forms.read(table, "c")).containsExactly("0-0 0 1:1:1.500");
    ByteString round = message.row(1L, Message.message(inner, 18_446_744_073_710L, 0));
    assertThat(forms.send(table, message, rows(round)).getRowErrorsCount()).isOne();
  }

  @Test
  @Behaviour(
      area = Area.WIRE_FORMS,
      says =
          "RANGE takes a message of start and end in the types of its element; an "
              + "end that is unset is unbounded.",
      source = Sources.SUPPORTED_DATA_TYPES)
  @Behaviour(
      area = Area.TYPES,
      says = "A RANGE must begin before it ends.",
      source = Sources.SQL_TYPES)
  void rangeColumns() {
    TableId table =
        forms.table(
            Field.newBuilder("c", RANGE)
                .setRangeElementType(FieldElementType.newBuilder().setType("DATE").build())
                .build());
    Message message = nested("Span", field("start", TYPE_INT32), field("end", TYPE_INT32));
    Descriptor inner = message.descriptor().getNestedTypes().get(0);
    forms.store(
        table,
        message,
        message.row(0L, Message.message(inner, 0, 1)),
        message.row(1L, Message.message(inner, null, 1)),
        message.row(2L, Message.message(inner)));
    assertThat(forms.read(table, "RANGE_START(c), RANGE_END(c)"))
        .containsExactly("1970-01-01 1970-01-02", "NULL 1970-01-02", "NULL NULL");
    ByteString empty = message.row(3L, Message.message(inner, 1, 1));
    assertThat(forms.send(table, message, rows(empty)).getRowErrorsCount()).isOne();
  }

  private static Message seconds(String name) {
    return nested(name, field("seconds", TYPE_INT64), field("nanos", TYPE_INT32));
  }
}
