package io.tributary.emulator.sql;

import com.google.zetasql.Type;
import io.tributary.emulator.sql.Functions.Call;
import io.tributary.emulator.sql.Functions.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Operators, conditions and comparisons. */
final class Operators {
  private Operators() {}

  static void addTo(Map<String, Form> forms) {
    forms.put("$equal", compare("="));
    forms.put("$not_equal", compare("<>"));
    forms.put("$less", compare("<"));
    forms.put("$less_or_equal", compare("<="));
    forms.put("$greater", compare(">"));
    forms.put("$greater_or_equal", compare(">="));
    forms.put("$is_distinct_from", Functions.template("($1 IS DISTINCT FROM $2)"));
    forms.put("$is_not_distinct_from", Functions.template("($1 IS NOT DISTINCT FROM $2)"));
    forms.put("$between", Functions.template("($1 >= $2 AND $1 <= $3)"));
    forms.put("$and", infix(" AND "));
    forms.put("$or", infix(" OR "));
    forms.put("$not", Functions.template("(NOT $1)"));
    forms.put("$is_null", Functions.template("($1 IS NULL)"));
    forms.put("$is_true", Functions.template("($1 IS NOT DISTINCT FROM TRUE)"));
    forms.put("$is_false", Functions.template("($1 IS NOT DISTINCT FROM FALSE)"));
    forms.put("$in", Operators::in);
    forms.put("$in_array", Functions.template("bq_in($1, $2)"));
    forms.put("$like", call -> "(" + like(call) + ")");
    forms.put("$case_no_value", Operators::caseWhen);
    forms.put("$case_with_value", Operators::caseOf);
    forms.put("if", Functions.template("CASE WHEN $1 THEN $2 ELSE $3 END"));
    forms.put("ifnull", Functions.template("COALESCE($1, $2)"));
    forms.put("coalesce", Functions.same("COALESCE"));
    forms.put("nullif", Functions.template("CASE WHEN $1 = $2 THEN NULL ELSE $1 END"));
    forms.put("nullifzero", Functions.template("CASE WHEN $1 = 0 THEN NULL ELSE $1 END"));
    forms.put("zeroifnull", Functions.template("COALESCE($1, 0)"));
    forms.put("iferror", Functions.template("CASE WHEN TRY([$1]) IS NULL THEN $2 ELSE $1 END"));
    forms.put("iserror", Functions.template("(TRY([$1]) IS NULL)"));
    forms.put("nulliferror", Functions.template("TRY($1)"));
    forms.put("error", Operators::error);
    forms.put("greatest", call -> extreme(call, "greatest"));
    forms.put("least", call -> extreme(call, "least"));
    forms.put("$bitwise_and", integers("($1 & $2)"));
    forms.put("$bitwise_or", integers("($1 | $2)"));
    forms.put("$bitwise_xor", integers("xor($1, $2)"));
    forms.put("$bitwise_not", integers("(~ $1)"));
    forms.put("typeof", call -> SqlText.string(call.type(0).typeName(Analysis.PRODUCT)));
  }

  private static Form compare(String operator) {
    return call -> {
      String text = "(" + call.arg(0) + " " + operator + " " + call.arg(1) + ")";
      if (!call.type(0).isDouble()) {
        return text;
      }
      // in GoogleSQL every comparison with NaN but <> is false
      String nan = "(isnan(" + call.arg(0) + ") OR isnan(" + call.arg(1) + "))";
      return operator.equals("<>")
          ? "(" + text + " OR " + nan + ")"
          : "(" + text + " AND NOT " + nan + ")";
    };
  }

  private static Form infix(String operator) {
    return call -> "(" + String.join(operator, call.args()) + ")";
  }

  private static String in(Call call) {
    return "("
        + call.arg(0)
        + " IN ("
        + String.join(", ", call.args().subList(1, call.count()))
        + "))";
  }

  private static String like(Call call) {
    if (call.type(0).isBytes()) {
      throw call.refused("LIKE on BYTES");
    }
    return call.arg(0) + " LIKE " + call.arg(1) + " ESCAPE '\\'";
  }

  private static String caseWhen(Call call) {
    StringBuilder text = new StringBuilder("CASE");
    int i = 0;
    for (; i + 1 < call.count(); i += 2) {
      text.append(" WHEN ").append(call.arg(i)).append(" THEN ").append(call.arg(i + 1));
    }
    return text + (i < call.count() ? " ELSE " + call.arg(i) : "") + " END";
  }

  private static String caseOf(Call call) {
    StringBuilder text = new StringBuilder("CASE");
    int i = 1;
    for (; i + 1 < call.count(); i += 2) {
      text.append(" WHEN ")
          .append(call.arg(0))
          .append(" = ")
          .append(call.arg(i))
          .append(" THEN ")
          .append(call.arg(i + 1));
    }
    return text + (i < call.count() ? " ELSE " + call.arg(i) : "") + " END";
  }

  private static String error(Call call) {
    return ExprPrinter.cast(SqlText.errorOf(call.arg(0)), call.result());
  }

  /** NULL if any argument is NULL, unlike DuckDB. */
  private static String extreme(Call call, String name) {
    Type type = call.type(0);
    if (type.isDouble()) {
      throw call.refused(name.toUpperCase(java.util.Locale.ROOT) + " of FLOAT64");
    }
    List<String> nulls = new ArrayList<>();
    call.args().forEach(a -> nulls.add(a + " IS NULL"));
    return "CASE WHEN "
        + String.join(" OR ", nulls)
        + " THEN NULL ELSE "
        + name
        + "("
        + String.join(", ", call.args())
        + ") END";
  }

  private static Form integers(String template) {
    return call -> {
      if (!call.type(0).isInt64()) {
        throw call.refused("Bitwise operator on " + call.type(0).typeName());
      }
      return Functions.template(template).print(call);
    };
  }
}
