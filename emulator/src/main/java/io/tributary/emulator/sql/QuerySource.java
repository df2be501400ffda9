package io.tributary.emulator.sql;

import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedQueryStmt;
import io.tributary.emulator.catalog.StoredTable;

/** Where the rows of a table in a FROM clause come from. */
public sealed interface QuerySource {
  /** A stored table; its physical columns bear the names of its columns. */
  record Stored(StoredTable table) implements QuerySource {}

  /** A view, already analysed. */
  record View(ResolvedQueryStmt query) implements QuerySource {}

  /** Rows that exist as DuckDB text only; its columns bear the names in the catalog. */
  record Inline(String duckSql) implements QuerySource {}
}
