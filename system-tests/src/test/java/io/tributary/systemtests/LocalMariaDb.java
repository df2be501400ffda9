package io.tributary.systemtests;

import static org.awaitility.Awaitility.await;

import io.tributary.tools.local.LocalFolder;
import io.tributary.tools.local.LocalProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A real MariaDB with a binary log of rows, on loopback; for x86-64 only. */
final class LocalMariaDb implements AutoCloseable {
  static final String USER = "debezium";
  static final String PASSWORD = "of-a-test";

  private final LocalProcess server;
  private final int port;

  private LocalMariaDb(LocalProcess server, int port) {
    this.server = server;
    this.port = port;
  }

  /**
   * Starts it.
   *
   * @param unpacked where the build has unpacked its programs
   */
  static LocalMariaDb start(LocalFolder folder, Path unpacked, int port) throws IOException {
    Path home = home(unpacked);
    Path program = home.resolve("bin/mariadbd");
    if (!program.toFile().setExecutable(true)) {
      throw new IOException(program + " cannot be made executable.");
    }
    Path data = Files.createDirectory(folder.resolve("mariadb"));
    Path log = folder.resolve("mariadb.log");
    List<String> common =
        List.of(
            program.toString(),
            "--no-defaults",
            "--user=" + System.getProperty("user.name"),
            "--basedir=" + home,
            "--datadir=" + data,
            "--lc-messages-dir=" + home.resolve("share"),
            "--innodb-buffer-pool-size=32M");
    LocalProcess.run("MariaDB's setup", folder, bootstrap(folder, home, common), log);
    Path users = folder.resolve("mariadb-users.sql");
    Files.writeString(
        users,
        "CREATE USER '%1$s'@'%%' IDENTIFIED BY '%2$s';\nGRANT ALL ON *.* TO '%1$s'@'%%';\n"
            .formatted(USER, PASSWORD));
    List<String> command = new ArrayList<>(common);
    command.addAll(
        List.of(
            "--port=" + port,
            "--bind-address=127.0.0.1",
            "--skip-name-resolve",
            "--socket=" + folder.resolve("mariadb.sock"),
            "--pid-file=" + folder.resolve("mariadb.pid"),
            "--init-file=" + users,
            "--character-set-server=utf8mb4",
            "--default-time-zone=+00:00",
            "--server-id=223",
            "--log-bin=binlog",
            "--binlog-format=ROW",
            "--binlog-row-image=FULL",
            "--innodb-flush-log-at-trx-commit=0"));
    LocalMariaDb mariaDb =
        new LocalMariaDb(LocalProcess.start("MariaDB", folder, command, log, "TERM"), port);
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptionsInstanceOf(SQLException.class)
        .until(mariaDb::answers);
    return mariaDb;
  }

  private static Path home(Path unpacked) throws IOException {
    try (Stream<Path> files = Files.walk(unpacked)) {
      return files
          .filter(file -> file.endsWith("linux") && Files.isDirectory(file))
          .findFirst()
          .orElseThrow(() -> new IOException("MariaDB's programs are not in " + unpacked));
    }
  }

  /** The system tables are made by a server that reads statements instead of serving clients. */
  private static List<String> bootstrap(LocalFolder folder, Path home, List<String> common)
      throws IOException {
    StringBuilder sql = new StringBuilder("CREATE DATABASE mysql;\nUSE mysql;\n");
    for (String part : List.of("tables", "tables_data")) {
      sql.append(Files.readString(home.resolve("share/mariadb_system_" + part + ".sql")));
    }
    Path file = folder.resolve("mariadb-setup.sql");
    Files.writeString(file, sql);
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "exec \"$@\" < \"$0\"", file.toString()));
    command.addAll(common);
    command.add("--bootstrap");
    return command;
  }

  private boolean answers() throws SQLException {
    server.requireAlive();
    try (Connection connection = connect()) {
      return connection.isValid(1);
    }
  }

  int port() {
    return port;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://127.0.0.1:" + port + "/?sslMode=disable", USER, PASSWORD);
  }

  @Override
  public void close() {
    server.close();
  }
}
