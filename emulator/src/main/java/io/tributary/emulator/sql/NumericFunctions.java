package io.tributary.emulator.sql;

import com.google.zetasql.Type;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedLiteral;
import io.tributary.emulator.sql.Functions.Call;
import io.tributary.emulator.sql.Functions.Form;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Arithmetic and mathematics. */
final class NumericFunctions {
  private NumericFunctions() {}

  static void addTo(Map<String, Form> forms) {
    forms.put("$add", call -> arithmetic(call, "+", "add"));
    forms.put("$subtract", call -> arithmetic(call, "-", "sub"));
    forms.put("$multiply", call -> arithmetic(call, "*", "mul"));
    forms.put("$divide", call -> arithmetic(call, "/", "div"));
    forms.put("$unary_minus", NumericFunctions::negate);
    forms.put("safe_add", call -> safe(call, forms.get("$add")));
    forms.put("safe_subtract", call -> safe(call, forms.get("$subtract")));
    forms.put("safe_multiply", call -> safe(call, forms.get("$multiply")));
    forms.put("safe_divide", call -> safe(call, forms.get("$divide")));
    forms.put("safe_negate", call -> safe(call, NumericFunctions::negate));
    forms.put("ieee_divide", Functions.template("($1 / $2)"));
    forms.put("div", call -> exact(call, "int_div($1, $2)", "quotient($1, $2)"));
    forms.put("mod", call -> exact(call, "int_mod($1, $2)", "mod($1, $2)"));
    forms.put("abs", call -> exact(call, "abs($1)", "abs($1)"));
    forms.put(
        "sign",
        call ->
            exact(
                call,
                call.result().isDouble() ? "dbl_sign($1)" : "CAST(sign($1) AS $T)",
                "sign($1)"));
    forms.put("round", NumericFunctions::round);
    forms.put("trunc", call -> exact(call, "dbl_trunc($1, $D)", "trunc($1, $D)"));
    forms.put("ceil", call -> exact(call, "ceil($1)", "ceil($1, 0)"));
    forms.put("floor", call -> exact(call, "floor($1)", "floor($1, 0)"));
    forms.put("sqrt", call -> exact(call, "dbl_sqrt($1)", "sqrt($1)"));
    forms.put("pow", NumericFunctions::power);
    for (String name :
        List.of(
            "exp", "ln", "log10", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh",
            "tanh", "cbrt", "cot", "sec", "csc", "coth", "sech", "csch", "acosh", "atanh")) {
      forms.put(name, doubles("dbl_" + name + "($1)"));
    }
    forms.put("asinh", doubles("asinh($1)"));
    forms.put("atan2", doubles("atan2($1, $2)"));
    forms.put(
        "log", call -> doubles(call.count() == 1 ? "dbl_ln($1)" : "dbl_log($1, $2)").print(call));
    forms.put("is_nan", Functions.same("isnan"));
    forms.put("is_inf", Functions.same("isinf"));
    forms.put("pi", Functions.same("pi"));
    forms.put("rand", Functions.same("random"));
    forms.put("generate_uuid", call -> "CAST(uuid() AS VARCHAR)");
    forms.put("bit_count", integers("CAST(bit_count($1) AS BIGINT)"));
    forms.put("$bitwise_left_shift", integers("int_shl($1, $2)"));
    forms.put("$bitwise_right_shift", integers("int_shr($1, $2)"));
    forms.put("parse_numeric", Functions.same("parse_numeric"));
    forms.put("parse_bignumeric", Functions.same("parse_bignumeric"));
    forms.put("range_bucket", NumericFunctions::bucket);
    forms.put("euclidean_distance", vectors("list_distance($1, $2)"));
    forms.put("cosine_distance", vectors("list_cosine_distance($1, $2)"));
  }

  private static String arithmetic(Call call, String operator, String name) {
    Type type = call.result();
    String both = "(" + call.arg(0) + ", " + call.arg(1) + ")";
    if (type.isBigNumeric() || type.isNumeric()) {
      return DecimalBuiltins.prefix(type) + name + both;
    } else if (type.isDouble()) {
      return "dbl_" + name + both;
    } else if (type.isInt64()) {
      return "(" + call.arg(0) + " " + operator + " " + call.arg(1) + ")";
    }
    return TimeFunctions.arithmetic(call, operator);
  }

  private static String power(Call call) {
    if (!call.result().isDouble()
        && call.node().getArgumentList().get(1) instanceof ResolvedLiteral literal
        && Constants.toJava(literal.getValue()) instanceof BigDecimal exponent
        && exponent.stripTrailingZeros().scale() > 0) {
      throw call.refused("POW of NUMERIC with a broken exponent");
    }
    return exact(call, "dbl_pow($1, $2)", "pow($1, $2)");
  }

  private static String negate(Call call) {
    return call.type(0).isInterval()
        ? IntervalFunctions.negated(call.arg(0))
        : exact(call, "(- $1)", "negate($1)");
  }

  /** NULL if this operation fails; failures within its arguments stay. */
  private static String safe(Call call, Form form) {
    return Functions.attempt(call.node(), call.exprs(), call.args(), form);
  }

  /** One template for INT64 and FLOAT64, and one without prefix for the exact types. */
  private static String exact(Call call, String template, String decimal) {
    Type type = call.type(0);
    boolean exact = type.isNumeric() || type.isBigNumeric();
    String digits = call.count() > 1 ? call.arg(1) : "0";
    String text =
        (exact ? DecimalBuiltins.prefix(type) + decimal : template)
            .replace("$T", Types.duckType(call.result()))
            .replace("$D", "CAST(" + digits.replace("$", "") + " AS BIGINT)");
    return Functions.template(text).print(call);
  }

  private static Form integers(String template) {
    return call -> {
      if (!call.type(0).isInt64()) {
        throw call.refused(
            ExprPrinter.functionName(call.node()).replace("$", "").toUpperCase(Locale.ROOT)
                + " of "
                + call.type(0).typeName());
      }
      return Functions.template(template).print(call);
    };
  }

  private static Form doubles(String template) {
    return call -> {
      if (!call.type(0).isDouble()) {
        throw call.refused(
            ExprPrinter.functionName(call.node()).toUpperCase(Locale.ROOT)
                + " of "
                + call.type(0).typeName());
      }
      return Functions.template(template).print(call);
    };
  }

  private static Form vectors(String template) {
    return call -> {
      if (!call.type(0).asArray().getElementType().isDouble()) {
        throw call.refused("A distance of sparse vectors");
      }
      return Functions.template(template).print(call);
    };
  }

  private static String round(Call call) {
    if (call.count() < 3) {
      return exact(call, "dbl_round($1, $D)", "round($1, $D)");
    }
    return switch (TimeFunctions.part(call, 2)) {
      case "ROUND_HALF_EVEN" -> exact(call, "", "round_even($1, $D)");
      case "ROUND_HALF_AWAY_FROM_ZERO" -> exact(call, "", "round($1, $D)");
      default -> throw call.refused("This rounding mode");
    };
  }

  private static String bucket(Call call) {
    return SqlText.let(
        "range_bucket_of",
        "{'x': " + call.arg(0) + ", 'a': " + call.arg(1) + "}",
        "CASE WHEN range_bucket_of.x IS NOT NULL THEN len(list_filter(range_bucket_of.a,"
            + " lambda v: v <= range_bucket_of.x)) END");
  }
}
