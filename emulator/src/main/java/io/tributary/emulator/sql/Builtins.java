package io.tributary.emulator.sql;

import io.tributary.emulator.catalog.BigQueryError;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBLogicalType;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBScalarFunctionBuilder;
import org.duckdb.DuckDBWritableVector;

/** Functions that the printed SQL calls and DuckDB lacks: macros, and functions in Java. */
public final class Builtins {
  /** How one argument or result travels between DuckDB and Java. */
  enum Kind {
    TEXT,
    LONG,
    DOUBLE,
    NUMERIC,
    BOOL
  }

  /** The body of a function; never sees NULL, and may throw {@link BigQueryError}. */
  @FunctionalInterface
  interface Body {
    Object apply(Object[] args);
  }

  /** How often a recursive query may go round. */
  private static final int ROUNDS = 500;

  private static final int UNKNOWN = BigQueryError.notImplemented("").httpStatus();

  private static final List<String> MACROS =
      List.of(
          "bq_in(x, a) AS CASE WHEN a IS NULL OR len(a) = 0 THEN FALSE WHEN x IS NULL THEN NULL"
              + " WHEN list_contains(a, x) THEN TRUE WHEN list_count(a) < len(a) THEN NULL"
              + " ELSE FALSE END",
          "bq_floor_div(a, b) AS CAST((a - ((a % b) + b) % b) // b AS BIGINT)",
          "bq_at(a, i, m) AS list_extract(a, bq_index(i, len(a), m))",
          "bq_safe_at(a, i) AS CASE WHEN i < 0 OR i >= len(a) THEN NULL"
              + " ELSE list_extract(a, i + 1) END",
          "iv_months(i) AS CAST(datepart('year', i) * 12 + datepart('month', i) AS BIGINT)",
          "iv_days(i) AS CAST(datepart('day', i) AS BIGINT)",
          "iv_micros(i) AS epoch_us(i - to_days(CAST(datepart('day', i) AS INTEGER))"
              + " - to_months(CAST(datepart('year', i) * 12 + datepart('month', i) AS INTEGER)))");

  private Builtins() {}

  /** Adds the functions to the database of this connection. */
  public static void register(Connection connection) throws SQLException {
    // DuckDB's own error() is volatile, and so could not stand inside TRY
    function(connection, "bq_fail", Kind.TEXT, List.of(Kind.TEXT), a -> fail((String) a[0]));
    function(connection, "bq_refuse", Kind.TEXT, List.of(Kind.TEXT), a -> refuse((String) a[0]));
    function(
        connection,
        "bq_index",
        Kind.LONG,
        List.of(Kind.LONG, Kind.LONG, Kind.TEXT),
        a -> index((Long) a[0], (Long) a[1], (String) a[2]));
    function(connection, "bq_step", Kind.LONG, List.of(Kind.LONG), a -> step((Long) a[0]));
    function(
        connection,
        "dbl_series",
        Kind.TEXT,
        List.of(Kind.DOUBLE, Kind.DOUBLE, Kind.DOUBLE),
        a -> Series.of((Double) a[0], (Double) a[1], (Double) a[2]));
    function(
        connection,
        "num_series",
        Kind.TEXT,
        List.of(Kind.NUMERIC, Kind.NUMERIC, Kind.NUMERIC),
        a -> Series.of((BigDecimal) a[0], (BigDecimal) a[1], (BigDecimal) a[2]));
    function(
        connection, "bq_next_round", Kind.LONG, List.of(Kind.LONG), a -> nextRound((Long) a[0]));
    NumericBuiltins.register(connection);
    TextBuiltins.register(connection);
    TimeBuiltins.register(connection);
    JsonBuiltins.register(connection);
    try (Statement statement = connection.createStatement()) {
      for (String macro : MACROS) {
        statement.execute("CREATE OR REPLACE MACRO " + macro);
      }
    }
  }

  private static Object fail(String message) {
    throw BigQueryError.invalidQuery(message);
  }

  private static Object refuse(String what) {
    throw BigQueryError.notImplemented(what + " is not supported");
  }

  private static Object index(long offset, long length, String message) {
    return offset < 0 || offset >= length ? fail(message) : offset + 1;
  }

  private static Object nextRound(long round) {
    return round >= ROUNDS
        ? fail("A recursive CTE has reached the maximum number of iterations: " + ROUNDS)
        : (Object) (round + 1);
  }

  private static Object step(long step) {
    return step == 0 ? fail("Sequence step cannot be 0.") : (Object) step;
  }

  static void function(
      Connection connection, String name, Kind result, List<Kind> parameters, Body body)
      throws SQLException {
    try (DuckDBScalarFunctionBuilder builder = DuckDBFunctions.scalarFunction()) {
      builder.withName(name);
      for (Kind kind : parameters) {
        builder.withParameter(type(kind));
      }
      builder
          .withReturnType(type(result))
          .withVectorizedFunction((in, out) -> apply(in, out, result, parameters, body))
          .register(connection);
    }
  }

  private static DuckDBLogicalType type(Kind kind) throws SQLException {
    return switch (kind) {
      case TEXT -> DuckDBLogicalType.of(DuckDBColumnType.VARCHAR);
      case LONG -> DuckDBLogicalType.of(DuckDBColumnType.BIGINT);
      case DOUBLE -> DuckDBLogicalType.of(DuckDBColumnType.DOUBLE);
      case BOOL -> DuckDBLogicalType.of(DuckDBColumnType.BOOLEAN);
      case NUMERIC -> DuckDBLogicalType.decimal(38, 9);
    };
  }

  private static void apply(
      DuckDBDataChunkReader in,
      DuckDBWritableVector out,
      Kind result,
      List<Kind> parameters,
      Body body) {
    Object[] args = new Object[parameters.size()];
    for (long row = 0; row < in.rowCount(); row++) {
      boolean missing = false;
      for (int i = 0; i < args.length; i++) {
        args[i] = read(in.vector(i), row, parameters.get(i));
        missing |= args[i] == null;
      }
      Object value = missing ? null : marked(body, args);
      write(out, row, result, value);
    }
  }

  private static Object marked(Body body, Object[] args) {
    try {
      return body.apply(args);
    } catch (BigQueryError e) {
      throw marked(e);
    }
  }

  /** The failure of a function as DuckDB passes it on. */
  static IllegalArgumentException marked(BigQueryError e) {
    String kind = e.httpStatus() == UNKNOWN ? Character.toString(SqlText.REFUSED) : "";
    return new IllegalArgumentException(SqlText.MARK + kind + e.getMessage() + SqlText.MARK);
  }

  /** What a function failed with, from what stood between the marks. */
  public static BigQueryError failure(String text) {
    return text.indexOf(SqlText.REFUSED) == 0
        ? BigQueryError.notImplemented(text.substring(1))
        : BigQueryError.invalidQuery(text);
  }

  private static Object read(DuckDBReadableVector vector, long row, Kind kind) {
    if (vector.isNull(row)) {
      return null;
    }
    return switch (kind) {
      case TEXT -> vector.getString(row);
      case LONG -> vector.getLong(row);
      case DOUBLE -> vector.getDouble(row);
      case BOOL -> vector.getBoolean(row);
      case NUMERIC -> vector.getBigDecimal(row);
    };
  }

  private static void write(DuckDBWritableVector out, long row, Kind kind, Object value) {
    if (value == null) {
      out.setNull(row);
      return;
    }
    switch (kind) {
      case TEXT -> out.setString(row, (String) value);
      case LONG -> out.setLong(row, (Long) value);
      case DOUBLE -> out.setDouble(row, (Double) value);
      case BOOL -> out.setBoolean(row, (Boolean) value);
      case NUMERIC -> out.setBigDecimal(row, (BigDecimal) value);
    }
  }
}
