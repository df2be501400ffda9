package io.tributary.emulator.sql;

import com.google.zetasql.Type;
import io.tributary.emulator.sql.Functions.Call;
import io.tributary.emulator.sql.Functions.Form;
import java.util.List;
import java.util.Map;

/** Arithmetic and mathematics. */
final class NumericFunctions {
  private NumericFunctions() {}

  static void addTo(Map<String, Form> forms) {
    forms.put("$add", call -> arithmetic(call, "+", "bn_add", "num_add"));
    forms.put("$subtract", call -> arithmetic(call, "-", "bn_sub", "num_sub"));
    forms.put("$multiply", call -> arithmetic(call, "*", "bn_mul", "num_mul"));
    forms.put("$divide", call -> arithmetic(call, "/", "bn_div", "num_div"));
    forms.put(
        "$unary_minus",
        call ->
            call.type(0).isBigNumeric()
                ? "bn_sub(bn_of('0'), " + call.arg(0) + ")"
                : "(- " + call.arg(0) + ")");
    forms.put("safe_add", call -> "TRY(" + arithmetic(call, "+", "bn_add", "num_add") + ")");
    forms.put("safe_subtract", call -> "TRY(" + arithmetic(call, "-", "bn_sub", "num_sub") + ")");
    forms.put("safe_multiply", call -> "TRY(" + arithmetic(call, "*", "bn_mul", "num_mul") + ")");
    forms.put("safe_divide", NumericFunctions::safeDivide);
    forms.put("safe_negate", exact("TRY(- $1)"));
    forms.put("ieee_divide", exact("($1 / $2)"));
    forms.put("div", integers("bq_div($1, $2)"));
    forms.put("mod", call -> mod(call));
    forms.put("abs", exact("abs($1)"));
    forms.put("sign", exact("CAST(sign($1) AS $T)"));
    forms.put("round", NumericFunctions::round);
    forms.put("trunc", call -> whole(call, "trunc"));
    forms.put("ceil", call -> whole(call, "ceil"));
    forms.put("floor", call -> whole(call, "floor"));
    for (String name :
        List.of(
            "sqrt", "exp", "ln", "log10", "sin", "cos", "tan", "asin", "acos", "atan", "sinh",
            "cosh", "tanh", "asinh", "acosh", "atanh", "cbrt", "atan2", "pow")) {
      forms.put(name, doubles(name));
    }
    forms.put("log", NumericFunctions::log);
    forms.put("is_nan", Functions.same("isnan"));
    forms.put("is_inf", Functions.same("isinf"));
    forms.put("pi", Functions.same("pi"));
    forms.put("rand", Functions.same("random"));
    forms.put("generate_uuid", call -> "CAST(uuid() AS VARCHAR)");
    forms.put("bit_count", integers("CAST(bit_count($1) AS BIGINT)"));
  }

  private static String arithmetic(Call call, String operator, String big, String numeric) {
    Type type = call.result();
    String both = "(" + call.arg(0) + ", " + call.arg(1) + ")";
    if (type.isBigNumeric()) {
      return big + both;
    } else if (type.isNumeric()) {
      return numeric + both;
    } else if (type.isDouble() && operator.equals("/")) {
      return "bq_fdiv" + both;
    } else if (type.isInt64() || type.isDouble()) {
      return "(" + call.arg(0) + " " + operator + " " + call.arg(1) + ")";
    }
    return TimeFunctions.arithmetic(call, operator);
  }

  private static String safeDivide(Call call) {
    return call.result().isDouble()
        ? "CASE WHEN " + call.arg(1) + " <> 0 THEN " + call.arg(0) + " / " + call.arg(1) + " END"
        : "TRY(" + arithmetic(call, "/", "bn_div", "num_div") + ")";
  }

  /** Not for BIGNUMERIC, which DuckDB holds as text. */
  private static Form exact(String template) {
    return call -> {
      if (call.type(0).isBigNumeric()) {
        throw call.refused(
            ExprPrinter.functionName(call.node()).toUpperCase(java.util.Locale.ROOT)
                + " of BIGNUMERIC");
      }
      return Functions.template(template.replace("$T", Types.duckType(call.result()))).print(call);
    };
  }

  private static Form integers(String template) {
    return call -> {
      if (!call.type(0).isInt64()) {
        throw call.refused(
            ExprPrinter.functionName(call.node()).toUpperCase(java.util.Locale.ROOT)
                + " of "
                + call.type(0).typeName());
      }
      return Functions.template(template).print(call);
    };
  }

  private static Form doubles(String name) {
    return call -> {
      if (!call.type(0).isDouble()) {
        throw call.refused(
            name.toUpperCase(java.util.Locale.ROOT) + " of " + call.type(0).typeName());
      }
      return Functions.same(name).print(call);
    };
  }

  private static String mod(Call call) {
    return call.type(0).isBigNumeric()
        ? exact("").print(call)
        : Functions.template("bq_mod($1, $2)").print(call);
  }

  private static String round(Call call) {
    if (call.count() > 2) {
      throw call.refused("ROUND with a rounding mode");
    }
    String digits = call.count() == 1 ? "0" : call.arg(1);
    if (call.type(0).isNumeric()) {
      return "num_round(" + call.arg(0) + ", CAST(" + digits + " AS BIGINT))";
    }
    return exact("round($1, CAST(" + digits.replace("$", "") + " AS INTEGER))").print(call);
  }

  private static String whole(Call call, String name) {
    if (call.count() > 1) {
      throw call.refused(name.toUpperCase(java.util.Locale.ROOT) + " to digits");
    }
    return exact("CAST(" + name + "($1) AS $T)").print(call);
  }

  private static String log(Call call) {
    if (!call.type(0).isDouble()) {
      throw call.refused("LOG of " + call.type(0).typeName());
    }
    return call.count() == 1
        ? "ln(" + call.arg(0) + ")"
        : "(ln(" + call.arg(0) + ") / ln(" + call.arg(1) + "))";
  }
}
