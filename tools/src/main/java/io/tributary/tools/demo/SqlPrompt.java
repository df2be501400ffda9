package io.tributary.tools.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A plain SQL prompt on the source. */
final class SqlPrompt {
  private static final int ROWS_SHOWN = 50;
  private static final int WIDTH_SHOWN = 40;

  private final Connection connection;
  private final BufferedReader in;
  private final PrintStream out;

  SqlPrompt(Connection connection, BufferedReader in, PrintStream out) {
    this.connection = connection;
    this.in = in;
    this.out = out;
  }

  /** Runs statements, each ended by a semicolon, until {@code \q} or the end of the input. */
  void run() throws IOException {
    StringBuilder statement = new StringBuilder();
    while (true) {
      out.print(statement.isEmpty() ? "shop=> " : "shop-> ");
      out.flush();
      String line = in.readLine();
      if (line == null || line.strip().equals("\\q")) {
        out.println("The prompt is closed; the rest stays up until Ctrl-C.");
        return;
      }
      if (line.startsWith("\\")) {
        out.println("This is not psql: only SQL, and \\q to close the prompt.");
        continue;
      }
      statement.append(line).append('\n');
      if (line.strip().endsWith(";")) {
        execute(statement.toString());
        statement.setLength(0);
      } else if (statement.toString().isBlank()) {
        statement.setLength(0);
      }
    }
  }

  private void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      while (rows || statement.getUpdateCount() >= 0) {
        if (rows) {
          print(statement.getResultSet());
        } else {
          out.println("rows changed: " + statement.getUpdateCount());
        }
        rows = statement.getMoreResults();
      }
    } catch (SQLException e) {
      out.println(e.getMessage());
    }
  }

  private void print(ResultSet rows) throws SQLException {
    int columns = rows.getMetaData().getColumnCount();
    StringBuilder line = new StringBuilder();
    for (int i = 1; i <= columns; i++) {
      line.append(i == 1 ? "" : " | ").append(rows.getMetaData().getColumnLabel(i));
    }
    out.println(line);
    int shown = 0;
    while (rows.next() && shown < ROWS_SHOWN) {
      line.setLength(0);
      for (int i = 1; i <= columns; i++) {
        line.append(i == 1 ? "" : " | ").append(shorten(rows.getString(i)));
      }
      out.println(line);
      shown++;
    }
    out.println("(" + shown + (rows.isAfterLast() ? "" : " or more") + " rows)");
  }

  private static String shorten(String value) {
    return value == null || value.length() <= WIDTH_SHOWN
        ? value
        : value.substring(0, WIDTH_SHOWN) + "...";
  }
}
