package io.tributary.emulator.sql;

import com.google.zetasql.Type;
import com.google.zetasql.ZetaSQLType.TypeKind;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedExpr;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedLiteral;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedOutputColumn;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedScan;
import io.tributary.emulator.catalog.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Prints whole queries. */
public final class QueryPrinter {
  private static final Map<TypeKind, Set<TypeKind>> COERCIONS =
      Map.of(
          TypeKind.TYPE_INT64,
          Set.of(TypeKind.TYPE_DOUBLE, TypeKind.TYPE_NUMERIC, TypeKind.TYPE_BIGNUMERIC),
          TypeKind.TYPE_NUMERIC,
          Set.of(TypeKind.TYPE_DOUBLE, TypeKind.TYPE_BIGNUMERIC),
          TypeKind.TYPE_BIGNUMERIC,
          Set.of(TypeKind.TYPE_DOUBLE),
          TypeKind.TYPE_DATE,
          Set.of(TypeKind.TYPE_DATETIME));

  private QueryPrinter() {}

  /** The columns of a query's result. */
  public static List<Column> schema(List<ResolvedOutputColumn> outputs) {
    List<Column> columns = new ArrayList<>();
    for (ResolvedOutputColumn output : outputs) {
      String name =
          output.getName().startsWith("$") ? "f" + columns.size() + "_" : output.getName();
      columns.add(Types.column(name, output.getColumn().getType()));
    }
    return columns;
  }

  /** A query whose columns are w0, w1... and still in DuckDB's own form. */
  public static String rows(
      ResolvedScan query, List<ResolvedOutputColumn> outputs, PrintContext context) {
    return new ScanPrinter(context, "c")
        .positional(query, outputs.stream().map(ResolvedOutputColumn::getColumn).toList(), "w");
  }

  /** A query to be read with {@link OutputForm#read}. */
  public static String output(
      ResolvedScan query,
      List<ResolvedOutputColumn> outputs,
      List<Column> schema,
      PrintContext context) {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      items.add(OutputForm.select("w" + i, schema.get(i)));
    }
    return "SELECT " + String.join(", ", items) + " FROM (" + rows(query, outputs, context) + ")";
  }

  /** An expression of a script as a value of this type. */
  public static String converted(ResolvedExpr expr, Type type, PrintContext context) {
    String text = new ScanPrinter(context, "c").exprs().print(expr);
    return expr instanceof ResolvedLiteral literal && literal.getValue().isNull()
        ? Constants.print(type, null)
        : CastPrinter.convert(text, expr.getType(), type);
  }

  /** A value of one type as a value of another, if GoogleSQL does that by itself. */
  public static Optional<String> coerced(Object value, Type from, Type to) {
    boolean goes =
        from.equals(to) || COERCIONS.getOrDefault(from.getKind(), Set.of()).contains(to.getKind());
    return goes
        ? Optional.of(CastPrinter.convert(Constants.print(from, value), from, to))
        : Optional.empty();
  }

  /** A query for one value, to be read with {@link OutputForm#read}. */
  public static String output(String duckSql, Column column) {
    return "SELECT " + OutputForm.select("w0", column) + " FROM (SELECT " + duckSql + " AS w0)";
  }
}
