package io.tributary.emulator.sql;

import com.google.zetasql.resolvedast.ResolvedColumn;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedAggregateFunctionCall;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedAggregateScan;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedAnalyticFunctionCall;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedAnalyticFunctionGroup;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedAnalyticScan;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedComputedColumn;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedComputedColumnBase;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedGroupingCall;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedGroupingSet;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedGroupingSetBase;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedOrderByItem;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedScan;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedWindowFrame;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedWindowFrameExpr;
import com.google.zetasql.resolvedast.ResolvedWindowFrameEnums.FrameUnit;
import io.tributary.emulator.catalog.BigQueryError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints GROUP BY and window scans. */
final class AggregatePrinter {
  private final ScanPrinter scans;
  private final ExprPrinter exprs;
  private final AggregateFunctions functions;

  AggregatePrinter(ScanPrinter scans, ExprPrinter exprs) {
    this.scans = scans;
    this.exprs = exprs;
    this.functions = new AggregateFunctions(scans, exprs);
  }

  String print(ResolvedScan scan) {
    if (scan instanceof ResolvedAggregateScan aggregate) {
      return aggregate(aggregate);
    } else if (scan instanceof ResolvedAnalyticScan analytic) {
      return analytic(analytic);
    }
    throw BigQueryError.notImplemented(
        scan.getClass().getSimpleName().replace("Resolved", "") + " is not supported");
  }

  private String aggregate(ResolvedAggregateScan scan) {
    Map<Long, String> groups = new LinkedHashMap<>();
    Map<Long, String> items = new LinkedHashMap<>();
    for (ResolvedComputedColumn column : scan.getGroupByList()) {
      String expr = exprs.print(column.getExpr());
      groups.put(column.getColumn().getId(), expr);
      items.put(column.getColumn().getId(), expr + " AS " + scans.column(column.getColumn()));
    }
    for (ResolvedComputedColumnBase column : scan.getAggregateList()) {
      if (!(column.getExpr() instanceof ResolvedAggregateFunctionCall call)) {
        throw BigQueryError.notImplemented("This aggregate is not supported");
      }
      items.put(
          column.getColumn().getId(),
          functions.aggregate(call) + " AS " + scans.column(column.getColumn()));
    }
    for (ResolvedGroupingCall call : scan.getGroupingCallList()) {
      items.put(
          call.getOutputColumn().getId(),
          "grouping("
              + groups.get(call.getGroupByColumn().getColumn().getId())
              + ") AS "
              + scans.column(call.getOutputColumn()));
    }
    if (items.isEmpty()) {
      items.put(-1L, "count(*) AS one");
    }
    return "SELECT "
        + String.join(", ", items.values())
        + scans.from(scan.getInputScan())
        + groupBy(scan, groups);
  }

  private static String groupBy(ResolvedAggregateScan scan, Map<Long, String> groups) {
    if (groups.isEmpty()) {
      return "";
    }
    if (scan.getGroupingSetList().isEmpty()) {
      return " GROUP BY " + String.join(", ", groups.values());
    }
    List<String> sets = new ArrayList<>();
    for (ResolvedGroupingSetBase base : scan.getGroupingSetList()) {
      if (!(base instanceof ResolvedGroupingSet set)) {
        throw BigQueryError.notImplemented("ROLLUP and CUBE are not supported");
      }
      sets.add(
          set.getGroupByColumnList().stream()
              .map(c -> groups.get(c.getColumn().getId()))
              .collect(Collectors.joining(", ", "(", ")")));
    }
    return " GROUP BY GROUPING SETS (" + String.join(", ", sets) + ")";
  }

  private String analytic(ResolvedAnalyticScan scan) {
    Map<Long, String> items = new LinkedHashMap<>();
    for (ResolvedColumn column : scan.getInputScan().getColumnList()) {
      items.put(column.getId(), scans.column(column));
    }
    for (ResolvedAnalyticFunctionGroup group : scan.getFunctionGroupList()) {
      for (ResolvedComputedColumnBase column : group.getAnalyticFunctionList()) {
        ResolvedAnalyticFunctionCall call = (ResolvedAnalyticFunctionCall) column.getExpr();
        items.put(
            column.getColumn().getId(),
            functions.analytic(call, window(group, call))
                + " AS "
                + scans.column(column.getColumn()));
      }
    }
    return "SELECT " + String.join(", ", items.values()) + scans.from(scan.getInputScan());
  }

  private String window(ResolvedAnalyticFunctionGroup group, ResolvedAnalyticFunctionCall call) {
    List<String> parts = new ArrayList<>();
    if (group.getPartitionBy() != null) {
      parts.add("PARTITION BY " + scans.references(group.getPartitionBy().getPartitionByList()));
    }
    ResolvedWindowFrame frame = call.getWindowFrame();
    if (group.getOrderBy() != null) {
      List<ResolvedOrderByItem> items = group.getOrderBy().getOrderByItemList();
      parts.add(
          measures(frame)
              ? "ORDER BY " + scans.measuredItem(items.get(0))
              : scans.orderBy(items).strip());
    }
    if (frame != null && functions.takesFrame(call)) {
      parts.add(
          (frame.getFrameUnit() == FrameUnit.ROWS ? "ROWS" : "RANGE")
              + " BETWEEN "
              + bound(frame.getStartExpr())
              + " AND "
              + bound(frame.getEndExpr()));
    }
    return " OVER (" + String.join(" ", parts) + ")";
  }

  /**
   * Whether the frame reaches as far as values differ, for which there is one column to order by.
   */
  private static boolean measures(ResolvedWindowFrame frame) {
    return frame != null
        && frame.getFrameUnit() == FrameUnit.RANGE
        && (frame.getStartExpr().getExpression() != null
            || frame.getEndExpr().getExpression() != null);
  }

  private String bound(ResolvedWindowFrameExpr bound) {
    return switch (bound.getBoundaryType()) {
      case UNBOUNDED_PRECEDING -> "UNBOUNDED PRECEDING";
      case OFFSET_PRECEDING -> exprs.print(bound.getExpression()) + " PRECEDING";
      case CURRENT_ROW -> "CURRENT ROW";
      case OFFSET_FOLLOWING -> exprs.print(bound.getExpression()) + " FOLLOWING";
      case UNBOUNDED_FOLLOWING -> "UNBOUNDED FOLLOWING";
      default ->
          throw BigQueryError.notImplemented(
              "Window bound " + bound.getBoundaryType() + " is not supported");
    };
  }
}
