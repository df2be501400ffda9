package io.tributary.emulator.write;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.ColumnType;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * Chooses the reader of a column's value by the protobuf type the writer declared: the table on
 * https://cloud.google.com/bigquery/docs/supported-data-types.
 */
final class ColumnReaders {
  private static final long MIN_DAY = -719_162;
  private static final long MAX_DAY = 2_932_896;
  private static final long MIN_MICROS = -62_135_596_800_000_000L;
  private static final long MAX_MICROS = 253_402_300_799_999_999L;

  private ColumnReaders() {}

  /** The reader, or null where BigQuery does not take this protobuf type for the column. */
  static ValueReader of(Column column, FieldDescriptor field) {
    FieldDescriptor.Type wrapped = WireReaders.wrapped(field);
    if (wrapped == null) {
      return plain(column, field, field.getType());
    }
    boolean taken =
        switch (column.type()) {
          case BOOL -> wrapped == FieldDescriptor.Type.BOOL;
          case BYTES, NUMERIC, BIGNUMERIC -> wrapped == FieldDescriptor.Type.BYTES;
          case FLOAT64 ->
              wrapped == FieldDescriptor.Type.DOUBLE || wrapped == FieldDescriptor.Type.FLOAT;
          case INT64 -> WireReaders.isInteger(wrapped);
          case STRING -> wrapped == FieldDescriptor.Type.STRING;
          default -> false;
        };
    return taken ? WireReaders.unwrapping(wrapped, plain(column, field, wrapped)) : null;
  }

  private static ValueReader plain(
      Column column, FieldDescriptor field, FieldDescriptor.Type type) {
    return switch (column.type()) {
      case BOOL -> bool(type);
      case BYTES -> bytes(column, type);
      case DATE -> date(column, type);
      case DATETIME -> dateTime(column, type);
      case TIME -> time(column, type);
      case FLOAT64 -> float64(type);
      case GEOGRAPHY -> text(type, text -> TextValues.geography(text, column));
      case INT64 -> int64(type);
      case INTERVAL -> interval(column, field, type);
      case JSON -> text(type, text -> JsonText.normalise(text, column.name()));
      case NUMERIC, BIGNUMERIC -> decimal(new Decimals(column), type);
      case STRING -> string(column, field, type);
      case TIMESTAMP -> timestamp(column, field, type);
      case RANGE, STRUCT -> null;
    };
  }

  private static ValueReader bool(FieldDescriptor.Type type) {
    if (type == FieldDescriptor.Type.BOOL) {
      return CodedInputStream::readBool;
    }
    return WireReaders.isInteger(type) ? in -> in.readRawVarint64() != 0 : null;
  }

  private static ValueReader bytes(Column column, FieldDescriptor.Type type) {
    return switch (type) {
      case BYTES -> in -> checkLength(in.readByteArray(), column);
      case STRING ->
          in -> checkLength(in.readStringRequireUtf8().getBytes(StandardCharsets.UTF_8), column);
      default -> null;
    };
  }

  private static byte[] checkLength(byte[] value, Column column) throws CellException {
    if (column.maxLength() != null && value.length > column.maxLength()) {
      throw tooLong(column, value.length);
    }
    return value;
  }

  private static ValueReader string(
      Column column, FieldDescriptor field, FieldDescriptor.Type type) {
    if (type == FieldDescriptor.Type.ENUM) {
      return WireReaders.enumName(field.getEnumType());
    }
    if (type != FieldDescriptor.Type.STRING) {
      return null;
    }
    if (column.maxLength() == null) {
      return CodedInputStream::readStringRequireUtf8;
    }
    return in -> {
      String value = in.readStringRequireUtf8();
      int length = value.codePointCount(0, value.length());
      if (length > column.maxLength()) {
        throw tooLong(column, length);
      }
      return value;
    };
  }

  private static CellException tooLong(Column column, int length) {
    return new CellException(
        "Field %s: %s(%d) has maximum length %d but got a value with length %d"
            .formatted(
                column.name(), column.type(), column.maxLength(), column.maxLength(), length));
  }

  private static ValueReader int64(FieldDescriptor.Type type) {
    boolean taken =
        type == FieldDescriptor.Type.ENUM
            || (WireReaders.isInteger(type) && type != FieldDescriptor.Type.UINT64);
    if (!taken) {
      return null;
    }
    WireReaders.LongReader reader = WireReaders.integer(type);
    return reader::read;
  }

  private static ValueReader float64(FieldDescriptor.Type type) {
    if (type != FieldDescriptor.Type.DOUBLE && type != FieldDescriptor.Type.FLOAT) {
      return null;
    }
    WireReaders.DoubleReader reader = WireReaders.floating(type);
    // adding zero turns negative zero, which BigQuery does not store, into zero
    return in -> reader.read(in) + 0.0;
  }

  private static ValueReader decimal(Decimals decimals, FieldDescriptor.Type type) {
    return switch (type) {
      case BYTES -> in -> decimals.fromBytes(in.readByteArray());
      case STRING -> in -> decimals.fromText(in.readStringRequireUtf8());
      case INT32, INT64, UINT32 -> {
        WireReaders.LongReader reader = WireReaders.integer(type);
        yield in -> decimals.check(BigDecimal.valueOf(reader.read(in)));
      }
      case UINT64 ->
          in ->
              decimals.check(
                  new BigDecimal(new BigInteger(Long.toUnsignedString(in.readUInt64()))));
      case DOUBLE, FLOAT -> {
        WireReaders.DoubleReader reader = WireReaders.floating(type);
        yield in -> decimals.fromDouble(reader.read(in));
      }
      default -> null;
    };
  }

  private static ValueReader date(Column column, FieldDescriptor.Type type) {
    return switch (type) {
      case INT32, INT64 -> {
        WireReaders.LongReader reader = WireReaders.integer(type);
        yield in -> day(reader.read(in), column);
      }
      default -> text(type, text -> TextValues.date(text, column));
    };
  }

  private static LocalDate day(long day, Column column) throws CellException {
    if (day < MIN_DAY || day > MAX_DAY) {
      throw new CellException("Invalid date value %d. Field: %s".formatted(day, column.name()));
    }
    return LocalDate.ofEpochDay(day);
  }

  private static ValueReader time(Column column, FieldDescriptor.Type type) {
    return type == FieldDescriptor.Type.INT64
        ? in -> CivilTime.time(in.readInt64())
        : text(type, text -> TextValues.time(text, column));
  }

  private static ValueReader dateTime(Column column, FieldDescriptor.Type type) {
    return type == FieldDescriptor.Type.INT64
        ? in -> CivilTime.dateTime(in.readInt64())
        : text(type, text -> TextValues.dateTime(text, column));
  }

  private static ValueReader timestamp(
      Column column, FieldDescriptor field, FieldDescriptor.Type type) {
    if (WireReaders.isMessage(field, "Timestamp")) {
      return in -> {
        WireReaders.Seconds value = WireReaders.seconds(in);
        if (Math.abs(value.seconds()) > MAX_MICROS / 1_000_000) {
          throw timestampOutOfRange(column, value.seconds());
        }
        return micros(value.seconds() * 1_000_000 + Math.floorDiv(value.nanos(), 1000), column);
      };
    }
    return switch (type) {
      case INT64, INT32, UINT32 -> {
        WireReaders.LongReader reader = WireReaders.integer(type);
        yield in -> micros(reader.read(in), column);
      }
      default -> null;
    };
  }

  private static Instant micros(long micros, Column column) throws CellException {
    if (micros < MIN_MICROS || micros > MAX_MICROS) {
      throw timestampOutOfRange(column, micros);
    }
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private static CellException timestampOutOfRange(Column column, long value) {
    return new CellException(
        "Timestamp field value is out of range: %d Field: %s".formatted(value, column.name()));
  }

  private static ValueReader interval(
      Column column, FieldDescriptor field, FieldDescriptor.Type type) {
    if (WireReaders.isMessage(field, "Duration")) {
      return in -> {
        WireReaders.Seconds value = WireReaders.seconds(in);
        return TextValues.interval(value.seconds(), value.nanos(), column);
      };
    }
    return text(type, text -> TextValues.interval(text, column));
  }

  @FunctionalInterface
  private interface TextParser {
    Object parse(String text) throws CellException;
  }

  private static ValueReader text(FieldDescriptor.Type type, TextParser parser) {
    if (type != FieldDescriptor.Type.STRING) {
      return null;
    }
    return (CodedInputStream in) -> parseUtf8(in, parser);
  }

  private static Object parseUtf8(CodedInputStream in, TextParser parser)
      throws IOException, CellException {
    return parser.parse(in.readStringRequireUtf8());
  }

  static boolean isMessageType(ColumnType type) {
    return type == ColumnType.STRUCT || type == ColumnType.RANGE;
  }
}
