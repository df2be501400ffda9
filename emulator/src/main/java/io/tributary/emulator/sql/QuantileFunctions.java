package io.tributary.emulator.sql;

import com.google.zetasql.Type;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedExpr;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedLiteral;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedNonScalarFunctionCallBase;
import com.google.zetasql.resolvedast.ResolvedNonScalarFunctionCallBaseEnums.NullHandlingModifier;
import io.tributary.emulator.catalog.BigQueryError;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Percentiles and the approximate aggregates, which are exact here. */
final class QuantileFunctions {
  private QuantileFunctions() {}

  static String print(ResolvedNonScalarFunctionCallBase call, List<String> args, String tail) {
    String name = AggregateFunctions.name(call);
    AggregateFunctions.refuse(
        call.getNullHandlingModifier() == NullHandlingModifier.RESPECT_NULLS,
        "RESPECT NULLS in " + name.toUpperCase(Locale.ROOT));
    Type type = call.getArgumentList().get(0).getType();
    String value = args.get(0);
    return switch (name) {
      case "percentile_cont" -> {
        AggregateFunctions.refuse(!type.isDouble(), "PERCENTILE_CONT of " + type.typeName());
        yield "quantile_cont(" + value + ", " + args.get(1) + ")" + tail;
      }
      case "percentile_disc" ->
          "quantile_disc(" + value + ", CAST(" + args.get(1) + " AS DOUBLE))" + tail;
      case "approx_top_count" -> topCount(type, value, args.get(1), tail);
      default ->
          "quantile_disc("
              + (call.getDistinct() ? "DISTINCT " : "")
              + value
              + ", "
              + fractions(call.getArgumentList().get(1))
              + ")"
              + tail;
    };
  }

  /** The values and their numbers, the most frequent first; NULL counts as a value. */
  private static String topCount(Type type, String value, String most, String tail) {
    String missing = "count(*)" + tail + " - count(" + value + ")" + tail;
    String counts =
        SqlText.let(
            "tops",
            "{'m': map_entries(histogram(" + value + ")" + tail + "), 'n': " + missing + "}",
            "list_concat(list_transform(tops.m, lambda e: {'n': -CAST(e.value AS BIGINT), 'v':"
                + " e.key}), CASE WHEN tops.n > 0 THEN [{'n': -tops.n, 'v': CAST(NULL AS "
                + Types.duckType(type)
                + ")}] ELSE [] END)");
    return "list_transform(list_slice(list_sort("
        + counts
        + "), 1, "
        + most
        + "), lambda e: {'f1': e.v, 'f2': -e.n})";
  }

  private static String fractions(ResolvedExpr count) {
    if (!(count instanceof ResolvedLiteral literal)) {
      throw BigQueryError.notImplemented("APPROX_QUANTILES of a computed number is not supported");
    }
    long parts = literal.getValue().getInt64Value();
    return LongStream.rangeClosed(0, parts)
        .mapToObj(i -> Double.toString((double) i / parts))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
