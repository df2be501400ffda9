package io.tributary.emulator.engine;

import com.google.zetasql.Type;
import com.google.zetasql.TypeFactory;
import com.google.zetasql.ZetaSQLType.TypeKind;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.StoredTable;
import io.tributary.emulator.sql.Analysis;
import io.tributary.emulator.sql.Constants;
import io.tributary.emulator.sql.PrintContext;
import io.tributary.emulator.sql.QueryCatalog;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.duckdb.DuckDBConnection;

/** One run of a statement or a script: its connection, variables and temporary tables. */
final class Session implements AutoCloseable {
  private final QueryRequest request;
  private final Variables variables = new Variables();
  private final Map<String, StoredTable> temporary = new HashMap<>();
  private final Map<String, Type> named = new HashMap<>();
  private final List<Type> positional = new ArrayList<>();
  private final Map<String, String> namedValues = new HashMap<>();
  private final List<String> positionalValues = new ArrayList<>();
  private final List<ScriptStatement> children = new ArrayList<>();
  private final DuckDBConnection connection;
  private final QueryCatalog catalog;
  private Transaction transaction;
  private int statements;

  Session(QueryRequest request, Database database, QueryCatalog catalog) {
    this.request = request;
    this.catalog = catalog;
    variables.set(
        "@@project_id", TypeFactory.createSimpleType(TypeKind.TYPE_STRING), request.project());
    for (QueryParameter parameter : request.parameters()) {
      add(parameter.name(), SqlTypes.analyzerType(parameter.type()), parameter.value());
    }
    try {
      connection = database.connect();
    } catch (SQLException e) {
      throw Database.translated(e);
    }
    request.cancellation().onCancel(this::interrupt);
  }

  /** Adds a parameter; the name is null for a positional one. */
  void add(String name, Type type, Object value) {
    if (name == null || name.isEmpty()) {
      positional.add(type);
      positionalValues.add(Constants.print(type, value));
    } else {
      named.put(name.toLowerCase(Locale.ROOT), type);
      namedValues.put(name.toLowerCase(Locale.ROOT), Constants.print(type, value));
    }
  }

  void clearParameters() {
    named.clear();
    positional.clear();
    namedValues.clear();
    positionalValues.clear();
  }

  private void interrupt() {
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.cancel();
    } catch (SQLException e) {
      throw Database.translated(e);
    }
  }

  QueryRequest request() {
    return request;
  }

  DuckDBConnection connection() {
    return connection;
  }

  QueryCatalog catalog() {
    return catalog;
  }

  Variables variables() {
    return variables;
  }

  List<ScriptStatement> children() {
    return children;
  }

  Analysis.Parameters parameters() {
    return new Analysis.Parameters(named, positional);
  }

  PrintContext context(Instant now) {
    return new PrintContext(
        catalog.sources(),
        variables.printed(),
        namedValues,
        positionalValues,
        now,
        catalog.functions());
  }

  Optional<StoredTable> temporary(String name) {
    return Optional.ofNullable(temporary.get(name.toLowerCase(Locale.ROOT)));
  }

  void addTemporary(StoredTable table) {
    temporary.put(table.definition().ref().table().toLowerCase(Locale.ROOT), table);
  }

  void dropTemporary(String name) {
    temporary.remove(name.toLowerCase(Locale.ROOT));
  }

  /** Counts the statements; throws if the job was cancelled. */
  int next() {
    checkRunning();
    return statements++;
  }

  void checkRunning() {
    if (request.cancellation().cancelled()) {
      throw BigQueryError.stopped("Job execution was cancelled: User requested cancellation");
    }
  }

  Optional<Transaction> transaction() {
    return Optional.ofNullable(transaction);
  }

  void begin(long version) throws SQLException {
    if (transaction != null) {
      throw BigQueryError.invalidQuery("A transaction is already in progress");
    }
    transaction = new Transaction(version, temporary);
    // the first read of a table fixes the snapshot
    Database.execute(connection, "SELECT 1 FROM catalog_entries LIMIT 0");
  }

  void commitTransaction(LongSupplier nextVersion) throws SQLException {
    Transaction ended = open();
    TransactionRunner.checkUndamaged(this);
    connection.commit();
    transaction = null;
    ended.release(nextVersion.getAsLong());
  }

  void rollbackTransaction() {
    Transaction ended = open();
    rollback();
    ended.fail();
    transaction = null;
  }

  private Transaction open() {
    return transaction()
        .orElseThrow(() -> BigQueryError.invalidQuery("There is no transaction in progress"));
  }

  /** Ends a statement, which takes effect now unless a transaction goes on. */
  void commit() throws SQLException {
    if (transaction == null) {
      connection.commit();
    }
  }

  /** Undoes the statement that failed, and the transaction with it. */
  void rollback() {
    Database.rollback(connection);
    if (transaction != null) {
      temporary.clear();
      temporary.putAll(transaction.temporaryBefore());
      transaction.fail();
    }
  }

  @Override
  public void close() {
    request.cancellation().ended();
    catalog.close();
    if (transaction != null) {
      rollback();
    }
    try {
      connection.close();
    } catch (SQLException e) {
      throw Database.translated(e);
    }
  }
}
