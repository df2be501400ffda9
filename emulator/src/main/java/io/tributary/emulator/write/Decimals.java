package io.tributary.emulator.write;

import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Reads the wire forms of NUMERIC and BIGNUMERIC and checks them against the column. */
final class Decimals {
  private static final BigInteger NUMERIC_MAX = BigInteger.TEN.pow(38).subtract(BigInteger.ONE);
  private static final BigInteger BIGNUMERIC_MAX =
      BigInteger.ONE.shiftLeft(255).subtract(BigInteger.ONE);
  private static final BigInteger BIGNUMERIC_MIN = BigInteger.ONE.shiftLeft(255).negate();

  private final Column column;
  private final int typeScale;
  private final int scale;

  Decimals(Column column) {
    this.column = column;
    this.typeScale = column.type() == ColumnType.NUMERIC ? 9 : 38;
    this.scale =
        column.precision() == null
            ? typeScale
            : column.scale() == null ? 0 : column.scale().intValue();
  }

  /** Two's complement, little-endian, of the value times ten to the type's scale. */
  BigDecimal fromBytes(byte[] littleEndian) throws CellException {
    byte[] bigEndian = new byte[littleEndian.length];
    for (int i = 0; i < bigEndian.length; i++) {
      bigEndian[i] = littleEndian[littleEndian.length - 1 - i];
    }
    BigInteger unscaled = bigEndian.length == 0 ? BigInteger.ZERO : new BigInteger(bigEndian);
    return check(new BigDecimal(unscaled, typeScale));
  }

  BigDecimal fromText(String text) throws CellException {
    try {
      return check(new BigDecimal(text.strip()));
    } catch (NumberFormatException e) {
      throw new CellException(
          "Invalid " + column.type() + " value: " + text + " Field: " + column.name());
    }
  }

  BigDecimal fromDouble(double value) throws CellException {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw outOfRange(String.valueOf(value));
    }
    return check(new BigDecimal(value));
  }

  /** Digits beyond the scale are rounded half away from zero; digits before it must fit. */
  BigDecimal check(BigDecimal value) throws CellException {
    if (value.precision() - (long) value.scale() > 80) {
      throw outOfRange(value.toString());
    }
    BigDecimal rounded = rounded(value);
    BigInteger unscaled = rounded.setScale(typeScale).unscaledValue();
    boolean fits =
        typeScale == 9
            ? unscaled.abs().compareTo(NUMERIC_MAX) <= 0
            : unscaled.compareTo(BIGNUMERIC_MAX) <= 0 && unscaled.compareTo(BIGNUMERIC_MIN) >= 0;
    if (fits && column.precision() != null) {
      long integerDigits = column.precision() - scale;
      fits = rounded.abs().compareTo(BigDecimal.TEN.pow((int) integerDigits)) < 0;
    }
    if (!fits) {
      throw outOfRange(value.toString());
    }
    return rounded;
  }

  private BigDecimal rounded(BigDecimal value) {
    if (value.scale() - (long) value.precision() > scale) {
      // smaller than half of the last digit; to round it would take space for all of its zeros
      return BigDecimal.ZERO;
    }
    return value.scale() > scale ? value.setScale(scale, RoundingMode.HALF_UP) : value;
  }

  private CellException outOfRange(String value) {
    return new CellException(
        column.type() + " out of range: " + value + " Field: " + column.name());
  }
}
