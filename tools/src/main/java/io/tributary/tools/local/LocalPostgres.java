package io.tributary.tools.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * A real PostgreSQL server with {@code wal_level=logical} on loopback, fresh and without password.
 *
 * <p>Works as root and as an ordinary user. Durability is switched off: its data is thrown away.
 */
public final class LocalPostgres implements AutoCloseable {
  /** The superuser that connects without a password. */
  public static final String USER = "postgres";

  private static final String SETTINGS =
      """
      listen_addresses = '127.0.0.1'
      unix_socket_directories = ''
      wal_level = logical
      max_wal_senders = 20
      max_replication_slots = 20
      max_connections = 60
      wal_sender_timeout = 30s
      fsync = off
      synchronous_commit = off
      full_page_writes = off
      timezone = 'UTC'
      log_timezone = 'UTC'
      """;

  private final LocalProcess server;
  private final int port;

  private LocalPostgres(LocalProcess server, int port) {
    this.server = server;
    this.port = port;
  }

  /**
   * Unpacks, initialises and starts the server in {@code folder}; returns when it answers.
   *
   * @throws UncheckedIOException if its files cannot be written
   * @throws IllegalStateException if the server does not start, with the end of its log
   */
  public static LocalPostgres start(LocalFolder folder, int port) {
    try {
      return start(folder, port, ServerAccount.detect());
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL cannot be started: " + e.getMessage(), e);
    }
  }

  /**
   * The same with a server that is installed on this machine.
   *
   * @param home the folder whose {@code bin} has the server's programs
   */
  public static LocalPostgres startInstalled(LocalFolder folder, int port, Path home) {
    try {
      return start(folder, port, ServerAccount.detect(), new PostgresBinaries(home));
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL cannot be started: " + e.getMessage(), e);
    }
  }

  static LocalPostgres start(LocalFolder folder, int port, ServerAccount account)
      throws IOException {
    return start(folder, port, account, PostgresBinaries.unpack(folder.resolve("postgres")));
  }

  private static LocalPostgres start(
      LocalFolder folder, int port, ServerAccount account, PostgresBinaries binaries)
      throws IOException {
    Path data = Files.createDirectory(folder.resolve("postgres-data"));
    account.own(data);
    Path log = folder.resolve("postgres.log");
    LocalProcess.run(
        "initdb",
        folder,
        account.command(
            List.of(
                binaries.program("initdb"),
                "--pgdata=" + data,
                "--username=" + USER,
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync")),
        log);
    Files.writeString(
        data.resolve("postgresql.conf"),
        SETTINGS + "port = " + port + "\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.APPEND);
    // INT asks for a fast shutdown: clients are disconnected instead of waited for
    LocalProcess server =
        LocalProcess.start(
            "PostgreSQL",
            folder,
            account.command(List.of(binaries.program("postgres"), "-D", data.toString())),
            log,
            "INT");
    LocalPostgres postgres = new LocalPostgres(server, port);
    try {
      postgres.awaitAnswer();
      return postgres;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private void awaitAnswer() {
    Await.atMost(Duration.ofSeconds(60), Duration.ofMillis(100))
        .until(
            "PostgreSQL answers on port " + port,
            () -> {
              if (!server.isAlive()) {
                throw new Await.GaveUpException("PostgreSQL ended:\n" + server.logTail(), null);
              }
              try (Connection connection = connect("postgres")) {
                return connection.isValid(1);
              }
            });
  }

  /** The TCP port on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** The JDBC URL of {@code database}. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** A new connection as superuser; the caller closes it. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), USER, "");
  }

  /** Creates an empty database. */
  public void createDatabase(String database) throws SQLException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + statement.enquoteIdentifier(database, true));
    }
  }

  /** Stops the server; its files go with the folder. */
  @Override
  public void close() {
    server.close();
  }
}
