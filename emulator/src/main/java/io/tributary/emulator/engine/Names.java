package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.DatasetRef;
import io.tributary.emulator.catalog.TableRef;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What may be the name of a dataset, a table, a column. */
final class Names {
  private static final Pattern DATASET = Pattern.compile("[A-Za-z0-9_]{1,1024}");
  private static final Pattern TABLE =
      Pattern.compile("[\\p{L}\\p{M}\\p{N}\\p{Pc}\\p{Pd}\\p{Zs}]+");
  private static final Pattern COLUMN =
      Pattern.compile("[\\p{L}\\p{M}\\p{N}\\p{Pc}\\p{Pd}&%=+:'<>#|\\s]+");
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

  private Names() {}

  static void checkDataset(DatasetRef ref) {
    if (!DATASET.matcher(ref.dataset()).matches()) {
      throw BigQueryError.invalid(
          "Invalid dataset ID \""
              + ref.dataset()
              + "\". Dataset IDs must be alphanumeric (plus underscores) and must be at most 1024"
              + " characters long.");
    }
  }

  static void checkTable(TableRef ref) {
    if (!TABLE.matcher(ref.table()).matches()
        || ref.table().getBytes(StandardCharsets.UTF_8).length > 1024) {
      throw BigQueryError.invalid(
          "Invalid table ID \""
              + ref.table()
              + "\". Table IDs must be letters, marks, numbers, connectors, dashes or spaces and at"
              + " most 1024 bytes long.");
    }
  }

  static void checkColumn(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean reserved = RESERVED.stream().anyMatch(lower::startsWith);
    if (reserved) {
      throw BigQueryError.invalid(
          "Invalid field name \""
              + name
              + "\". Field names are not allowed to start with the"
              + " (case-insensitive) prefixes _PARTITION, _TABLE_, _FILE_, _ROW_TIMESTAMP,"
              + " __ROOT__ and _COLIDENTIFIER");
    }
    if (!COLUMN.matcher(name).matches() || name.length() > 300) {
      throw BigQueryError.invalid(
          "Invalid field name \""
              + name
              + "\". Fields must contain the allowed characters, and be"
              + " at most 300 characters long.");
    }
  }
}
