package io.tributary.emulator.sql;

import com.google.zetasql.resolvedast.ResolvedFunctionCallBaseEnums.ErrorMode;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedColumnRef;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedConstant;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedExpr;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedFunctionCallBase;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedLiteral;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedParameter;
import io.tributary.emulator.catalog.BigQueryError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Scalar functions and operators by their name in the analyzer's catalog. */
final class Functions {
  /** Prints one function. */
  @FunctionalInterface
  interface Form {
    String print(Call call);
  }

  /** A call with its arguments already printed. */
  record Call(ExprPrinter exprs, ResolvedFunctionCallBase node, List<String> args) {
    String arg(int index) {
      return args.get(index);
    }

    int count() {
      return args.size();
    }

    com.google.zetasql.Type type(int index) {
      return node.getArgumentList().get(index).getType();
    }

    com.google.zetasql.Type result() {
      return node.getType();
    }

    BigQueryError refused(String what) {
      return BigQueryError.notImplemented(what + " is not supported");
    }
  }

  private static final Map<String, Form> FORMS = forms();

  private Functions() {}

  private static Map<String, Form> forms() {
    Map<String, Form> forms = new HashMap<>();
    Operators.addTo(forms);
    NumericFunctions.addTo(forms);
    TextFunctions.addTo(forms);
    ArrayFunctions.addTo(forms);
    TimeFunctions.addTo(forms);
    TimeTextFunctions.addTo(forms);
    IntervalFunctions.addTo(forms);
    RangeFunctions.addTo(forms);
    JsonFunctions.addTo(forms);
    ExtraFunctions.addTo(forms);
    return Map.copyOf(forms);
  }

  static String print(ExprPrinter exprs, ResolvedFunctionCallBase node) {
    String name = ExprPrinter.functionName(node);
    SqlFunction made = exprs.context().functions().get(name);
    Form form =
        made == null
            ? FORMS.get(name)
            : call -> made.print(exprs.context(), exprs.innerPrefix(), call.args());
    if (form == null || !node.getGenericArgumentList().isEmpty()) {
      throw BigQueryError.notImplemented(
          "Function " + name.toUpperCase(Locale.ROOT) + " is not supported");
    }
    boolean safe = node.getErrorMode() == ErrorMode.SAFE_ERROR_MODE;
    if (safe && made != null) {
      throw BigQueryError.invalidQuery(
          "The SAFE prefix is not supported with user-defined functions");
    }
    List<String> args = arguments(exprs, node);
    return safe ? attempt(node, exprs, args, form) : form.print(new Call(exprs, node, args));
  }

  /** NULL if the function itself fails; failures within its arguments stay. */
  static String attempt(
      ResolvedFunctionCallBase node, ExprPrinter exprs, List<String> args, Form form) {
    refuseHidden(node);
    if (node.getArgumentList().stream().allMatch(Functions::cannotFail)) {
      return "TRY(" + form.print(new Call(exprs, node, args)) + ")";
    }
    List<String> fields = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (String arg : args) {
      names.add("safe_args.a" + fields.size());
      fields.add("'a" + fields.size() + "': " + arg);
    }
    return SqlText.let(
        "safe_args",
        "{" + String.join(", ", fields) + "}",
        "TRY(" + form.print(new Call(exprs, node, names)) + ")");
  }

  /** TRY would also hide what such a function refuses for its computed format while it runs. */
  private static void refuseHidden(ResolvedFunctionCallBase node) {
    String name = ExprPrinter.functionName(node);
    boolean formats = name.matches("format(_.*)?|parse_(date|time|datetime|timestamp)");
    boolean powers = name.equals("pow") && !node.getType().isDouble();
    int deciding = formats ? 0 : 1;
    if ((formats || powers) && !(node.getArgumentList().get(deciding) instanceof ResolvedLiteral)) {
      throw BigQueryError.notImplemented(
          "SAFE."
              + name.toUpperCase(Locale.ROOT)
              + " of a computed format or exponent"
              + " is not supported");
    }
  }

  static boolean cannotFail(ResolvedExpr expr) {
    return expr instanceof ResolvedLiteral
        || expr instanceof ResolvedColumnRef
        || expr instanceof ResolvedParameter
        || expr instanceof ResolvedConstant;
  }

  /** Date parts and other enums are read from the tree by the form itself. */
  private static List<String> arguments(ExprPrinter exprs, ResolvedFunctionCallBase node) {
    return node.getArgumentList().stream()
        .map(a -> a.getType().isEnum() ? "NULL" : exprs.print(a))
        .toList();
  }

  /** The same name and arguments in DuckDB. */
  static Form same(String duckName) {
    return call -> duckName + "(" + String.join(", ", call.args()) + ")";
  }

  /** A template with {@code $1}, {@code $2}... for the arguments. */
  static Form template(String text) {
    return call -> {
      String result = text;
      for (int i = call.count(); i > 0; i--) {
        result = result.replace("$" + i, call.arg(i - 1).replace("$", "\u0002"));
      }
      return result.replace('\u0002', '$');
    };
  }
}
