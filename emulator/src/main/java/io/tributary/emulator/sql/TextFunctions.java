package io.tributary.emulator.sql;

import com.google.zetasql.Type;
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
    forms.put("lower", text("lower($1)"));
    forms.put("upper", text("upper($1)"));
    forms.put(
        "length",
        call -> (call.type(0).isBytes() ? "octet_length(" : "length(") + call.arg(0) + ")");
    forms.put("char_length", text("length($1)"));
    forms.put(
        "byte_length",
        call -> (call.type(0).isBytes() ? "octet_length(" : "strlen(") + call.arg(0) + ")");
    forms.put("substr", TextFunctions::substr);
    forms.put("strpos", text("CAST(strpos($1, $2) AS BIGINT)"));
    forms.put("starts_with", TextFunctions::startsWith);
    forms.put("ends_with", text("ends_with($1, $2)"));
    forms.put("trim", call -> trim(call, "trim"));
    forms.put("ltrim", call -> trim(call, "ltrim"));
    forms.put("rtrim", call -> trim(call, "rtrim"));
    forms.put("replace", text("CASE WHEN $2 = '' THEN $1 ELSE replace($1, $2, $3) END"));
    forms.put("reverse", text("reverse($1)"));
    forms.put("repeat", text("repeat($1, $2)"));
    forms.put("lpad", call -> pad(call, "lpad"));
    forms.put("rpad", call -> pad(call, "rpad"));
    forms.put("left", text("left($1, $2)"));
    forms.put("right", text("right($1, $2)"));
    forms.put("split", TextFunctions::split);
    forms.put("regexp_contains", text("regexp_matches($1, $2)"));
    forms.put("regexp_extract", TextFunctions::regexpExtract);
    forms.put("regexp_extract_all", text("tx_regexp_all($1, $2)"));
    forms.put("regexp_replace", text("regexp_replace($1, $2, $3, 'g')"));
    forms.put("to_hex", Functions.template("lower(hex($1))"));
    forms.put("from_hex", Functions.template("unhex(tx_hex($1))"));
    forms.put("to_base64", Functions.template("to_base64($1)"));
    forms.put("from_base64", Functions.template("from_base64($1)"));
    forms.put("md5", digest("md5"));
    forms.put("sha1", digest("sha1"));
    forms.put("sha256", digest("sha256"));
    forms.put("initcap", call -> "tx_initcap(" + call.arg(0) + ")");
    forms.put("translate", text("translate($1, $2, $3)"));
    forms.put("ascii", text("CAST(ascii($1) AS BIGINT)"));
    forms.put("unicode", text("CAST(CASE WHEN $1 = '' THEN 0 ELSE unicode($1) END AS BIGINT)"));
    forms.put("chr", Functions.template("chr(CAST($1 AS INTEGER))"));
    forms.put("safe_convert_bytes_to_string", Functions.template("bytes_safe_text(hex($1))"));
    forms.put("format", TextFunctions::format);
    forms.put("session_user", call -> "'local@tributary.invalid'");
  }

  /** A template for STRING only. */
  private static Form text(String template) {
    return call -> {
      refuseBytes(call);
      return Functions.template(template).print(call);
    };
  }

  private static void refuseBytes(Call call) {
    if (call.type(0).isBytes()) {
      throw call.refused(
          ExprPrinter.functionName(call.node()).toUpperCase(Locale.ROOT) + " of BYTES");
    }
  }

  private static Form digest(String name) {
    return call -> "unhex(" + name + "(" + call.arg(0) + "))";
  }

  private static String substr(Call call) {
    String length = call.count() == 3 ? call.arg(2) : "CAST(9223372036854775807 AS BIGINT)";
    return call.type(0).isBytes()
        ? "unhex(tx_substr_hex(hex(" + call.arg(0) + "), " + call.arg(1) + ", " + length + "))"
        : "tx_substr(" + call.arg(0) + ", " + call.arg(1) + ", " + length + ")";
  }

  private static String startsWith(Call call) {
    return call.type(0).isBytes()
        ? "starts_with(hex(" + call.arg(0) + "), hex(" + call.arg(1) + "))"
        : "starts_with(" + call.arg(0) + ", " + call.arg(1) + ")";
  }

  private static String trim(Call call, String name) {
    refuseBytes(call);
    // without a set of characters GoogleSQL trims all of Unicode's white space
    return call.count() == 1
        ? "tx_" + name + "(" + call.arg(0) + ")"
        : name + "(" + call.arg(0) + ", " + call.arg(1) + ")";
  }

  private static String pad(Call call, String name) {
    refuseBytes(call);
    return name
        + "("
        + call.arg(0)
        + ", CAST("
        + call.arg(1)
        + " AS INTEGER), "
        + (call.count() == 3 ? call.arg(2) : "' '")
        + ")";
  }

  private static String split(Call call) {
    refuseBytes(call);
    return "string_split(" + call.arg(0) + ", " + (call.count() == 2 ? call.arg(1) : "','") + ")";
  }

  private static String regexpExtract(Call call) {
    refuseBytes(call);
    if (call.count() > 2) {
      throw call.refused("REGEXP_EXTRACT with a position");
    }
    return "tx_regexp_extract(" + call.arg(0) + ", " + call.arg(1) + ")";
  }

  /** Arguments travel as text with their kind in front, so that one function formats them all. */
  private static String format(Call call) {
    List<String> items = new ArrayList<>();
    items.add(call.arg(0));
    for (int i = 1; i < call.count(); i++) {
      Type type = call.type(i);
      String kind = type.isInt64() ? "i" : type.isDouble() ? "d" : type.isNumeric() ? "n" : "s";
      String plain =
          type.isArray() || type.isStruct() ? null : CastPrinter.toText(call.arg(i), type);
      if (plain == null) {
        throw call.refused("FORMAT of " + type.typeName());
      }
      String quoted = type.isString() || type.isBytes() ? "q" : kind;
      items.add("'" + quoted + "' || " + plain);
    }
    return "tx_format(" + String.join(", ", items) + ")";
  }
}
