package io.tributary.emulator.sql;

import com.google.zetasql.Type;
import com.google.zetasql.resolvedast.ResolvedAggregateHavingModifierEnums.HavingModifierKind;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedAggregateFunctionCall;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedAnalyticFunctionCall;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedExpr;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedLiteral;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedNonScalarFunctionCallBase;
import com.google.zetasql.resolvedast.ResolvedNonScalarFunctionCallBaseEnums.NullHandlingModifier;
import io.tributary.emulator.catalog.BigQueryError;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Prints calls of aggregate and window functions. */
final class AggregateFunctions {
  private static final Set<String> FRAMELESS =
      Set.of(
          "row_number", "rank", "dense_rank", "percent_rank", "cume_dist", "ntile", "lead", "lag");
  private static final Set<String> NAVIGATION =
      Set.of("first_value", "last_value", "nth_value", "lead", "lag");

  private final ScanPrinter scans;
  private final ExprPrinter exprs;

  AggregateFunctions(ScanPrinter scans, ExprPrinter exprs) {
    this.scans = scans;
    this.exprs = exprs;
  }

  boolean takesFrame(ResolvedAnalyticFunctionCall call) {
    return !FRAMELESS.contains(name(call));
  }

  String aggregate(ResolvedAggregateFunctionCall call) {
    if (call.getHavingModifier() != null && name(call).equals("any_value")) {
      return having(call);
    }
    refuse(call.getHavingModifier() != null, "HAVING MAX or MIN inside an aggregate");
    refuse(!call.getGroupByList().isEmpty(), "GROUP BY inside an aggregate");
    refuse(call.getWhereExpr() != null, "WHERE inside an aggregate");
    String order =
        call.getOrderByItemList().isEmpty() ? "" : scans.orderBy(call.getOrderByItemList());
    if (call.getLimit() == null) {
      return print(call, order, "", "");
    }
    String limit = exprs.print(call.getLimit());
    if (name(call).equals("string_agg")) {
      refuse(call.getArgumentList().get(0).getType().isBytes(), "LIMIT inside STRING_AGG of BYTES");
      List<String> args = exprs.printAll(call.getArgumentList());
      return "array_to_string(list_slice(list("
          + (call.getDistinct() ? "DISTINCT " : "")
          + args.get(0)
          + order
          + ") FILTER (WHERE "
          + args.get(0)
          + " IS NOT NULL), 1, "
          + limit
          + "), "
          + (args.size() > 1 ? args.get(1) : "','")
          + ")";
    }
    refuse(!name(call).equals("array_agg"), "LIMIT inside " + name(call).toUpperCase(Locale.ROOT));
    return "list_slice(" + print(call, order, "", "") + ", 1, " + limit + ")";
  }

  private String having(ResolvedAggregateFunctionCall call) {
    ResolvedExpr by = call.getHavingModifier().getHavingExpr();
    return extreme(
        call.getHavingModifier().getKind() == HavingModifierKind.MAX,
        exprs.print(call.getArgumentList().get(0)),
        exprs.print(by),
        by.getType());
  }

  /** The value that goes with the greatest or least other one; NaN is both. */
  private static String extreme(boolean most, String value, String by, Type type) {
    String key =
        type.isDouble() && !most
            ? "CASE WHEN "
                + by
                + " IS NOT NULL THEN {'n': NOT isnan("
                + by
                + "), 'v': "
                + by
                + "} END"
            : by;
    return (most ? "arg_max_null(" : "arg_min_null(") + value + ", " + key + ")";
  }

  String analytic(ResolvedAnalyticFunctionCall call, String over) {
    String name = name(call);
    if (!NAVIGATION.contains(name)) {
      return FRAMELESS.contains(name)
          ? name + "(" + String.join(", ", exprs.printAll(call.getArgumentList())) + ")" + over
          : print(call, "", "", over);
    }
    if (call.getArgumentList().size() > 1
        && call.getArgumentList().get(1) instanceof ResolvedLiteral offset
        && offset.getType().isInt64()
        && (offset.getValue().isNull() || offset.getValue().getInt64Value() < 0)) {
      throw BigQueryError.invalidQuery(
          "The second argument of " + name.toUpperCase(Locale.ROOT) + " must be non-negative");
    }
    String nulls =
        call.getNullHandlingModifier() == NullHandlingModifier.IGNORE_NULLS ? " IGNORE NULLS" : "";
    return name
        + "("
        + String.join(", ", exprs.printAll(call.getArgumentList()))
        + nulls
        + ")"
        + over;
  }

  private String print(
      ResolvedNonScalarFunctionCallBase call, String order, String filter, String over) {
    List<String> args = exprs.printAll(call.getArgumentList());
    String distinct = call.getDistinct() ? "DISTINCT " : "";
    String tail = filter + over;
    String name = name(call);
    String first = args.isEmpty() ? "" : args.get(0);
    Type type = args.isEmpty() ? null : call.getArgumentList().get(0).getType();
    if (type != null && type.isRange() && (name.equals("min") || name.equals("max"))) {
      return (name.equals("max") ? "arg_max(" : "arg_min(")
          + first
          + ", "
          + RangeFunctions.key(first, type)
          + ")"
          + tail;
    }
    return switch (name) {
      case "$count_star" -> "count(*)" + tail;
      case "count" -> "count(" + distinct + first + ")" + tail;
      case "countif" -> "count(" + distinct + "CASE WHEN " + first + " THEN TRUE END)" + tail;
      case "sum" -> sum(type, distinct, first, tail);
      case "avg" -> average(type, distinct, first, tail);
      case "min" ->
          type.isDouble()
              ? "CASE WHEN bool_or(isnan("
                  + first
                  + "))"
                  + tail
                  + " THEN 'nan'::DOUBLE ELSE min("
                  + first
                  + ")"
                  + tail
                  + " END"
              : "min(" + first + ")" + tail;
      case "max" -> "max(" + first + ")" + tail;
      case "any_value" -> "any_value(" + first + ")" + tail;
      case "logical_and" -> "bool_and(" + first + ")" + tail;
      case "logical_or" -> "bool_or(" + first + ")" + tail;
      case "bit_and", "bit_or", "bit_xor" -> name + "(" + first + ")" + tail;
      case "array_agg" -> arrayAgg(call, distinct, first, order, tail);
      case "array_concat_agg" ->
          "flatten(list("
              + first
              + order
              + ") FILTER (WHERE "
              + first
              + " IS NOT NULL)"
              + over
              + ")";
      case "string_agg" -> stringAgg(type, distinct, args, order, tail);
      case "approx_count_distinct" -> "count(DISTINCT " + first + ")" + tail;
      case "approx_quantiles", "approx_top_count", "percentile_cont", "percentile_disc" ->
          QuantileFunctions.print(call, args, tail);
      case "max_by", "min_by" ->
          extreme(
                  name.equals("max_by"),
                  first,
                  args.get(1),
                  call.getArgumentList().get(1).getType())
              + tail;
      case "stddev_samp", "stddev_pop", "var_samp", "var_pop" ->
          name + "(" + distinct + first + ")" + tail;
      case "corr" -> correlation(String.join(", ", args), tail);
      case "covar_pop", "covar_samp" -> name + "(" + String.join(", ", args) + ")" + tail;
      default ->
          throw BigQueryError.notImplemented(
              "Aggregate function " + name.toUpperCase(Locale.ROOT) + " is not supported");
    };
  }

  /** NULL of fewer than two pairs, and NaN where nothing varies. */
  private static String correlation(String args, String tail) {
    return "CASE WHEN regr_count("
        + args
        + ")"
        + tail
        + " < 2 THEN NULL WHEN covar_pop("
        + args
        + ")"
        + tail
        + " = 0 THEN 'nan'::DOUBLE ELSE corr("
        + args
        + ")"
        + tail
        + " END";
  }

  private static String sum(Type type, String distinct, String arg, String tail) {
    if (type.isBigNumeric()) {
      return "bn_sum(string_agg(" + distinct + arg + ", ',')" + tail + ")";
    }
    if (type.isInterval()) {
      refuse(!distinct.isEmpty(), "SUM of DISTINCT INTERVAL values");
      return "(to_months(CAST(sum(iv_months("
          + arg
          + "))"
          + tail
          + " AS INTEGER)) + to_days(CAST(sum(iv_days("
          + arg
          + "))"
          + tail
          + " AS INTEGER)) + to_microseconds(CAST(sum(iv_micros("
          + arg
          + "))"
          + tail
          + " AS BIGINT)))";
    }
    String sum = "sum(" + distinct + arg + ")" + tail;
    return type.isInt64() ? "CAST(" + sum + " AS BIGINT)" : sum;
  }

  private static String average(Type type, String distinct, String arg, String tail) {
    if (type.isBigNumeric()) {
      return "bn_div("
          + sum(type, distinct, arg, tail)
          + ", bn_of(CAST(count("
          + distinct
          + arg
          + ")"
          + tail
          + " AS VARCHAR)))";
    }
    if (type.isNumeric()) {
      return "num_div(sum("
          + distinct
          + arg
          + ")"
          + tail
          + ", CAST(count("
          + distinct
          + arg
          + ")"
          + tail
          + " AS DECIMAL(38,9)))";
    }
    refuse(type.isInterval(), "AVG of " + type);
    return "avg(" + distinct + arg + ")" + tail;
  }

  private static String arrayAgg(
      ResolvedNonScalarFunctionCallBase call,
      String distinct,
      String arg,
      String order,
      String tail) {
    String filter =
        call.getNullHandlingModifier() == NullHandlingModifier.IGNORE_NULLS
            ? " FILTER (WHERE " + arg + " IS NOT NULL)"
            : "";
    return "list(" + distinct + arg + order + ")" + filter + tail;
  }

  private static String stringAgg(
      Type type, String distinct, List<String> args, String order, String tail) {
    String separator = args.size() > 1 ? args.get(1) : "','";
    if (type.isBytes()) {
      refuse(!distinct.isEmpty(), "DISTINCT inside STRING_AGG of BYTES");
      return "unhex(string_agg(hex("
          + args.get(0)
          + "), "
          + "hex("
          + separator
          + ")"
          + order
          + ")"
          + tail
          + ")";
    }
    return "string_agg(" + distinct + args.get(0) + ", " + separator + order + ")" + tail;
  }

  static String name(ResolvedNonScalarFunctionCallBase call) {
    return ExprPrinter.functionName(call);
  }

  static void refuse(boolean condition, String what) {
    if (condition) {
      throw BigQueryError.notImplemented(what + " is not supported");
    }
  }
}
