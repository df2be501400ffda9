package io.tributary.bigquery.row;

import io.tributary.bigquery.table.Limit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.Function;

/** Decimal numbers on their way into NUMERIC and BIGNUMERIC. */
final class Decimals {
  private static final int NUMERIC_SCALE = 9;
  private static final int BIGNUMERIC_SCALE = 38;
  private static final BigInteger NUMERIC_MOST = BigInteger.TEN.pow(38).subtract(BigInteger.ONE);
  private static final BigInteger BIGNUMERIC_MOST = BigInteger.ONE.shiftLeft(255);

  /** Far above what BIGNUMERIC holds; keeps absurd exponents from being computed. */
  private static final int MOST_DIGITS = 200;

  private Decimals() {}

  static Into numeric(Function<Object, BigDecimal> number) {
    return target -> {
      Room room = Room.of("NUMERIC", NUMERIC_SCALE, NUMERIC_MOST.negate(), NUMERIC_MOST, target);
      return (out, field, value) -> out.bytes(field, littleEndian(room.fit(number.apply(value))));
    };
  }

  static Into bigNumeric(Function<Object, BigDecimal> number) {
    return target -> {
      Room room =
          Room.of(
              "BIGNUMERIC",
              BIGNUMERIC_SCALE,
              BIGNUMERIC_MOST.negate(),
              BIGNUMERIC_MOST.subtract(BigInteger.ONE),
              target);
      return (out, field, value) -> out.bytes(field, littleEndian(room.fit(number.apply(value))));
    };
  }

  /**
   * What a column holds.
   *
   * @param scale digits after the point that it keeps
   * @param wire digits after the point of the wire form
   * @param least lowest value of the wire form
   * @param most highest value of the wire form
   */
  private record Room(
      String type, int scale, int wire, BigInteger least, BigInteger most, Fit fit) {

    static Room of(String type, int wire, BigInteger least, BigInteger most, Target target) {
      Limit limit = target.column().details().limit();
      if (limit.precision() == 0) {
        return new Room(type, wire, wire, least, most, target.fit());
      }
      BigInteger bound =
          BigInteger.TEN
              .pow(limit.precision())
              .subtract(BigInteger.ONE)
              .multiply(BigInteger.TEN.pow(wire - limit.scale()));
      String text = type + limit.sql();
      return new Room(
          text, limit.scale(), wire, bound.negate().max(least), bound.min(most), target.fit());
    }

    /** The number in the wire form's unit. */
    BigInteger fit(BigDecimal value) {
      if (value.signum() == 0) {
        return BigInteger.ZERO;
      }
      BigDecimal exact = value.scale() > scale ? value.stripTrailingZeros() : value;
      if ((long) exact.precision() - exact.scale() > MOST_DIGITS) {
        return outside(value.signum());
      }
      if (exact.scale() > scale) {
        exact =
            fit.finer(
                exact, scale, "the number has more than " + scale + " digits after the point");
      }
      BigInteger unscaled = exact.setScale(wire).unscaledValue();
      boolean held = unscaled.compareTo(least) >= 0 && unscaled.compareTo(most) <= 0;
      return held ? unscaled : outside(unscaled.signum());
    }

    private BigInteger outside(int sign) {
      return fit.outside(sign < 0 ? least : most, "the number is out of " + type + "'s range");
    }
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
}
