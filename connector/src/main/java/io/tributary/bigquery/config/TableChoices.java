package io.tributary.bigquery.config;

/** What the configuration says of each table. */
@FunctionalInterface
public interface TableChoices {
  /** Nothing is said of any table. */
  TableChoices NONE = (dataset, table) -> TableOptions.NONE;

  TableOptions of(String dataset, String table);
}
