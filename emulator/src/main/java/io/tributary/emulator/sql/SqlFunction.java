package io.tributary.emulator.sql;

import com.google.common.collect.ImmutableList;
import com.google.zetasql.Function;
import com.google.zetasql.ZetaSQLFunctions.FunctionEnums.Mode;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedCreateFunctionStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedExpr;
import io.tributary.emulator.catalog.BigQueryError;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A function with a body in SQL, which is printed in the place of each call.
 *
 * @param parameters the names of its parameters
 */
public record SqlFunction(Function function, List<String> parameters, ResolvedExpr body) {
  /** The function that a statement makes. */
  public static SqlFunction of(ResolvedCreateFunctionStmt statement) {
    if (!statement.getLanguage().equalsIgnoreCase("SQL")
        || statement.getFunctionExpression() == null
        || statement.getIsAggregate()) {
      throw BigQueryError.notImplemented(
          "Functions that are aggregates, in other languages or of ANY TYPE are not supported");
    }
    return new SqlFunction(
        new Function(
            statement.getNamePath(),
            "Script",
            Mode.SCALAR,
            ImmutableList.of(statement.getSignature())),
        statement.getArgumentNameList(),
        statement.getFunctionExpression());
  }

  String name() {
    return function.getName().toLowerCase(Locale.ROOT);
  }

  /** The body with these DuckDB expressions for its parameters. */
  String print(PrintContext context, String prefix, List<String> arguments) {
    Map<String, String> bound = new HashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      bound.put(parameters.get(i).toLowerCase(Locale.ROOT), arguments.get(i));
    }
    return "(" + new ScanPrinter(context, prefix, bound).exprs().print(body) + ")";
  }
}
