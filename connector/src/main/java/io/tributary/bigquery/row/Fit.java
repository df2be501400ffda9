package io.tributary.bigquery.row;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;

/** What becomes of a value that its column cannot hold exactly. Exact is whoever only refuses. */
interface Fit {
  /** Refuses every such value. */
  Fit EXACT = new Fit() {};

  /** Called with a number that lies outside the column's bounds. */
  default long outside(long value, long first, long last, String reason) {
    throw Unfit.value(reason);
  }

  /** Called with a number that lies outside the column's bounds; the nearest of them is given. */
  default BigInteger outside(BigInteger bound, String reason) {
    throw Unfit.value(reason);
  }

  /** Called with a number that has a remainder by the divisor; answers the quotient to write. */
  default long finer(long value, long divisor, String reason) {
    throw Unfit.value(reason);
  }

  /** Called with a number that has more digits after the point than the column. */
  default BigDecimal finer(BigDecimal value, int scale, String reason) {
    throw Unfit.value(reason);
  }

  /** Called with the double nearest to a number that has no exact one. */
  default double inexact(double nearest, String reason) {
    throw Unfit.value(reason);
  }

  /** Called with a text of more characters than the column takes. */
  default String longer(String text, int length, String reason) {
    throw Unfit.value(reason);
  }

  /** Called with more bytes than the column takes. */
  default byte[] longer(byte[] bytes, int length, String reason) {
    throw Unfit.value(reason);
  }

  /**
   * Takes the nearest value that the column has; texts and bytes lose their end.
   *
   * @param counted is told each time
   */
  static Fit clamping(Runnable counted) {
    return new Fit() {
      @Override
      public long outside(long value, long first, long last, String reason) {
        counted.run();
        return value < first ? first : last;
      }

      @Override
      public BigInteger outside(BigInteger bound, String reason) {
        counted.run();
        return bound;
      }

      @Override
      public String longer(String text, int length, String reason) {
        counted.run();
        return text.substring(0, text.offsetByCodePoints(0, length));
      }

      @Override
      public byte[] longer(byte[] bytes, int length, String reason) {
        counted.run();
        return Arrays.copyOf(bytes, length);
      }
    };
  }

  /**
   * Rounds what is too fine, halves away from zero as BigQuery does.
   *
   * @param counted is told each time
   */
  static Fit rounding(Runnable counted) {
    return new Fit() {
      @Override
      public long finer(long value, long divisor, String reason) {
        counted.run();
        return BigDecimal.valueOf(value)
            .divide(BigDecimal.valueOf(divisor), RoundingMode.HALF_UP)
            .longValueExact();
      }

      @Override
      public BigDecimal finer(BigDecimal value, int scale, String reason) {
        counted.run();
        return value.setScale(scale, RoundingMode.HALF_UP);
      }

      @Override
      public double inexact(double nearest, String reason) {
        counted.run();
        return nearest;
      }
    };
  }
}
