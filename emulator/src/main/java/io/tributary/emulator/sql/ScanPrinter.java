package io.tributary.emulator.sql;

import com.google.zetasql.SimpleTable;
import com.google.zetasql.resolvedast.ResolvedColumn;
import com.google.zetasql.resolvedast.ResolvedJoinScanEnums.JoinType;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedArrayScan;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedBarrierScan;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedColumnRef;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedComputedColumn;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedExpr;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedFilterScan;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedJoinScan;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedLimitOffsetScan;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedLiteral;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedOrderByItem;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedOrderByScan;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedOutputColumn;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedProjectScan;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedRecursiveRefScan;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedScan;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedSetOperationItem;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedSetOperationScan;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedSingleRowScan;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedTableScan;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedWithRefScan;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedWithScan;
import com.google.zetasql.resolvedast.ResolvedOrderByItemEnums.NullOrderMode;
import io.tributary.emulator.catalog.BigQueryError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Prints scans: each becomes one SELECT whose columns are named after the ids of the analyzer's
 * columns, which are unique in a statement; so references across nesting need no qualifiers.
 */
final class ScanPrinter {
  private final ExprPrinter exprs;
  private final AggregatePrinter aggregates;
  private final PrintContext context;
  private final String prefix;
  private final WithPrinter withs;

  ScanPrinter(PrintContext context, String prefix) {
    this(context, prefix, Map.of());
  }

  /** For the body of a function with these arguments. */
  ScanPrinter(PrintContext context, String prefix, Map<String, String> arguments) {
    this.context = context;
    this.prefix = prefix;
    this.withs = new WithPrinter(this);
    this.exprs = new ExprPrinter(this, context, arguments);
    this.aggregates = new AggregatePrinter(this, exprs);
  }

  ExprPrinter exprs() {
    return exprs;
  }

  String prefix() {
    return prefix;
  }

  String column(ResolvedColumn column) {
    return prefix + column.getId();
  }

  String print(ResolvedScan scan) {
    if (scan instanceof ResolvedSingleRowScan) {
      return "SELECT 1 AS one";
    } else if (scan instanceof ResolvedTableScan table) {
      return table(table, List.of());
    } else if (scan instanceof ResolvedProjectScan project) {
      return project(project);
    } else if (scan instanceof ResolvedFilterScan filter) {
      return select(filter.getColumnList())
          + from(filter.getInputScan())
          + " WHERE "
          + exprs.print(filter.getFilterExpr());
    } else if (scan instanceof ResolvedJoinScan join) {
      return join(join);
    } else if (scan instanceof ResolvedOrderByScan order) {
      return select(order.getColumnList())
          + from(order.getInputScan())
          + orderBy(order.getOrderByItemList());
    } else if (scan instanceof ResolvedLimitOffsetScan limit) {
      return limit(limit);
    } else if (scan instanceof ResolvedArrayScan array) {
      return array(array);
    } else if (scan instanceof ResolvedSetOperationScan set) {
      return setOperation(set);
    } else if (scan instanceof ResolvedWithScan with) {
      return withs.print(with);
    } else if (scan instanceof ResolvedWithRefScan ref) {
      return withs.reference(ref.getWithQueryName(), ref.getColumnList());
    } else if (scan instanceof ResolvedRecursiveRefScan ref) {
      return withs.recursion(ref.getColumnList());
    } else if (scan instanceof ResolvedBarrierScan barrier) {
      return print(barrier.getInputScan());
    }
    return aggregates.print(scan);
  }

  /** The columns by position, under names made of this letter and their index. */
  String positional(ResolvedScan scan, List<ResolvedColumn> columns, String letter) {
    List<String> items = new ArrayList<>();
    for (ResolvedColumn column : columns) {
      items.add(column(column) + " AS " + letter + items.size());
    }
    return "SELECT " + orOne(items) + from(scan);
  }

  String table(ResolvedTableScan scan, List<String> more) {
    SimpleTable table = (SimpleTable) scan.getTable();
    if (scan.getForSystemTimeExpr() != null) {
      throw BigQueryError.notImplemented("FOR SYSTEM_TIME AS OF is not supported");
    }
    List<String> items = new ArrayList<>(more);
    for (int i = 0; i < scan.getColumnList().size(); i++) {
      int index = Math.toIntExact(scan.getColumnIndexList().get(i));
      items.add(source(table, index) + " AS " + column(scan.getColumnList().get(i)));
    }
    return "SELECT " + orOne(items) + " FROM " + relation(table) + " AS t";
  }

  private static String source(SimpleTable table, int index) {
    String name = table.getColumn(index).getName();
    return name.equals(QueryCatalog.PARTITION_DATE)
        ? "CAST(t._PARTITIONTIME AS DATE)"
        : "t." + SqlText.name(name);
  }

  private String relation(SimpleTable table) {
    QuerySource source = context.source(table);
    if (source instanceof QuerySource.Stored stored) {
      return stored.table().physicalName();
    } else if (source instanceof QuerySource.Inline inline) {
      return "(" + inline.duckSql() + ")";
    } else if (source instanceof QuerySource.View view) {
      ScanPrinter inner = new ScanPrinter(context, "v" + prefix);
      List<String> items = new ArrayList<>();
      for (ResolvedOutputColumn output : view.query().getOutputColumnList()) {
        String name = view.names().get(items.size());
        items.add(inner.column(output.getColumn()) + " AS " + SqlText.name(name));
      }
      return "(SELECT "
          + String.join(", ", items)
          + " FROM ("
          + inner.print(view.query().getQuery())
          + "))";
    }
    throw BigQueryError.notImplemented("Table " + table.getFullName() + " cannot be read");
  }

  private String project(ResolvedProjectScan scan) {
    Map<Long, ResolvedExpr> computed = new LinkedHashMap<>();
    for (ResolvedComputedColumn column : scan.getExprList()) {
      computed.put(column.getColumn().getId(), column.getExpr());
    }
    Map<Long, String> items = new LinkedHashMap<>();
    for (ResolvedColumn column : scan.getColumnList()) {
      ResolvedExpr expr = computed.get(column.getId());
      items.put(
          column.getId(),
          expr == null ? column(column) : exprs.print(expr) + " AS " + column(column));
    }
    if (scan.getInputScan() instanceof ResolvedSingleRowScan) {
      return "SELECT " + orOne(items.values());
    }
    return "SELECT " + orOne(items.values()) + from(scan.getInputScan());
  }

  private String join(ResolvedJoinScan scan) {
    String keyword =
        switch (scan.getJoinType()) {
          case LEFT -> " LEFT JOIN ";
          case RIGHT -> " RIGHT JOIN ";
          case FULL -> " FULL JOIN ";
          default -> " JOIN ";
        };
    if (scan.getJoinExpr() == null && scan.getJoinType() == JoinType.INNER) {
      return select(scan.getColumnList())
          + from(scan.getLeftScan())
          + " AS l CROSS JOIN "
          + lateral(scan)
          + "("
          + print(scan.getRightScan())
          + ") AS r";
    }
    return select(scan.getColumnList())
        + from(scan.getLeftScan())
        + " AS l"
        + keyword
        + lateral(scan)
        + "("
        + print(scan.getRightScan())
        + ") AS r ON "
        + (scan.getJoinExpr() == null ? "TRUE" : exprs.print(scan.getJoinExpr()));
  }

  private static String lateral(ResolvedJoinScan scan) {
    return scan.getIsLateral() ? "LATERAL " : "";
  }

  private String limit(ResolvedLimitOffsetScan scan) {
    String order = "";
    ResolvedScan input = scan.getInputScan();
    if (input instanceof ResolvedOrderByScan ordered) {
      // in one SELECT, so that the order cannot be lost between the two
      order = orderBy(ordered.getOrderByItemList());
      input = ordered.getInputScan();
    }
    refuseNegative(scan.getLimit(), "LIMIT");
    refuseNegative(scan.getOffset(), "OFFSET");
    return select(scan.getColumnList())
        + from(input)
        + order
        + (scan.getLimit() == null ? "" : " LIMIT " + exprs.print(scan.getLimit()))
        + (scan.getOffset() == null ? "" : " OFFSET " + exprs.print(scan.getOffset()));
  }

  private static void refuseNegative(ResolvedExpr count, String clause) {
    if (count instanceof ResolvedLiteral literal
        && (literal.getValue().isNull() || literal.getValue().getInt64Value() < 0)) {
      throw BigQueryError.invalidQuery(clause + " must be a non-negative number");
    }
  }

  String orderBy(List<ResolvedOrderByItem> items) {
    return " ORDER BY " + items.stream().map(this::orderItem).collect(Collectors.joining(", "));
  }

  String orderItem(ResolvedOrderByItem item) {
    String column = exprs.print(item.getColumnRef());
    String direction = direction(item);
    if (item.getColumnRef().getType().isRange()) {
      return RangeFunctions.key(column, item.getColumnRef().getType()) + direction;
    }
    // NaN is GoogleSQL's smallest number and DuckDB's greatest
    return item.getColumnRef().getType().isDouble()
        ? "NOT isnan(" + column + ")" + direction + ", " + column + direction
        : column + direction;
  }

  /** The item of a window whose frame is measured, which NaN has no place in. */
  String measuredItem(ResolvedOrderByItem item) {
    String column = exprs.print(item.getColumnRef());
    String key =
        item.getColumnRef().getType().isDouble()
            ? "CASE WHEN isnan("
                + column
                + ") THEN CAST(bq_refuse('NaN in a window frame of RANGE') AS DOUBLE) ELSE "
                + column
                + " END"
            : column;
    return key + direction(item);
  }

  private static String direction(ResolvedOrderByItem item) {
    boolean nullsFirst =
        item.getNullOrder() == NullOrderMode.ORDER_UNSPECIFIED
            ? !item.getIsDescending()
            : item.getNullOrder() == NullOrderMode.NULLS_FIRST;
    return (item.getIsDescending() ? " DESC" : " ASC")
        + (nullsFirst ? " NULLS FIRST" : " NULLS LAST");
  }

  private String array(ResolvedArrayScan scan) {
    if (scan.getArrayExprList().size() != 1) {
      throw BigQueryError.notImplemented("UNNEST of several arrays is not supported");
    }
    String array = exprs.print(scan.getArrayExprList().get(0));
    List<String> items = new ArrayList<>();
    items.add("unnest(" + array + ") AS " + column(scan.getElementColumnList().get(0)));
    if (scan.getArrayOffsetColumn() != null) {
      items.add(
          "generate_subscripts("
              + array
              + ", 1) - 1 AS "
              + column(scan.getArrayOffsetColumn().getColumn()));
    }
    String unnest = "SELECT " + String.join(", ", items);
    if (scan.getInputScan() == null) {
      return select(scan.getColumnList()) + " FROM (" + unnest + ")";
    }
    if (scan.getJoinExpr() != null) {
      unnest = "SELECT * FROM (" + unnest + ") WHERE " + exprs.print(scan.getJoinExpr());
    }
    return select(scan.getColumnList())
        + from(scan.getInputScan())
        + " AS l "
        + (scan.getIsOuter() ? "LEFT JOIN" : "JOIN")
        + " LATERAL ("
        + unnest
        + ") AS r ON TRUE";
  }

  private String setOperation(ResolvedSetOperationScan scan) {
    String keyword =
        switch (scan.getOpType()) {
          case UNION_ALL -> " UNION ALL ";
          case UNION_DISTINCT -> " UNION ";
          case INTERSECT_ALL -> " INTERSECT ALL ";
          case INTERSECT_DISTINCT -> " INTERSECT ";
          case EXCEPT_ALL -> " EXCEPT ALL ";
          case EXCEPT_DISTINCT -> " EXCEPT ";
          default -> throw BigQueryError.notImplemented(scan.getOpType() + " is not supported");
        };
    String items =
        scan.getInputItemList().stream()
            .map(item -> "(" + item(item) + ")")
            .collect(Collectors.joining(keyword));
    return "SELECT " + renamed(scan.getColumnList()) + " FROM (" + items + ")";
  }

  String item(ResolvedSetOperationItem item) {
    return positional(item.getScan(), item.getOutputColumnList(), "w");
  }

  String renamed(List<ResolvedColumn> columns) {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      items.add("w" + i + " AS " + column(columns.get(i)));
    }
    return orOne(items);
  }

  String select(List<ResolvedColumn> columns) {
    return "SELECT " + orOne(columns.stream().map(this::column).distinct().toList());
  }

  String from(ResolvedScan scan) {
    return " FROM (" + print(scan) + ")";
  }

  String references(List<ResolvedColumnRef> columns) {
    return columns.stream().map(c -> exprs.print(c)).collect(Collectors.joining(", "));
  }

  private static String orOne(Collection<String> items) {
    return items.isEmpty() ? "1 AS one" : String.join(", ", items);
  }
}
