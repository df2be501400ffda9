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
      if (query instanceof ResolvedRecursiveScan loop) {
        recursive.push(entry.getWithQueryName());
        entries.add(loop(name, loop));
        recursive.pop();
      } else {
        entries.add(name + " AS (" + scans.positional(query, query.getColumnList(), "w") + ")");
      }
    }
    return "WITH "
        + (scan.getRecursive() ? "RECURSIVE " : "")
        + String.join(", ", entries)
        + " "
        + scans.select(scan.getColumnList())
        + scans.from(scan.getQuery());
  }

  /** The rounds are counted in one more column, of which UNION DISTINCT takes no notice. */
  private String loop(String name, ResolvedRecursiveScan loop) {
    String base = ", CAST(0 AS BIGINT) AS round FROM (" + scans.item(loop.getNonRecursiveTerm());
    String next =
        ", bq_next_round((SELECT max(round) FROM "
            + name
            + ")) FROM ("
            + scans.item(loop.getRecursiveTerm());
    if (loop.getOpType() == RecursiveSetOperationType.UNION_ALL) {
      return name + " AS (SELECT *" + base + ") UNION ALL SELECT *" + next + "))";
    }
    List<String> columns = new ArrayList<>();
    List<String> same = new ArrayList<>();
    for (int i = 0; i < loop.getNonRecursiveTerm().getOutputColumnList().size(); i++) {
      columns.add("w" + i);
      same.add("seen.w" + i + " IS NOT DISTINCT FROM found.w" + i);
    }
    String keys = String.join(", ", columns);
    return name
        + ("(" + keys + ", round) USING KEY (" + keys + ") AS (SELECT DISTINCT *")
        + base
        + ") UNION SELECT DISTINCT *"
        + next
        + ") AS found WHERE NOT EXISTS (SELECT 1 FROM recurring."
        + name
        + " AS seen WHERE "
        + String.join(" AND ", same)
        + "))";
  }

  String reference(String name, List<ResolvedColumn> columns) {
    return "SELECT " + scans.renamed(columns) + " FROM " + withName(name);
  }

  private String withName(String name) {
    return SqlText.name(scans.prefix() + "with_" + name);
  }
}
