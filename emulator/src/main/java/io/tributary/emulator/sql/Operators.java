package io.tributary.emulator.sql;

import com.google.zetasql.StructType;
import com.google.zetasql.Type;
import io.tributary.emulator.sql.Functions.Call;
import io.tributary.emulator.sql.Functions.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
    forms.put(
        "$between",
        call ->
            "("
                + comparison(">=", call.arg(0), call.arg(1), call.type(0))
                + " AND "
                + comparison("<=", call.arg(0), call.arg(2), call.type(0))
                + ")");
    forms.put("$and", infix(" AND "));
    forms.put("$or", infix(" OR "));
    forms.put("$not", Functions.template("(NOT $1)"));
    forms.put("$is_null", Functions.template("($1 IS NULL)"));
    forms.put("$is_true", Functions.template("($1 IS NOT DISTINCT FROM TRUE)"));
    forms.put("$is_false", Functions.template("($1 IS NOT DISTINCT FROM FALSE)"));
    forms.put("$in", Operators::in);
    forms.put("$in_array", Operators::inArray);
    forms.put("$like", call -> "(" + like(call) + ")");
    forms.put("$case_no_value", Operators::caseWhen);
    forms.put("$case_with_value", Operators::caseOf);
    forms.put("if", Functions.template("CASE WHEN $1 THEN $2 ELSE $3 END"));
    forms.put("ifnull", Functions.template("COALESCE($1, $2)"));
    forms.put("coalesce", Functions.same("COALESCE"));
    forms.put(
        "nullif",
        call ->
            "CASE WHEN "
                + comparison("=", call.arg(0), call.arg(1), call.type(0))
                + " THEN NULL ELSE "
                + call.arg(0)
                + " END");
    forms.put("nullifzero", Functions.template("CASE WHEN $1 = 0 THEN NULL ELSE $1 END"));
    forms.put("zeroifnull", Functions.template("COALESCE($1, 0)"));

    forms.put("error", Operators::error);
    forms.put("greatest", call -> extreme(call, "list_max"));
    forms.put("least", call -> extreme(call, "list_min"));
    forms.put("$bitwise_and", integers("($1 & $2)"));
    forms.put("$bitwise_or", integers("($1 | $2)"));
    forms.put("$bitwise_xor", integers("xor($1, $2)"));
    forms.put("$bitwise_not", integers("(~ $1)"));
    forms.put("typeof", call -> SqlText.string(call.type(0).typeName(Analysis.PRODUCT)));
  }

  private static Form compare(String operator) {
    return call -> comparison(operator, call.arg(0), call.arg(1), call.type(0));
  }

  private static String comparison(String operator, String left, String right, Type type) {
    if (type.isStruct()) {
      return operator.equals("=")
          ? fields(left, right, type.asStruct())
          : "(NOT " + fields(left, right, type.asStruct()) + ")";
    }
    if (type.isRange()) {
      return "(("
          + RangeFunctions.key(left, type)
          + ") "
          + operator
          + " ("
          + RangeFunctions.key(right, type)
          + "))";
    }
    String text = "(" + left + " " + operator + " " + right + ")";
    if (!type.isDouble()) {
      return text;
    }
    // in GoogleSQL every comparison with NaN but <> is false
    String nan = "(isnan(" + left + ") OR isnan(" + right + "))";
    return operator.equals("<>")
        ? "(" + text + " OR " + nan + ")"
        : "(" + text + " AND NOT " + nan + ")";
  }

  /** Field by field, where NULL equals nothing, as it does in DuckDB's structs. */
  private static String fields(String left, String right, StructType type) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < type.getFieldCount(); i++) {
      String field = ", '" + Types.field(i) + "')";
      all.add(
          comparison(
              "=",
              "struct_extract(" + left + field,
              "struct_extract(" + right + field,
              type.getField(i).getType()));
    }
    return "(" + String.join(" AND ", all) + ")";
  }

  private static Form infix(String operator) {
    return call -> "(" + String.join(operator, call.args()) + ")";
  }

  private static String in(Call call) {
    if (!call.type(0).isDouble() && !call.type(0).isStruct()) {
      return "("
          + call.arg(0)
          + " IN ("
          + String.join(", ", call.args().subList(1, call.count()))
          + "))";
    }
    return call.args().subList(1, call.count()).stream()
        .map(item -> comparison("=", call.arg(0), item, call.type(0)))
        .collect(Collectors.joining(" OR ", "(", ")"));
  }

  private static String inArray(Call call) {
    Type type = call.type(0);
    if (type.isStruct()) {
      throw call.refused("IN UNNEST of STRUCT values");
    }
    String array =
        type.isDouble()
            ? "list_filter(" + call.arg(1) + ", lambda v: isnan(v) IS NOT TRUE)"
            : call.arg(1);
    return "bq_in(" + call.arg(0) + ", " + array + ")";
  }

  private static String like(Call call) {
    String text = TextFunctions.chars(call, 0);
    return text + " LIKE tx_like_pattern(" + TextFunctions.chars(call, 1) + ") ESCAPE '\\'";
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
          .append(comparison("=", call.arg(0), call.arg(i), call.type(0)))
          .append(" THEN ")
          .append(call.arg(i + 1));
    }
    return text + (i < call.count() ? " ELSE " + call.arg(i) : "") + " END";
  }

  private static String error(Call call) {
    return ExprPrinter.cast("bq_fail(COALESCE(" + call.arg(0) + ", 'NULL'))", call.result());
  }

  /** NULL if any argument is NULL, unlike DuckDB; then NaN if any is NaN. */
  private static String extreme(Call call, String name) {
    String nan =
        call.type(0).isDouble() && name.equals("list_min")
            ? " WHEN list_bool_or(list_transform(all_args, lambda v: isnan(v))) THEN"
                + " CAST('nan' AS DOUBLE)"
            : "";
    return SqlText.let(
        "all_args",
        "[" + String.join(", ", call.args()) + "]",
        "CASE WHEN list_count(all_args) < len(all_args) THEN NULL"
            + nan
            + " ELSE "
            + name
            + "(all_args) END");
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
