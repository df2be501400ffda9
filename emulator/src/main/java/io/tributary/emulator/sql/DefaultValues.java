package io.tributary.emulator.sql;

import com.google.zetasql.Type;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedExpr;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The values of columns that an INSERT leaves out. */
public final class DefaultValues {
  private final Analysis analysis;

  public DefaultValues(Analysis analysis) {
    this.analysis = analysis;
  }

  /** Throws unless every default is an expression that fits its column. */
  public void check(List<Column> columns, Instant now) {
    PrintContext context = new PrintContext(Map.of(), Map.of(), Map.of(), List.of(), now, Map.of());
    for (Column column : columns) {
      try {
        var unused = print(column, context);
      } catch (BigQueryError e) {
        throw BigQueryError.invalid(
            "Invalid default value expression for column %s: %s"
                .formatted(column.name(), e.getMessage()));
      }
    }
  }

  /** The column's default as a DuckDB expression. */
  public String print(Column column, PrintContext context) {
    Type type = Types.analyzerType(column);
    if (column.defaultValueExpression() == null) {
      return Constants.print(type, null);
    }
    try (QueryCatalog catalog = analysis.catalog()) {
      ResolvedExpr expr =
          analysis.expression(column.defaultValueExpression(), catalog, Analysis.Parameters.NONE);
      ExprPrinter exprs = new ScanPrinter(context, "c").exprs();
      return CastPrinter.convert(exprs.print(expr), expr.getType(), type);
    }
  }
}
