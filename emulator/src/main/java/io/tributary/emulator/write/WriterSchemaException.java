package io.tributary.emulator.write;

import java.util.List;

/** A writer's schema that does not fit the table, or is no valid schema at all. */
final class WriterSchemaException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient List<String> extraFields;

  private WriterSchemaException(String message, List<String> extraFields) {
    super(message, null, false, false);
    this.extraFields = extraFields;
  }

  static WriterSchemaException invalid(String message) {
    return new WriterSchemaException(message, List.of());
  }

  static WriterSchemaException extraFields(List<String> names) {
    return new WriterSchemaException(
        "Input schema has more fields than BigQuery schema, extra fields: '"
            + String.join(",", names)
            + "'",
        names);
  }

  boolean hasExtraFields() {
    return !extraFields.isEmpty();
  }
}
