package io.tributary.bigquery.row;

import com.google.protobuf.CodedInputStream;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import io.tributary.bigquery.table.Recreation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;

/**
 * Values of a column that was written anew with a wider type, in records that still have the old
 * one: converted as the rewrite has converted those that were there. A value is written in the wire
 * form of its own type first, so that it is known exactly.
 */
final class Widening {
  private static final int NUMBER = 1;

  private final ColumnType type;
  private final ValueWriter own;
  private final WireOut wire = new WireOut();

  private Widening(ColumnType type, ValueWriter own) {
    this.type = type;
    this.own = own;
  }

  /**
   * The writer into a column of a wider type; null when it is none, or every form has a way of its
   * own into it.
   *
   * @param type the values' own
   * @param way into columns of their own type
   */
  static ValueWriter into(ColumnType type, Into way, Target target) {
    ColumnType wider = target.column().type();
    boolean days = type == ColumnType.DATE;
    if (!Recreation.takes(wider, type) || !(days || wider == ColumnType.STRING)) {
      return null;
    }
    Column narrow = Column.nullable(target.column().name(), type);
    Widening widening = new Widening(type, way.writer(target.of(narrow)));
    return switch (wider) {
      case STRING -> Text.into(widening::text).writer(target);
      case DATETIME ->
          (out, number, value) ->
              out.int64(number, Calendar.packedDatetime(widening.micros(value)));
      case TIMESTAMP -> (out, number, value) -> out.int64(number, widening.micros(value));
      default -> null;
    };
  }

  /** The value as CAST spells it. */
  private String text(Object value) {
    try {
      CodedInputStream in = written(value);
      return switch (type) {
        case INT64 -> Long.toString(in.readInt64());
        case FLOAT64 -> CastText.of(in.readDouble());
        case BOOL -> Boolean.toString(in.readBool());
        case BYTES -> Binary.utf8(in.readByteArray());
        case NUMERIC -> number(in.readByteArray(), 9);
        case BIGNUMERIC -> number(in.readByteArray(), 38);
        case DATE -> LocalDate.ofEpochDay(in.readInt32()).toString();
        case TIME -> CastText.time(in.readInt64());
        case DATETIME -> CastText.datetime(in.readInt64());
        case TIMESTAMP -> CastText.timestamp(in.readInt64());
        default -> throw new IllegalStateException("Not a type that has one text: " + type);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The day's beginning. */
  private long micros(Object value) {
    try {
      return written(value).readInt32() * Calendar.DAY_MICROS;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CodedInputStream written(Object value) throws IOException {
    wire.clear();
    own.write(wire, NUMBER, value);
    CodedInputStream in = CodedInputStream.newInstance(wire.take());
    in.readTag();
    return in;
  }

  /** The wire has the lowest byte first. */
  private static String number(byte[] bytes, int scale) {
    byte[] highestFirst = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      highestFirst[i] = bytes[bytes.length - 1 - i];
    }
    BigInteger unscaled = bytes.length == 0 ? BigInteger.ZERO : new BigInteger(highestFirst);
    return new BigDecimal(unscaled, scale).stripTrailingZeros().toPlainString();
  }
}
