package io.tributary.bigquery.row;

import io.tributary.bigquery.table.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Forms of booleans, integers, floating point and decimal numbers. */
final class Numbers {
  private static final int NUMERIC_SCALE = 9;
  private static final int BIGNUMERIC_SCALE = 38;
  private static final BigInteger NUMERIC_LIMIT = BigInteger.TEN.pow(38);

  /** Far above what BIGNUMERIC holds; keeps absurd exponents from being computed. */
  private static final int MOST_DIGITS = 200;

  private Numbers() {}

  static ScalarForm bool() {
    return new ScalarForm(
            ColumnType.BOOL, (out, number, value) -> out.bool(number, (Boolean) value))
        .or(ColumnType.INT64, (out, number, value) -> out.int64(number, ((Boolean) value) ? 1 : 0));
  }

  static ScalarForm integer() {
    return new ScalarForm(
            ColumnType.INT64,
            (out, number, value) -> out.int64(number, ((Number) value).longValue()))
        .or(
            ColumnType.NUMERIC,
            (out, number, value) ->
                numeric(out, number, BigDecimal.valueOf(((Number) value).longValue())))
        .or(
            ColumnType.BIGNUMERIC,
            (out, number, value) ->
                bigNumeric(out, number, BigDecimal.valueOf(((Number) value).longValue())))
        .or(
            ColumnType.FLOAT64,
            (out, number, value) -> exactFloat(out, number, ((Number) value).longValue()))
        .or(
            ColumnType.BOOL,
            (out, number, value) -> zeroOrOne(out, number, ((Number) value).longValue()));
  }

  static ScalarForm floating() {
    return new ScalarForm(
            ColumnType.FLOAT64,
            (out, number, value) -> out.float64(number, ((Number) value).doubleValue()))
        .or(ColumnType.NUMERIC, (out, number, value) -> numeric(out, number, exact(value)))
        .or(ColumnType.BIGNUMERIC, (out, number, value) -> bigNumeric(out, number, exact(value)));
  }

  static ScalarForm decimal() {
    return new ScalarForm(
            ColumnType.BIGNUMERIC,
            (out, number, value) -> bigNumeric(out, number, (BigDecimal) value))
        .or(ColumnType.NUMERIC, (out, number, value) -> numeric(out, number, (BigDecimal) value))
        .or(
            ColumnType.INT64,
            (out, number, value) -> out.int64(number, wholeNumber((BigDecimal) value)))
        .or(
            ColumnType.STRING,
            (out, number, value) -> out.string(number, ((BigDecimal) value).toPlainString()));
  }

  static void numeric(WireOut out, int number, BigDecimal value) {
    BigInteger unscaled = unscaled(value, NUMERIC_SCALE);
    if (unscaled.abs().compareTo(NUMERIC_LIMIT) >= 0) {
      throw Unfit.value("the number is out of NUMERIC's range");
    }
    out.bytes(number, littleEndian(unscaled));
  }

  static void bigNumeric(WireOut out, int number, BigDecimal value) {
    BigInteger unscaled = unscaled(value, BIGNUMERIC_SCALE);
    if (unscaled.bitLength() > 255) {
      throw Unfit.value("the number is out of BIGNUMERIC's range");
    }
    out.bytes(number, littleEndian(unscaled));
  }

  private static BigInteger unscaled(BigDecimal value, int scale) {
    if (value.signum() == 0) {
      return BigInteger.ZERO;
    }
    BigDecimal exact = value.scale() > scale ? value.stripTrailingZeros() : value;
    if (exact.scale() > scale) {
      throw Unfit.value("the number has more than " + scale + " digits after the point");
    }
    if ((long) exact.precision() - exact.scale() > MOST_DIGITS) {
      throw Unfit.value("the number has too many digits");
    }
    return exact.setScale(scale).unscaledValue();
  }

  private static byte[] littleEndian(BigInteger value) {
    byte[] bytes = value.toByteArray();
    for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
      byte b = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = b;
    }
    return bytes;
  }

  private static long wholeNumber(BigDecimal value) {
    BigDecimal whole = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    boolean fits = whole.scale() <= 0 && (long) whole.precision() - whole.scale() <= 19;
    BigInteger integer = fits ? whole.toBigInteger() : null;
    if (integer == null || integer.bitLength() > 63) {
      throw Unfit.value("the number is not a whole number of 64 bits");
    }
    return integer.longValue();
  }

  private static void exactFloat(WireOut out, int number, long value) {
    double rounded = (double) value;
    if (rounded == 0x1p63 || (long) rounded != value) {
      throw Unfit.value("the number is not exact as FLOAT64");
    }
    out.float64(number, rounded);
  }

  private static void zeroOrOne(WireOut out, int number, long value) {
    if (value != 0 && value != 1) {
      throw Unfit.value("the number is neither 0 nor 1");
    }
    out.bool(number, value == 1);
  }

  /** The shortest decimal that reads as this number, which is what its writer meant. */
  private static BigDecimal exact(Object value) {
    double number = ((Number) value).doubleValue();
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      throw Unfit.value("NaN and infinity have no decimal form");
    }
    return new BigDecimal(value.toString());
  }
}
