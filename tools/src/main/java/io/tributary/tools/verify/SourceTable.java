package io.tributary.tools.verify;

/**
 * A table in PostgreSQL whose copy in BigQuery has the same name.
 *
 * @param schema the PostgreSQL schema
 * @param name the table, in both places
 */
public record SourceTable(String schema, String name) {
  /** {@code "schema"."name"} for PostgreSQL. */
  public String quoted() {
    return quote(schema) + "." + quote(name);
  }

  static String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
