package io.tributary.tools.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;

/**
 * One writer's connection; counts what a transaction changed once it has committed. Not
 * thread-safe.
 */
final class Session implements AutoCloseable {
  private final Connection connection;
  private final ChangeCounts counts;
  private final Map<ChangeKind, Long> pending = new EnumMap<>(ChangeKind.class);
  private int statements;

  Session(Connection connection, ChangeCounts counts) throws SQLException {
    this.connection = connection;
    this.counts = counts;
    connection.setAutoCommit(false);
  }

  /** Runs one statement; every row that it changed is a change of {@code kind}. */
  int change(ChangeKind kind, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      int rows = statement.executeUpdate();
      statements++;
      pending.merge(kind, (long) rows, Long::sum);
      return rows;
    }
  }

  /** Runs one statement that is one change, however many rows it concerns. */
  void command(ChangeKind kind, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      statements++;
      pending.merge(kind, 1L, Long::sum);
    }
  }

  void commit() throws SQLException {
    connection.commit();
    pending.forEach(counts::add);
    if (statements > 1) {
      counts.add(ChangeKind.TRANSACTION, 1);
    }
    pending.clear();
    statements = 0;
  }

  @Override
  public void close() throws SQLException {
    connection.rollback();
    connection.close();
  }
}
