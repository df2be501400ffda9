package io.tributary.emulator.sql;

import com.google.zetasql.Type;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedArgumentRef;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedCast;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedColumnRef;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedComputedColumn;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedConstant;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedDMLDefault;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedExpr;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedFunctionCall;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedFunctionCallBase;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedGetJsonField;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedGetStructField;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedLiteral;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedMakeStruct;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedParameter;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedScan;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedSubqueryExpr;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedSystemVariable;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedWithExpr;
import io.tributary.emulator.catalog.BigQueryError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prints expressions. Every printed expression has exactly the DuckDB type of its GoogleSQL type.
 */
final class ExprPrinter {
  private final ScanPrinter scans;
  private final PrintContext context;

  private final Map<String, String> arguments;

  ExprPrinter(ScanPrinter scans, PrintContext context, Map<String, String> arguments) {
    this.scans = scans;
    this.context = context;
    this.arguments = arguments;
  }

  PrintContext context() {
    return context;
  }

  List<String> printAll(List<? extends ResolvedExpr> all) {
    return all.stream().map(this::print).toList();
  }

  /** What names the columns of the body of a function that is called here. */
  String innerPrefix() {
    return "f" + scans.prefix();
  }

  String print(ResolvedExpr expr) {
    if (expr instanceof ResolvedLiteral literal) {
      return Constants.print(literal.getValue());
    } else if (expr instanceof ResolvedColumnRef ref) {
      return scans.column(ref.getColumn());
    } else if (expr instanceof ResolvedFunctionCall call) {
      return Functions.print(this, call);
    } else if (expr instanceof ResolvedCast cast) {
      return CastPrinter.print(this, cast);
    } else if (expr instanceof ResolvedMakeStruct struct) {
      return struct(struct);
    } else if (expr instanceof ResolvedGetStructField get) {
      return "struct_extract("
          + print(get.getExpr())
          + ", '"
          + Types.field(Math.toIntExact(get.getFieldIdx()))
          + "')";
    } else if (expr instanceof ResolvedGetJsonField get) {
      return "js_query("
          + print(get.getExpr())
          + ", "
          + SqlText.string("$.\"" + get.getFieldName() + "\"")
          + ")";
    } else if (expr instanceof ResolvedSubqueryExpr subquery) {
      return subquery(subquery);
    } else if (expr instanceof ResolvedParameter parameter) {
      return parameter.getName().isEmpty()
          ? context.positional().get(Math.toIntExact(parameter.getPosition()) - 1)
          : context.parameter(parameter.getName());
    } else if (expr instanceof ResolvedConstant constant) {
      return context.variable(constant.getConstant().getNamePath().get(0));
    } else if (expr instanceof ResolvedSystemVariable variable) {
      return context.variable("@@" + String.join(".", variable.getNamePath()));
    } else if (expr instanceof ResolvedArgumentRef argument) {
      return arguments.get(argument.getName().toLowerCase(Locale.ROOT));
    } else if (expr instanceof ResolvedWithExpr with) {
      return with(with);
    } else if (expr instanceof ResolvedDMLDefault) {
      throw BigQueryError.notImplemented("DEFAULT is not supported here");
    }
    throw BigQueryError.notImplemented(
        "Expression "
            + expr.getClass().getSimpleName().replace("Resolved", "")
            + " is not supported");
  }

  static String functionName(ResolvedFunctionCallBase call) {
    return String.join(".", call.getFunction().getNamePath()).toLowerCase(Locale.ROOT);
  }

  private String struct(ResolvedMakeStruct struct) {
    List<String> items = new ArrayList<>();
    for (ResolvedExpr field : struct.getFieldList()) {
      items.add("'" + Types.field(items.size()) + "': " + print(field));
    }
    return "{" + String.join(", ", items) + "}";
  }

  private String subquery(ResolvedSubqueryExpr expr) {
    ResolvedScan scan = expr.getSubquery();
    return switch (expr.getSubqueryType()) {
      case SCALAR -> "(" + single(scan) + ")";
      case EXISTS -> "EXISTS (" + scans.print(scan) + ")";
      case IN -> in(expr, scan);
      case ARRAY -> {
        // numbered, because list() alone need not keep the order of its input
        String column = scans.column(scan.getColumnList().get(0));
        yield "(SELECT COALESCE(list(v ORDER BY n), CAST([] AS "
            + Types.duckType(expr.getType())
            + ")) FROM (SELECT "
            + column
            + " AS v, row_number() OVER () AS n"
            + scans.from(scan)
            + "))";
      }
      default ->
          throw BigQueryError.notImplemented(
              expr.getSubqueryType() + " subqueries are not supported");
    };
  }

  private String in(ResolvedSubqueryExpr expr, ResolvedScan scan) {
    Type type = expr.getInExpr().getType();
    if (type.isStruct()) {
      throw BigQueryError.notImplemented("IN of a STRUCT and a subquery is not supported");
    }
    // NaN equals nothing
    String numbers =
        type.isDouble()
            ? " WHERE isnan(" + scans.column(scan.getColumnList().get(0)) + ") IS NOT TRUE"
            : "";
    return "(" + print(expr.getInExpr()) + " IN (" + single(scan) + numbers + "))";
  }

  private String single(ResolvedScan scan) {
    return "SELECT " + scans.column(scan.getColumnList().get(0)) + scans.from(scan);
  }

  private String with(ResolvedWithExpr with) {
    StringBuilder text = new StringBuilder("(SELECT " + print(with.getExpr()) + " FROM ");
    String inner = "(SELECT 1 AS one)";
    for (ResolvedComputedColumn column : with.getAssignmentList()) {
      inner =
          "(SELECT *, "
              + print(column.getExpr())
              + " AS "
              + scans.column(column.getColumn())
              + " FROM "
              + inner
              + ")";
    }
    return text.append(inner).append(")").toString();
  }

  static String cast(String text, Type type) {
    return "CAST(" + text + " AS " + Types.duckType(type) + ")";
  }
}
