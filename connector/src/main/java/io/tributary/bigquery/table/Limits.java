package io.tributary.bigquery.table;

/** Parameters of types that take the values of two columns. */
final class Limits {
  private static final int NUMERIC_SCALE = 9;
  private static final int NUMERIC_WHOLE = 29;
  private static final int BIGNUMERIC_DIGITS = 38;
  private static final int INT64_DIGITS = 19;

  private Limits() {}

  /** The narrowest parameters of the wanted type that take both; none if none do. */
  static Limit both(Column present, Column wanted) {
    return switch (wanted.type()) {
      case STRING, BYTES -> length(present.details().limit(), wanted.details().limit());
      case NUMERIC, BIGNUMERIC -> decimal(present, wanted);
      default -> Limit.NONE;
    };
  }

  private static Limit length(Limit present, Limit wanted) {
    boolean unlimited = present.length() == 0 || wanted.length() == 0;
    return unlimited ? Limit.NONE : Limit.length(Math.max(present.length(), wanted.length()));
  }

  private static Limit decimal(Column present, Column wanted) {
    Limit asked = wanted.details().limit();
    Limit there = present.details().limit();
    boolean unlimited =
        asked.precision() == 0 || (there.precision() == 0 && present.type() == wanted.type());
    if (unlimited) {
      return Limit.NONE;
    }
    int scale = Math.max(asked.scale(), scale(present));
    int whole = Math.max(asked.precision() - asked.scale(), whole(present));
    boolean big = wanted.type() == ColumnType.BIGNUMERIC;
    boolean legal =
        scale <= (big ? BIGNUMERIC_DIGITS : NUMERIC_SCALE)
            && whole <= (big ? BIGNUMERIC_DIGITS : NUMERIC_WHOLE);
    return legal ? Limit.decimal(whole + scale, scale) : Limit.NONE;
  }

  private static int scale(Column column) {
    boolean bare = column.type() == ColumnType.NUMERIC && column.details().limit().precision() == 0;
    return bare ? NUMERIC_SCALE : column.details().limit().scale();
  }

  private static int whole(Column column) {
    if (column.type() == ColumnType.INT64) {
      return INT64_DIGITS;
    }
    Limit limit = column.details().limit();
    return limit.precision() == 0 ? NUMERIC_WHOLE : limit.precision() - limit.scale();
  }
}
