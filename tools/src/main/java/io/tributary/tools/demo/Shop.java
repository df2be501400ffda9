package io.tributary.tools.demo;

import io.tributary.tools.local.LocalPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;

/** The shop's database. */
final class Shop {
  static final String DATABASE = "shop";
  static final String SLOT = "tributary_shop";

  private final LocalPostgres postgres;

  private Shop(LocalPostgres postgres) {
    this.postgres = postgres;
  }

  /** Creates the database and its tables, and fills them with {@code rows} rows in all. */
  static Shop open(LocalPostgres postgres, long rows) throws SQLException {
    postgres.createDatabase(DATABASE);
    Shop shop = new Shop(postgres);
    try (Connection connection = shop.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(schema());
      for (ShopTable table : ShopTable.values()) {
        try (PreparedStatement fill = connection.prepareStatement(table.fillStatement())) {
          fill.setLong(1, table.rowsOf(rows));
          fill.executeUpdate();
        }
      }
      statement.execute("ANALYZE");
    }
    return shop;
  }

  private static String schema() {
    try (InputStream file = Shop.class.getResourceAsStream("shop.sql")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The shop's schema cannot be read.", e);
    }
  }

  /** A new connection; the caller closes it. */
  Connection connect() throws SQLException {
    return postgres.connect(DATABASE);
  }

  /** The rows that each table holds now. */
  static Map<ShopTable, Long> count(Connection connection) throws SQLException {
    Map<ShopTable, Long> counts = new EnumMap<>(ShopTable.class);
    for (ShopTable table : ShopTable.values()) {
      counts.put(table, number(connection, "SELECT count(*) FROM shop." + table.tableName()));
    }
    return counts;
  }

  /** The end of the log. */
  static long logEnd(Connection connection) throws SQLException {
    return number(connection, "SELECT pg_current_wal_lsn() - '0/0'::pg_lsn");
  }

  /** Up to where Debezium has confirmed that the log is safely in Kafka; 0 without a slot. */
  static long confirmed(Connection connection) throws SQLException {
    return number(
        connection,
        "SELECT coalesce(max(confirmed_flush_lsn - '0/0'::pg_lsn), 0)"
            + " FROM pg_replication_slots WHERE slot_name = '"
            + SLOT
            + "'");
  }

  private static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
