package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.sql.Builtins;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBConnection;

/** One DuckDB database. Connections are cheap; each belongs to one thread at a time. */
final class Database implements AutoCloseable {
  private static final Pattern MARKED = Pattern.compile("(?s)\u0001(.*?)\u0001");
  private static final Pattern CONFLICT =
      Pattern.compile(
          "(?is).*(conflict|another transaction|catalog write-write|has been altered).*");

  private static final Pattern OVERFLOW =
      Pattern.compile(
          "Overflow in \\w+ of INT64 \\((.*?)\\)!|Overflow in negation of numeric|Overflow on abs"
              + "|Type INT128 with value -?\\d+ can't be cast because the value is out of range for"
              + " the destination type INT64");

  private final DuckDBConnection root;

  private final Optional<DataFile> dataFile;

  Database(Storage storage) {
    Properties settings = new Properties();
    settings.setProperty("threads", "2");
    settings.setProperty("memory_limit", storage.memory());
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    if (storage.file() == null) {
      // the default is a folder in the working directory
      settings.setProperty("temp_directory", spill().toString());
    }
    dataFile = Optional.ofNullable(storage.file()).map(DataFile::claim);
    try {
      root = connect(storage, settings);
    } catch (BigQueryError e) {
      dataFile.ifPresent(DataFile::close);
      throw e;
    }
  }

  private static DuckDBConnection connect(Storage storage, Properties settings) {
    String url = "jdbc:duckdb:" + (storage.file() == null ? "" : storage.file());
    try {
      DuckDBConnection root = (DuckDBConnection) DriverManager.getConnection(url, settings);
      execute(root, "SET GLOBAL TimeZone = 'UTC'");
      execute(root, "SET GLOBAL lambda_syntax = 'DISABLE_SINGLE_ARROW'");
      Builtins.register(root);
      return root;
    } catch (SQLException e) {
      throw BigQueryError.internal("Cannot open the database: " + e.getMessage(), e);
    }
  }

  /** Where DuckDB makes a folder once it needs one, and removes it. */
  private static Path spill() {
    return Path.of(System.getProperty("java.io.tmpdir"), "tributary-emulator-" + UUID.randomUUID());
  }

  /** A new connection, in a transaction of its own. */
  DuckDBConnection connect() throws SQLException {
    DuckDBConnection connection = root.duplicate();
    connection.setAutoCommit(false);
    return connection;
  }

  /** Statements that take effect together, or not at all. */
  @FunctionalInterface
  interface Work {
    void on(DuckDBConnection connection) throws SQLException;
  }

  /** Does all of the work, or none of it. */
  void transaction(Work work) {
    try (DuckDBConnection connection = connect()) {
      try {
        work.on(connection);
      } catch (SQLException | RuntimeException e) {
        rollback(connection);
        throw e;
      }
      connection.commit();
    } catch (SQLException e) {
      throw translated(e);
    }
  }

  /** An appender does not open the transaction that it writes in, as statements do. */
  static void begin(DuckDBConnection connection) throws SQLException {
    execute(connection, "SELECT 1");
  }

  /** What a closed connection left open would be committed, so failures roll back first. */
  static void rollback(DuckDBConnection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      throw translated(e);
    }
  }

  static void execute(DuckDBConnection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static long change(DuckDBConnection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  static boolean any(DuckDBConnection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next();
    }
  }

  static long number(DuckDBConnection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** Whether a failure is a lost race against another transaction. */
  static boolean isConflict(SQLException e) {
    return CONFLICT.matcher(String.valueOf(e.getMessage())).matches()
        && !MARKED.matcher(e.getMessage()).find();
  }

  /** BigQuery's form of a failure of DuckDB. */
  static BigQueryError translated(SQLException e) {
    String text = String.valueOf(e.getMessage());
    Matcher marked = MARKED.matcher(text);
    if (marked.find()) {
      return Builtins.failure(marked.group(1));
    }
    if (text.contains("More than one row returned by a subquery")) {
      return BigQueryError.invalidQuery("Scalar subquery produced more than one element");
    }
    if (text.contains("INTERRUPT")) {
      return BigQueryError.stopped("Job execution was cancelled: User requested cancellation");
    }
    Matcher overflow = OVERFLOW.matcher(text);
    if (overflow.find()) {
      String operands = overflow.group(1);
      return BigQueryError.invalidQuery(
          "int64 overflow" + (operands == null ? "" : ": " + operands));
    }
    if (text.contains("Overflow in") || text.contains("Out of Range Error")) {
      return BigQueryError.invalidQuery("Overflow: " + firstLine(text));
    }
    if (text.contains("Conversion Error")) {
      return BigQueryError.invalidQuery(firstLine(text));
    }
    return BigQueryError.notImplemented(
        "The emulator cannot run this statement: " + firstLine(text));
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  @Override
  public void close() {
    try {
      root.close();
      dataFile.ifPresent(DataFile::close);
    } catch (SQLException e) {
      throw BigQueryError.internal("Cannot close the database: " + e.getMessage(), e);
    }
  }
}
