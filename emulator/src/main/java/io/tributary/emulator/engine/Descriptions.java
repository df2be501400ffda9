package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What datasets, tables, columns and jobs may be labelled and described with. */
public final class Descriptions {
  private static final int MAX_TABLE = 16_384;
  private static final int MAX_COLUMN = 1024;
  private static final int MAX_LABELS = 64;
  private static final Pattern KEY =
      Pattern.compile("[\\p{Ll}\\p{Lo}][\\p{Ll}\\p{Lo}\\p{N}_-]{0,62}");
  private static final Pattern VALUE = Pattern.compile("[\\p{Ll}\\p{Lo}\\p{N}_-]{0,63}");

  private Descriptions() {}

  /** Throws unless these may be labels. */
  public static void checkLabels(Map<String, String> labels) {
    if (labels.size() > MAX_LABELS) {
      throw BigQueryError.invalid("Too many labels: at most 64");
    }
    labels.forEach(
        (key, value) -> {
          if (!KEY.matcher(key).matches()) {
            throw BigQueryError.invalid("Label key \"" + key + "\" has invalid characters.");
          }
          if (!VALUE.matcher(value).matches()) {
            throw BigQueryError.invalid("Label value \"" + value + "\" has invalid characters.");
          }
        });
  }

  static void checkTable(String description) {
    check(description, MAX_TABLE);
  }

  static void checkColumns(List<Column> columns) {
    for (Column column : columns) {
      check(column.description(), MAX_COLUMN);
      checkColumns(column.fields());
    }
  }

  private static void check(String description, int max) {
    if (description != null && description.length() > max) {
      throw BigQueryError.invalid(
          "The description is too long: "
              + description.length()
              + " characters, at most "
              + max
              + ".");
    }
  }
}
