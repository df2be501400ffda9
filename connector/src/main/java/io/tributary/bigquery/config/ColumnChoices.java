package io.tributary.bigquery.config;

import java.util.Optional;

/** What the configuration says of the columns of one table. */
@FunctionalInterface
public interface ColumnChoices {
  /** Nothing is said of any column. */
  ColumnChoices NONE = field -> ColumnSettings.NONE;

  /**
   * The settings of a column.
   *
   * @param field its name in the record
   */
  ColumnSettings of(String field);

  /**
   * The policy tag that guards a field inside a column.
   *
   * @param path the column and its fields down to this one, with dots between
   */
  default Optional<String> innerPolicyTag(String path) {
    return Optional.empty();
  }

  /**
   * Whether a type may have been chosen for the fields that are written into a column; yes in
   * doubt.
   *
   * @param column its name in the table
   */
  default boolean mayType(String column) {
    return of(column).type().isPresent();
  }
}
