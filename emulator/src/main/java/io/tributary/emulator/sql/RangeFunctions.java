package io.tributary.emulator.sql;

import com.google.zetasql.Type;
import io.tributary.emulator.sql.Functions.Call;
import io.tributary.emulator.sql.Functions.Form;
import java.util.Map;

/** Functions of RANGE, a pair of bounds of which NULL is the unbounded one. */
final class RangeFunctions {
  private RangeFunctions() {}

  static void addTo(Map<String, Form> forms) {
    forms.put("range", RangeFunctions::make);
    forms.put("range_start", Functions.template("struct_extract($1, 'f1')"));
    forms.put("range_end", Functions.template("struct_extract($1, 'f2')"));
    forms.put("range_is_start_unbounded", unbounded("f1"));
    forms.put("range_is_end_unbounded", unbounded("f2"));
    forms.put(
        "range_contains",
        call -> call.type(1).isRange() ? both(CONTAINS, call) : both(CONTAINS_VALUE, call));
    forms.put("range_overlaps", call -> both(OVERLAPS, call));
    forms.put("range_intersect", RangeFunctions::intersect);
    forms.put("generate_range_array", RangeFunctions::generate);
  }

  private static final String CONTAINS =
      "(rg.a.f1 IS NULL OR COALESCE(rg.b.f1 >= rg.a.f1, FALSE))"
          + " AND (rg.a.f2 IS NULL OR COALESCE(rg.b.f2 <= rg.a.f2, FALSE))";
  private static final String CONTAINS_VALUE =
      "(rg.a.f1 IS NULL OR rg.b >= rg.a.f1) AND (rg.a.f2 IS NULL OR rg.b < rg.a.f2)";
  private static final String OVERLAPS =
      "COALESCE(rg.a.f1 < rg.b.f2, TRUE) AND COALESCE(rg.b.f1 < rg.a.f2, TRUE)";

  private static Form unbounded(String bound) {
    return Functions.template(
        "CASE WHEN $1 IS NOT NULL THEN struct_extract($1, '" + bound + "') IS NULL END");
  }

  /** A condition on two arguments; NULL if one is. */
  private static String both(String condition, Call call) {
    return pair(call, "CASE WHEN rg.a IS NOT NULL AND rg.b IS NOT NULL THEN " + condition + " END");
  }

  private static String pair(Call call, String body) {
    return SqlText.let("rg", "{'a': " + call.arg(0) + ", 'b': " + call.arg(1) + "}", body);
  }

  private static String make(Call call) {
    Type element = call.result().asRange().getElementType();
    return pair(
        call,
        "CASE WHEN rg.a < rg.b OR rg.a IS NULL OR rg.b IS NULL THEN {'f1': rg.a, 'f2': rg.b} ELSE "
            + failure(
                "'Range start element must be less than range end element: ' || "
                    + text("{'f1': rg.a, 'f2': rg.b}", element),
                call.result())
            + " END");
  }

  /** Fails inside of TRY too; of the type of a range. */
  private static String failure(String message, Type type) {
    return "CASE WHEN bq_fail("
        + message
        + ") IS NULL THEN CAST(NULL AS "
        + Types.duckType(type)
        + ") END";
  }

  private static String intersect(Call call) {
    Type type = call.result();
    Type element = type.asRange().getElementType();
    return pair(
        call,
        "CASE WHEN rg.a IS NULL OR rg.b IS NULL THEN NULL WHEN "
            + OVERLAPS
            + " THEN {'f1': greatest(rg.a.f1, rg.b.f1), 'f2': least(rg.a.f2, rg.b.f2)} ELSE "
            + failure(
                "'Provided RANGE inputs: ' || "
                    + text("rg.a", element)
                    + " || ' and ' || "
                    + text("rg.b", element)
                    + " || ' do not overlap. Please use RANGE_OVERLAPS before calling"
                    + " RANGE_INTERSECT'",
                type)
            + " END");
  }

  /** What orders ranges: their starts, then their ends, where no bound is the least or greatest. */
  static String key(String range, Type type) {
    String element = Types.duckType(type.asRange().getElementType());
    return "CASE WHEN "
        + range
        + " IS NOT NULL THEN {'a': COALESCE(struct_extract("
        + range
        + ", 'f1'), CAST('-infinity' AS "
        + element
        + ")), 'b': COALESCE(struct_extract("
        + range
        + ", 'f2'), CAST('infinity' AS "
        + element
        + "))} END";
  }

  /** The text of a range, such as {@code [2020-01-01, UNBOUNDED)}. */
  static String text(String range, Type element) {
    return "'[' || "
        + bound(range, "f1", element)
        + " || ', ' || "
        + bound(range, "f2", element)
        + " || ')'";
  }

  private static String bound(String range, String field, Type element) {
    return "COALESCE("
        + CastPrinter.toText("struct_extract(" + range + ", '" + field + "')", element)
        + ", 'UNBOUNDED')";
  }

  /** A range from its text. */
  static String parse(String text, Type type) {
    Type element = type.asRange().getElementType();
    Type string = QueryCatalog.STRING;
    return "CASE WHEN "
        + text
        + " IS NOT NULL THEN {'f1': "
        + CastPrinter.convert("rg_bound(" + text + ", 1)", string, element)
        + ", 'f2': "
        + CastPrinter.convert("rg_bound(" + text + ", 2)", string, element)
        + "} END";
  }

  /** Which ranges follow each other from the start; the last one may be shorter. */
  private static String generate(Call call) {
    Type element = call.type(0).asRange().getElementType();
    String partial = call.count() > 2 ? call.arg(2) : "TRUE";
    String start = TimeFunctions.micros("struct_extract(rg.a, 'f1')", element);
    String end = TimeFunctions.micros("struct_extract(rg.a, 'f2')", element);
    String points =
        "CAST(CAST(tm_steps("
            + start
            + ", "
            + end
            + ", "
            + IntervalFunctions.fields("rg.b")
            + ") AS JSON) AS BIGINT[])";
    String ranges =
        "list_transform(list_filter(gp.p, lambda t: t < gp.e), lambda t, i: {'f1': "
            + TimeFunctions.of(element, "t")
            + ", 'f2': "
            + TimeFunctions.of(element, "COALESCE(gp.p[i + 1], gp.e)")
            + "})";
    String whole =
        "CASE WHEN "
            + partial
            + " OR gp.p[-1] = gp.e THEN "
            + ranges
            + " ELSE "
            + ranges
            + "[:-2] END";
    return pair(
        call,
        "CASE WHEN rg.a IS NULL OR rg.b IS NULL THEN NULL WHEN rg.a.f1 IS NULL OR rg.a.f2 IS NULL"
            + " THEN "
            + failure("'The range of GENERATE_RANGE_ARRAY must be bounded'", call.result())
            + " ELSE "
            + SqlText.let("gp", "{'p': " + points + ", 'e': " + end + "}", whole)
            + " END");
  }
}
