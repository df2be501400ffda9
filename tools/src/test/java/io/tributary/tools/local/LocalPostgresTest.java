package io.tributary.tools.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalPostgresTest {
  private final Ports ports = new Ports(note -> {});

  @Test
  void servesLogicalReplicationAndLeavesNothingBehind() throws Exception {
    Path path;
    try (LocalFolder folder = LocalFolder.create("tributary-test")) {
      path = folder.path();
      try (LocalPostgres postgres = LocalPostgres.start(folder, ports.any())) {
        assertThat(walLevel(postgres)).isEqualTo("logical");
      }
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void runsAsNobodyWhereRootMayNotUseUserNamespaces() throws Exception {
    assumeThat(Files.getAttribute(Path.of("/proc/self"), "unix:uid")).as("root").isEqualTo(0);
    try (LocalFolder folder = LocalFolder.create("tributary-test");
        LocalPostgres postgres =
            LocalPostgres.start(folder, ports.any(), ServerAccount.asNobody())) {
      assertThat(walLevel(postgres)).isEqualTo("logical");
    }
  }

  @Test
  void theGuardEndsProcessesAndRemovesTheFolderWhenItsPipeEnds() throws Exception {
    LocalFolder folder = LocalFolder.create("tributary-test");
    LocalProcess orphan =
        LocalProcess.start("sleep", folder, List.of("sleep", "600"), folder.resolve("log"), "TERM");

    // closing the folder alone is what the death of this JVM looks like to the guard
    folder.close();

    await().atMost(Duration.ofSeconds(20)).until(() -> !orphan.isAlive());
    assertThat(folder.path()).doesNotExist();
  }

  private static String walLevel(LocalPostgres postgres) throws Exception {
    try (Connection connection = postgres.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW wal_level")) {
      rows.next();
      return rows.getString(1);
    }
  }
}
