package io.tributary.bigquery.table;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Makes names of tables and datasets legal in BigQuery; a legal name stays as it is. Two names that
 * become one are not told apart here.
 *
 * @see <a href="https://cloud.google.com/bigquery/docs/tables#table_naming">names of tables</a>
 */
public final class TableNames {
  private static final int LONGEST = 1_024;
  private static final int DIGITS = 16;

  /** Neither a letter, mark, number, connector, dash nor space of any language. */
  private static final Pattern ILLEGAL =
      Pattern.compile("[^\\p{L}\\p{M}\\p{N}\\p{Pc}\\p{Pd}\\p{Zs}]");

  private static final Pattern ILLEGAL_IN_DATASET = Pattern.compile("[^A-Za-z0-9_]");

  private TableNames() {}

  /** The table's name: illegal signs become {@code _}, and a long name ends in its digest. */
  public static String table(String name) {
    return shortened(ILLEGAL.matcher(name).replaceAll("_"));
  }

  /** The dataset's name, likewise. */
  public static String dataset(String name) {
    return shortened(ILLEGAL_IN_DATASET.matcher(name).replaceAll("_"));
  }

  /** The first hexadecimal digits of a name's SHA-256. */
  public static String digest(String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  private static String shortened(String name) {
    if (name.getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
      return name;
    }
    StringBuilder start = new StringBuilder();
    int room = LONGEST - DIGITS - 1;
    for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
      String next = Character.toString(name.codePointAt(i));
      room -= next.getBytes(StandardCharsets.UTF_8).length;
      if (room < 0) {
        break;
      }
      start.append(next);
    }
    return start + "_" + digest(name);
  }
}
