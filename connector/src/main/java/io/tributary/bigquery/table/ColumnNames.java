package io.tributary.bigquery.table;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Makes names of columns legal in BigQuery; a legal name stays as it is. Two names that become one
 * are not told apart here.
 *
 * @see <a href="https://cloud.google.com/bigquery/docs/schemas#column_names">column names</a>
 */
public final class ColumnNames {
  private static final int LONGEST = 300;

  /**
   * Neither a letter, number, mark, connector or dash of any language nor one of a few signs. Of
   * white space only the blank is legal: a statement cannot name a column with a line break.
   */
  private static final Pattern ILLEGAL =
      Pattern.compile("[^\\p{L}\\p{N}\\p{M}\\p{Pc}\\p{Pd}&%=+:'<>#| ]");

  private static final List<String> RESERVED =
      List.of(
          "_table_",
          "_file_",
          "_partition",
          "_row_timestamp",
          "__root__",
          "_colidentifier",
          "_change_sequence_number",
          "_change_type",
          "_change_timestamp");

  private ColumnNames() {}

  /** The column's name for a field: illegal signs become {@code _}, reserved names get an x. */
  public static String legal(String field) {
    String name = ILLEGAL.matcher(field).replaceAll("_");
    String folded = name.toLowerCase(Locale.ROOT);
    if (RESERVED.stream().anyMatch(folded::startsWith)) {
      name = "x" + name;
    }
    return shortened(name, field);
  }

  /** A long name is cut, and ends in a digest of all of it. */
  static String shortened(String name, String whole) {
    if (name.length() <= LONGEST) {
      return name;
    }
    String digest = "_" + TableNames.digest(whole);
    int end = LONGEST - digest.length();
    boolean split = Character.isHighSurrogate(name.charAt(end - 1));
    return name.substring(0, split ? end - 1 : end) + digest;
  }

  /** The column that keeps the exact text of what another column cannot hold. */
  public static String twin(String column) {
    return legal(column + "_text");
  }

  /** The column that takes a field's values of a type that the first column does not take. */
  public static String aside(String column, ColumnType type) {
    return legal(column + "_" + type.name().toLowerCase(Locale.ROOT));
  }
}
