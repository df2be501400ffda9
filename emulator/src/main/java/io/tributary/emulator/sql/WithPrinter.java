package io.tributary.emulator.sql;

import com.google.zetasql.resolvedast.ResolvedColumn;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedRecursiveScan;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedScan;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedWithEntry;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedWithScan;
import com.google.zetasql.resolvedast.ResolvedRecursiveScanEnums.RecursiveSetOperationType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Prints WITH clauses and what refers to them. */
final class WithPrinter {
  private final ScanPrinter scans;
  private final Deque<String> recursive = new ArrayDeque<>();

  WithPrinter(ScanPrinter scans) {
    this.scans = scans;
  }

  /** The recursive query that is printed at the moment, within itself. */
  String recursion(List<ResolvedColumn> columns) {
    return reference(recursive.element(), columns);
  }

  String print(ResolvedWithScan scan) {
    List<String> entries = new ArrayList<>();
    for (ResolvedWithEntry entry : scan.getWithEntryList()) {
      ResolvedScan query = entry.getWithSubquery();
      String name = withName(entry.getWithQueryName());
      String text;
      if (query instanceof ResolvedRecursiveScan loop) {
        recursive.push(entry.getWithQueryName());
        boolean all = loop.getOpType() == RecursiveSetOperationType.UNION_ALL;
        // the rounds are counted in a column, which UNION DISTINCT cannot have
        text =
            all
                ? "SELECT *, CAST(0 AS BIGINT) AS round FROM ("
                    + scans.item(loop.getNonRecursiveTerm())
                    + ") UNION ALL SELECT *, bq_next_round((SELECT max(round) FROM "
                    + name
                    + ")) FROM ("
                    + scans.item(loop.getRecursiveTerm())
                    + ")"
                : scans.item(loop.getNonRecursiveTerm())
                    + " UNION "
                    + scans.item(loop.getRecursiveTerm());
        recursive.pop();
      } else {
        text = scans.positional(query, query.getColumnList(), "w");
      }
      entries.add(name + " AS (" + text + ")");
    }
    return "WITH "
        + (scan.getRecursive() ? "RECURSIVE " : "")
        + String.join(", ", entries)
        + " "
        + scans.select(scan.getColumnList())
        + scans.from(scan.getQuery());
  }

  String reference(String name, List<ResolvedColumn> columns) {
    return "SELECT " + scans.renamed(columns) + " FROM " + withName(name);
  }

  private String withName(String name) {
    return SqlText.name(scans.prefix() + "with_" + name);
  }
}
