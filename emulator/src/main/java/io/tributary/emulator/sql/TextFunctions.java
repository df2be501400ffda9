package io.tributary.emulator.sql;

import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedLiteral;
import io.tributary.emulator.sql.Functions.Call;
import io.tributary.emulator.sql.Functions.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Functions of STRING and BYTES. */
final class TextFunctions {
  private TextFunctions() {}

  static void addTo(Map<String, Form> forms) {
    forms.put("concat", call -> "(" + String.join(" || ", call.args()) + ")");
    forms.put("$concat_op", Functions.template("($1 || $2)"));
    forms.put("lower", call -> cased(call, "lower"));
    forms.put("upper", call -> cased(call, "upper"));
    forms.put(
        "length",
        call -> (call.type(0).isBytes() ? "octet_length(" : "length(") + call.arg(0) + ")");
    forms.put("char_length", text("length($1)"));
    forms.put(
        "byte_length",
        call -> (call.type(0).isBytes() ? "octet_length(" : "strlen(") + call.arg(0) + ")");
    forms.put("substr", TextFunctions::substr);
    forms.put("strpos", either("CAST(strpos($1, $2) AS BIGINT)"));
    forms.put(
        "instr",
        call ->
            either("tx_instr($1, $2, " + given(call, 2, "1") + ", " + given(call, 3, "1") + ")")
                .print(call));
    forms.put("starts_with", either("starts_with($1, $2)"));
    forms.put("ends_with", either("ends_with($1, $2)"));
    forms.put("trim", call -> trim(call, "trim"));
    forms.put("ltrim", call -> trim(call, "ltrim"));
    forms.put("rtrim", call -> trim(call, "rtrim"));
    forms.put("replace", either("tx_replace($1, $2, $3)"));
    forms.put("reverse", either("tx_reverse($1)"));
    forms.put("repeat", either("tx_repeat($1, $2)"));
    forms.put("lpad", call -> pad(call, "tx_lpad"));
    forms.put("rpad", call -> pad(call, "tx_rpad"));
    forms.put("left", either("tx_left($1, $2)"));
    forms.put("right", either("tx_right($1, $2)"));
    forms.put("split", TextFunctions::split);
    forms.put("regexp_contains", text("tx_regexp_contains($1, $2)"));
    forms.put(
        "regexp_extract",
        call ->
            text("tx_regexp_extract($1, $2, "
                    + given(call, 2, "1")
                    + ", "
                    + given(call, 3, "1")
                    + ")")
                .print(call));
    forms.put(
        "regexp_instr",
        call ->
            text("tx_regexp_instr($1, $2, "
                    + given(call, 2, "1")
                    + ", "
                    + given(call, 3, "1")
                    + ", "
                    + given(call, 4, "0")
                    + ")")
                .print(call));
    forms.put("regexp_extract_all", text(list("tx_regexp_extract_all($1, $2)", "VARCHAR")));
    forms.put("regexp_replace", text("tx_regexp_replace($1, $2, $3)"));
    forms.put("initcap", TextFunctions::initcap);
    forms.put("translate", text("translate($1, $2, $3)"));
    forms.put("ascii", text("CAST(ascii($1) AS BIGINT)"));
    forms.put("unicode", text("CAST(CASE WHEN $1 = '' THEN 0 ELSE unicode($1) END AS BIGINT)"));
    forms.put("chr", Functions.template("tx_chr($1)"));
    forms.put("to_code_points", call -> list("tx_points(" + chars(call, 0) + ")", "BIGINT"));
    forms.put("code_points_to_string", Functions.template("tx_of_points(CAST($1 AS VARCHAR))"));
    forms.put(
        "code_points_to_bytes",
        Functions.template("unhex(by_of_chars(tx_of_points(CAST($1 AS VARCHAR))))"));
    forms.put("normalize", call -> "tx_normalize(" + call.arg(0) + ", " + form(call) + ")");
    forms.put(
        "normalize_and_casefold",
        call -> "tx_normalize(tx_casefold(" + call.arg(0) + "), " + form(call) + ")");
    forms.put("soundex", text("tx_soundex($1)"));
    forms.put(
        "edit_distance",
        call ->
            either("tx_edit_distance($1, $2, " + given(call, 2, "9223372036854775807") + ")")
                .print(call));
    forms.put("format", TextFunctions::format);
    forms.put("session_user", call -> "'local@tributary.invalid'");
    BytesFunctions.addTo(forms);
  }

  /** A template for STRING only. */
  private static Form text(String template) {
    return call -> {
      if (call.type(0).isBytes()) {
        throw call.refused(
            ExprPrinter.functionName(call.node()).toUpperCase(Locale.ROOT) + " of BYTES");
      }
      return Functions.template(template).print(call);
    };
  }

  /** An argument as text, in which every byte of BYTES is one character. */
  static String chars(Call call, int index) {
    return call.type(index).isBytes() ? "by_chars(hex(" + call.arg(index) + "))" : call.arg(index);
  }

  /** A template of STRING functions, which also do for BYTES. */
  static Form either(String template) {
    return call -> {
      List<String> args = new ArrayList<>();
      for (int i = 0; i < call.count(); i++) {
        args.add(chars(call, i));
      }
      String text = Functions.template(template).print(new Call(call.exprs(), call.node(), args));
      return call.result().isBytes() ? "unhex(by_of_chars(" + text + "))" : text;
    };
  }

  /** An optional argument. */
  private static String given(Call call, int index, String otherwise) {
    return index < call.count()
        ? call.arg(index).replace("$", "\u0002")
        : "CAST(" + otherwise + " AS BIGINT)";
  }

  /** DuckDB's list of what a function in Java returned as JSON. */
  private static String list(String json, String type) {
    return "CAST(CAST(" + json + " AS JSON) AS " + type + "[])";
  }

  private static String form(Call call) {
    return "'" + (call.count() > 1 ? TimeFunctions.part(call, 1) : "NFC") + "'";
  }

  private static String cased(Call call, String name) {
    return call.type(0).isBytes()
        ? "unhex(by_of_chars(by_" + name + "(" + chars(call, 0) + ")))"
        : "tx_" + name + "(" + call.arg(0) + ")";
  }

  private static String substr(Call call) {
    String length = call.count() == 3 ? call.arg(2) : "CAST(9223372036854775807 AS BIGINT)";
    return call.type(0).isBytes()
        ? "unhex(tx_substr_hex(hex(" + call.arg(0) + "), " + call.arg(1) + ", " + length + "))"
        : "tx_substr(" + call.arg(0) + ", " + call.arg(1) + ", " + length + ")";
  }

  private static String trim(Call call, String name) {
    // without a set of characters GoogleSQL trims all of Unicode's white space
    return call.count() == 1
        ? "tx_" + name + "(" + call.arg(0) + ")"
        : either(name + "($1, $2)").print(call);
  }

  private static String pad(Call call, String name) {
    return either(name + (call.count() == 3 ? "($1, $2, $3)" : "($1, $2, ' ')")).print(call);
  }

  private static String split(Call call) {
    String parts =
        "string_split("
            + chars(call, 0)
            + ", "
            + (call.count() == 2 ? chars(call, 1) : "','")
            + ")";
    return call.type(0).isBytes()
        ? "list_transform(" + parts + ", lambda part: unhex(by_of_chars(part)))"
        : parts;
  }

  private static String initcap(Call call) {
    String delimiters =
        call.count() == 2
            ? call.arg(1)
            : SqlText.string(" \t\n\r\f\u000b[](){}/|<>!?@\"^#$&~_,.:;*%+-");
    return "tx_initcap(" + call.arg(0) + ", " + delimiters + ")";
  }

  /** Arguments travel as text with their kind in front, so that one function formats them all. */
  private static String format(Call call) {
    if (call.node().getArgumentList().get(0) instanceof ResolvedLiteral literal
        && !literal.getValue().isNull()) {
      TextFormat.check(literal.getValue().getStringValue());
    }
    List<String> items = new ArrayList<>();
    items.add(call.arg(0));
    for (int i = 1; i < call.count(); i++) {
      items.add(DisplayPrinter.argument(call.arg(i), call.type(i)));
    }
    return "tx_format(" + String.join(", ", items) + ")";
  }
}
