package io.tributary.emulator.engine;

import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedColumnRef;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedExpr;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedFunctionCall;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedLiteral;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Partitioning;
import java.util.List;
import java.util.Locale;

/** PARTITION BY of CREATE TABLE. */
final class DdlPartitions {
  private DdlPartitions() {}

  static Partitioning read(List<ResolvedExpr> exprs) {
    if (exprs.isEmpty()) {
      return null;
    }
    if (exprs.size() > 1) {
      throw BigQueryError.invalidQuery("Only a single PARTITION BY expression is supported");
    }
    ResolvedExpr expr = exprs.get(0);
    if (expr instanceof ResolvedColumnRef column) {
      return time(Partitioning.Kind.DAY, column);
    }
    if (!(expr instanceof ResolvedFunctionCall call)) {
      throw unsupported();
    }
    ResolvedExpr first = call.getArgumentList().get(0);
    String name = call.getFunction().getName().toLowerCase(Locale.ROOT);
    if (name.equals("range_bucket")) {
      return range(first, call.getArgumentList().get(1));
    }
    if (!(first instanceof ResolvedColumnRef column)) {
      throw unsupported();
    }
    return switch (name) {
      case "date" -> time(Partitioning.Kind.DAY, column);
      case "timestamp_trunc", "datetime_trunc", "date_trunc" ->
          time(kind(call.getArgumentList().get(1)), column);
      default -> throw unsupported();
    };
  }

  private static Partitioning time(Partitioning.Kind kind, ResolvedColumnRef column) {
    String name = column.getColumn().getName();
    boolean ingestion =
        name.equalsIgnoreCase("_PARTITIONTIME") || name.equalsIgnoreCase("_PARTITIONDATE");
    return Partitioning.time(kind, ingestion ? null : name, null);
  }

  private static Partitioning.Kind kind(ResolvedExpr part) {
    if (part instanceof ResolvedLiteral literal) {
      String name = literal.getValue().getEnumName();
      for (Partitioning.Kind kind : Partitioning.Kind.values()) {
        if (kind.name().equals(name) && kind != Partitioning.Kind.RANGE) {
          return kind;
        }
      }
    }
    throw unsupported();
  }

  private static Partitioning range(ResolvedExpr column, ResolvedExpr array) {
    if (column instanceof ResolvedColumnRef ref
        && array instanceof ResolvedFunctionCall call
        && call.getArgumentList().size() == 3) {
      Long[] bounds = new Long[3];
      for (int i = 0; i < bounds.length; i++) {
        if (!(call.getArgumentList().get(i) instanceof ResolvedLiteral literal)) {
          throw unsupported();
        }
        bounds[i] = literal.getValue().getInt64Value();
      }
      return new Partitioning(
          Partitioning.Kind.RANGE,
          ref.getColumn().getName(),
          null,
          bounds[0],
          bounds[1],
          bounds[2],
          false);
    }
    throw unsupported();
  }

  private static BigQueryError unsupported() {
    return BigQueryError.invalidQuery(
        "PARTITION BY expression must be DATE(<timestamp_column>), DATE(<datetime_column>),"
            + " DATETIME_TRUNC(<datetime_column>, DAY/HOUR/MONTH/YEAR), a DATE column,"
            + " TIMESTAMP_TRUNC(<timestamp_column>, DAY/HOUR/MONTH/YEAR), DATE_TRUNC(<date_column>,"
            + " MONTH/YEAR), or RANGE_BUCKET(<int64_column>, GENERATE_ARRAY(<int64_value>,"
            + " <int64_value>[, <int64_value>]))");
  }
}
