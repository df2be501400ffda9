package io.tributary.bigquery.table;

/**
 * The parameters of a column's type, as in {@code STRING(20)} or {@code NUMERIC(10,2)}.
 *
 * @param length most characters of a STRING or bytes of a BYTES; 0 for no limit
 * @param precision most digits of a NUMERIC or BIGNUMERIC; 0 for the type's own
 * @param scale digits of these after the point
 */
public record Limit(int length, int precision, int scale) {
  /** No parameters. */
  public static final Limit NONE = new Limit(0, 0, 0);

  public static Limit length(int length) {
    return new Limit(length, 0, 0);
  }

  public static Limit decimal(int precision, int scale) {
    return new Limit(0, precision, scale);
  }

  /** The parameters as GoogleSQL spells them behind the type's name; empty for none. */
  public String sql() {
    if (length > 0) {
      return "(" + length + ")";
    }
    return precision > 0 ? "(" + precision + ", " + scale + ")" : "";
  }
}
