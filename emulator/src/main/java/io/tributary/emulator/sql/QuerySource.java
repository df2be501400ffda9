package io.tributary.emulator.sql;

import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedQueryStmt;
import io.tributary.emulator.catalog.StoredTable;
import java.util.List;

/** Where the rows of a table in a FROM clause come from. */
public sealed interface QuerySource {
  /** A stored table; its physical columns bear the names of its columns. */
  record Stored(StoredTable table) implements QuerySource {}

  /**
   * A view, already analysed.
   *
   * @param names its columns
   */
  record View(ResolvedQueryStmt query, List<String> names) implements QuerySource {}

  /** Rows that exist as DuckDB text only; its columns bear the names in the catalog. */
  record Inline(String duckSql) implements QuerySource {}
}
