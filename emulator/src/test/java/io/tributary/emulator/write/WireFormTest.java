package io.tributary.emulator.write;

import static com.google.cloud.bigquery.StandardSQLTypeName.BIGNUMERIC;
import static com.google.cloud.bigquery.StandardSQLTypeName.BOOL;
import static com.google.cloud.bigquery.StandardSQLTypeName.BYTES;
import static com.google.cloud.bigquery.StandardSQLTypeName.FLOAT64;
import static com.google.cloud.bigquery.StandardSQLTypeName.GEOGRAPHY;
import static com.google.cloud.bigquery.StandardSQLTypeName.INT64;
import static com.google.cloud.bigquery.StandardSQLTypeName.JSON;
import static com.google.cloud.bigquery.StandardSQLTypeName.NUMERIC;
import static com.google.cloud.bigquery.StandardSQLTypeName.STRING;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_BOOL;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_BYTES;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_DOUBLE;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_FIXED64;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_FLOAT;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_INT32;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_INT64;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_SINT64;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_STRING;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_UINT32;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_UINT64;
import static io.tributary.emulator.write.WireForms.value;

import com.google.cloud.bigquery.storage.v1.BigDecimalByteStringEncoder;
import com.google.protobuf.ByteString;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.Sources;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which protobuf types carry which column types, and the ranges of these. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class WireFormTest {
  private final WireForms forms;

  WireFormTest(BigQueryUnderTest bigQuery) {
    this.forms = new WireForms(bigQuery);
  }

  @Test
  @Behaviour(
      area = Area.WIRE_FORMS,
      says =
          "BOOL takes bool, int32, int64, uint32 and uint64, of which every number "
              + "but 0 is true, and BoolValue; no other type.",
      source = Sources.SUPPORTED_DATA_TYPES)
  void boolColumns() {
    forms.takes(
        BOOL,
        value(TYPE_BOOL, true, "true"),
        value(TYPE_BOOL, false, "false"),
        value(TYPE_INT32, 0, "false"),
        value(TYPE_INT64, -3L, "true"),
        value(TYPE_UINT32, 1, "true"),
        value(TYPE_UINT64, 1L, "true"));
    forms.takesWrapped(BOOL, "BoolValue", value(TYPE_BOOL, true, "true"));
    forms.refusesForms(BOOL, TYPE_STRING, TYPE_DOUBLE);
  }

  @Test
  @Behaviour(
      area = Area.WIRE_FORMS,
      says =
          "INT64 takes int32, int64, uint32 and their wrappers, and none of uint64, "
              + "string and double.",
      source = Sources.SUPPORTED_DATA_TYPES)
  @Behaviour(
      area = Area.TYPES,
      says = "INT64 holds the full range of 64 bits with sign.",
      source = Sources.SQL_TYPES)
  void int64Columns() {
    forms.takes(
        INT64,
        value(TYPE_INT32, -5, "-5"),
        value(TYPE_INT64, Long.MIN_VALUE, "-9223372036854775808"),
        value(TYPE_INT64, Long.MAX_VALUE, "9223372036854775807"),
        value(TYPE_UINT32, -1, "4294967295"));
    forms.takesWrapped(INT64, "Int32Value", value(TYPE_INT32, -1, "-1"));
    forms.takesWrapped(INT64, "Int64Value", value(TYPE_INT64, 7L, "7"));
    forms.takesWrapped(INT64, "UInt32Value", value(TYPE_UINT32, -1, "4294967295"));
    forms.refusesForms(INT64, TYPE_STRING, TYPE_UINT64, TYPE_DOUBLE, TYPE_FIXED64, TYPE_SINT64);
  }

  @Test
  @Behaviour(
      area = Area.WIRE_FORMS,
      says = "FLOAT64 takes double, float and their wrappers, and no integers.",
      source = Sources.SUPPORTED_DATA_TYPES)
  @Behaviour(
      area = Area.TYPES,
      says = "FLOAT64 holds NaN and the infinities.",
      source = Sources.SQL_TYPES)
  @Behaviour(
      area = Area.TYPES,
      says = "Negative zero is stored as zero.",
      source = Sources.SQL_TYPES)
  void float64Columns() {
    forms.takes(
        FLOAT64,
        value(TYPE_DOUBLE, 1.5, "1.5"),
        value(TYPE_DOUBLE, -0.0, "0.0"),
        value(TYPE_DOUBLE, Double.NaN, "NaN"),
        value(TYPE_DOUBLE, Double.POSITIVE_INFINITY, "Infinity"),
        value(TYPE_DOUBLE, Double.NEGATIVE_INFINITY, "-Infinity"),
        value(TYPE_FLOAT, 0.25f, "0.25"));
    forms.takesWrapped(FLOAT64, "DoubleValue", value(TYPE_DOUBLE, 1.5, "1.5"));
    forms.takesWrapped(FLOAT64, "FloatValue", value(TYPE_FLOAT, 1.5f, "1.5"));
    forms.refusesForms(FLOAT64, TYPE_INT64, TYPE_STRING);
  }

  @Test
  @Behaviour(
      area = Area.WIRE_FORMS,
      says = "STRING takes string and StringValue, and no bytes or numbers.",
      source = Sources.SUPPORTED_DATA_TYPES)
  @Behaviour(
      area = Area.TYPES,
      says =
          "A STRING may hold U+0000 and characters beyond the basic plane; the empty "
              + "text is not NULL.",
      source = Sources.SQL_TYPES)
  void stringColumns() {
    forms.takes(
        STRING,
        value(TYPE_STRING, "grün\u0000\uD83D\uDE00", "grün\u0000\uD83D\uDE00"),
        value(TYPE_STRING, "", ""));
    forms.takesWrapped(STRING, "StringValue", value(TYPE_STRING, "a", "a"));
    forms.refusesForms(STRING, TYPE_INT64, TYPE_BYTES);
  }

  @Test
  @Behaviour(
      area = Area.WIRE_FORMS,
      says = "BYTES takes bytes, BytesValue, and string as its UTF-8.",
      source = Sources.SUPPORTED_DATA_TYPES)
  void bytesColumns() {
    forms.takes(
        BYTES,
        value(TYPE_BYTES, ByteString.copyFrom(new byte[] {0, -1}), "AP8="),
        value(TYPE_STRING, "ä", "w6Q="));
    forms.takesWrapped(
        BYTES, "BytesValue", value(TYPE_BYTES, ByteString.copyFromUtf8("a"), "YQ=="));
    forms.refusesForms(BYTES, TYPE_INT64);
  }

  @Test
  @Behaviour(
      area = Area.WIRE_FORMS,
      says = "NUMERIC takes int32, int64, uint32, uint64, float, double and string, and no bool.",
      source = Sources.SUPPORTED_DATA_TYPES)
  void numericColumns() {
    forms.takes(
        NUMERIC,
        value(TYPE_INT32, -7, "-7"),
        value(TYPE_INT64, Long.MIN_VALUE, "-9223372036854775808"),
        value(TYPE_UINT32, -1, "4294967295"),
        value(TYPE_UINT64, -1L, "18446744073709551615"),
        value(TYPE_FLOAT, 0.5f, "0.5"),
        value(TYPE_DOUBLE, -2.5, "-2.5"),
        value(TYPE_STRING, " 1e3 ", "1000"));
    forms.refusesForms(NUMERIC, TYPE_BOOL, TYPE_SINT64);
  }

  @Test
  @Behaviour(
      area = Area.WIRE_FORMS,
      says = "BIGNUMERIC takes the same types as NUMERIC.",
      source = Sources.SUPPORTED_DATA_TYPES)
  void bigNumericColumns() {
    forms.takes(
        BIGNUMERIC,
        value(TYPE_INT32, -7, "-7"),
        value(TYPE_INT64, Long.MIN_VALUE, "-9223372036854775808"),
        value(TYPE_UINT32, -1, "4294967295"),
        value(TYPE_UINT64, -1L, "18446744073709551615"),
        value(TYPE_FLOAT, 0.5f, "0.5"),
        value(TYPE_DOUBLE, -2.5, "-2.5"),
        value(TYPE_STRING, " 1e3 ", "1000"));
    forms.refusesForms(BIGNUMERIC, TYPE_BOOL, TYPE_SINT64);
  }

  @Test
  @Behaviour(
      area = Area.WIRE_FORMS,
      says =
          "NUMERIC takes bytes and BytesValue: two's complement, little-endian, of "
              + "the value times 10 to the 9th.",
      source = Sources.CLIENT_CODE)
  @Behaviour(
      area = Area.WIRE_FORMS,
      says = "BIGNUMERIC takes bytes likewise, of the value times 10 to the 38th.",
      source = Sources.CLIENT_CODE)
  void numericBytes() {
    forms.takes(
        NUMERIC,
        value(
            TYPE_BYTES,
            BigDecimalByteStringEncoder.encodeToNumericByteString(
                new BigDecimal("-99999999999999999999999999999.999999999")),
            "-99999999999999999999999999999.999999999"),
        value(TYPE_BYTES, ByteString.EMPTY, "0"));
    forms.takesWrapped(
        NUMERIC,
        "BytesValue",
        value(
            TYPE_BYTES,
            BigDecimalByteStringEncoder.encodeToNumericByteString(new BigDecimal("2.5")),
            "2.5"));
    forms.takes(
        BIGNUMERIC,
        value(
            TYPE_BYTES,
            BigDecimalByteStringEncoder.encodeToBigNumericByteString(
                new BigDecimal("-12.00000000000000000000000000000000000001")),
            "-12.00000000000000000000000000000000000001"),
        value(TYPE_BYTES, ByteString.EMPTY, "0"));
  }

  @Test
  @Behaviour(
      area = Area.TYPES,
      says =
          "NUMERIC holds 29 digits before the point and 9 behind it; more before it "
              + "are out of range, also by rounding.",
      source = Sources.SQL_TYPES)
  @Behaviour(
      area = Area.TYPES,
      says = "NUMERIC rounds further fraction digits, half away from zero.",
      source = Sources.SQL_TYPES)
  @Behaviour(
      area = Area.TYPES,
      says = "NaN, infinities and texts that are no numbers are refused of NUMERIC.",
      source = Sources.SQL_TYPES)
  void numericRange() {
    forms.takes(
        NUMERIC,
        value(TYPE_STRING, "1.0000000005", "1.000000001"),
        value(TYPE_STRING, "-1.0000000005", "-1.000000001"),
        value(TYPE_STRING, "9e-999999999", "0"),
        value(TYPE_DOUBLE, 0.1, "0.1"));
    forms.refusesValues(
        NUMERIC, TYPE_STRING, "1e29", "99999999999999999999999999999.9999999995", "x", "");
    forms.refusesValues(NUMERIC, TYPE_DOUBLE, Double.NaN, 1e30);
  }

  @Test
  @Behaviour(
      area = Area.TYPES,
      says =
          "BIGNUMERIC holds 38 digits behind the point and reaches to "
              + "-578960446186580977117854925043439539266.34992332820282019728792003956564819968.",
      source = Sources.SQL_TYPES)
  void bigNumericRange() {
    String least =
        "-578960446186580977117854925043439539266.34992332820282019728792003956564819968";
    forms.takes(BIGNUMERIC, value(TYPE_STRING, least, least));
    forms.refusesValues(
        BIGNUMERIC, TYPE_STRING, "1e39", least.substring(0, least.length() - 1) + "9");
    forms.refusesValues(BIGNUMERIC, TYPE_DOUBLE, Double.POSITIVE_INFINITY);
  }

  @Test
  @Behaviour(
      area = Area.WIRE_FORMS,
      says = "JSON takes a string of JSON text; a text that is no JSON is an error of its row.",
      source = Sources.SUPPORTED_DATA_TYPES)
  @Behaviour(
      area = Area.TYPES,
      says =
          "JSON is kept without white space and without the order of its members; of "
              + "duplicate members the first is kept.",
      source = Sources.SQL_TYPES)
  @Behaviour(
      area = Area.TYPES,
      says = "JSON integers reach to 18446744073709551615.",
      source = Sources.SQL_TYPES)
  @Behaviour(
      area = Area.TYPES,
      says = "JSON may be nested 500 levels deep and no deeper.",
      source = Sources.SQL_TYPES)
  void jsonColumns() {
    forms.takes(
        JSON,
        value(TYPE_STRING, " {\"b\": 1, \"a\": [null, true]} ", "{\"a\":[null,true],\"b\":1}"),
        value(TYPE_STRING, "{\"a\":1,\"a\":2}", "{\"a\":1}"),
        value(TYPE_STRING, "18446744073709551615", "18446744073709551615"),
        value(TYPE_STRING, "[".repeat(500) + "]".repeat(500), "[".repeat(500) + "]".repeat(500)));
    forms.refusesValues(
        JSON, TYPE_STRING, "", "{", "{} {}", "1e999", "[".repeat(501) + "]".repeat(501));
    forms.refusesForms(JSON, TYPE_BYTES);
  }

  @Test
  @Behaviour(
      area = Area.WIRE_FORMS,
      says = "GEOGRAPHY takes a string in WKT; a text that is none is an error of its row.",
      source = Sources.SUPPORTED_DATA_TYPES)
  void geographyColumns() {
    forms.takes(GEOGRAPHY, value(TYPE_STRING, "POINT(1 2)", "POINT(1 2)"));
    forms.refusesValues(GEOGRAPHY, TYPE_STRING, "somewhere", "POINT(1 2", "");
    forms.refusesForms(GEOGRAPHY, TYPE_BYTES);
  }
}
