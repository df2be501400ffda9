package io.tributary.emulator.sql;

import com.google.common.base.Strings;
import io.tributary.emulator.catalog.BigQueryError;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * BIGNUMERIC as text of fixed width whose byte order is the order of the numbers: a sign, then 77
 * digits (38 of them the fraction), complemented for negative numbers. DuckDB has no exact type
 * this wide; as text, equality, order, grouping, MIN and MAX are exact.
 */
public final class BigNumericText {
  private static final int SCALE = 38;
  private static final int DIGITS = 77;
  private static final BigInteger MAX = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.ONE);
  private static final BigInteger MIN = BigInteger.ONE.shiftLeft(255).negate();
  private static final BigInteger MODULUS = BigInteger.TEN.pow(DIGITS);

  private BigNumericText() {}

  /** The text of a number, rounded to 38 fraction digits; throws if it is out of range. */
  public static String encode(BigDecimal value) {
    BigInteger unscaled = value.setScale(SCALE, RoundingMode.HALF_UP).unscaledValue();
    if (unscaled.compareTo(MAX) > 0 || unscaled.compareTo(MIN) < 0) {
      throw BigQueryError.invalidQuery("BIGNUMERIC overflow");
    }
    return unscaled.signum() < 0 ? "0" + digits(MODULUS.add(unscaled)) : "1" + digits(unscaled);
  }

  /** The number behind a text. */
  public static BigDecimal decode(String text) {
    BigInteger digits = new BigInteger(text.substring(1));
    BigInteger unscaled = text.charAt(0) == '0' ? digits.subtract(MODULUS) : digits;
    BigDecimal value = new BigDecimal(unscaled, SCALE).stripTrailingZeros();
    return value.scale() < 0 ? value.setScale(0) : value;
  }

  private static String digits(BigInteger value) {
    return Strings.padStart(value.toString(), DIGITS, '0');
  }
}
