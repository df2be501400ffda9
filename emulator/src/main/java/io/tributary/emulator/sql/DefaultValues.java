package io.tributary.emulator.sql;

import com.google.zetasql.Type;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedExpr;
import io.tributary.emulator.catalog.Column;

/** The values of columns that an INSERT leaves out. */
public final class DefaultValues {
  private final Analysis analysis;

  public DefaultValues(Analysis analysis) {
    this.analysis = analysis;
  }

  /** The column's default as a DuckDB expression. */
  public String print(Column column, PrintContext context) {
    Type type = Types.analyzerType(column);
    if (column.defaultValueExpression() == null) {
      return Constants.print(type, null);
    }
    try (QueryCatalog catalog = analysis.catalog()) {
      ResolvedExpr expr = analysis.expression(column.defaultValueExpression(), catalog, null);
      ExprPrinter exprs = new ScanPrinter(context, "c").exprs();
      return CastPrinter.convert(exprs.print(expr), expr.getType(), type);
    }
  }
}
