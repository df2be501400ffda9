package io.tributary.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.tools.local.TributaryHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first command, in a process of its own as a user runs it. */
class DemoTest {
  @TempDir private Path folder;

  @Test
  void bothSidesAreEqualAfterChangesOfEveryKindAndAKilledWorker() throws Exception {
    Path output = folder.resolve("output");
    Path logs = folder.resolve("logs");
    Process demo =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + folder,
                "-Dtributary.home=" + TributaryHome.locate().root(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.tributary.tools.Tributary",
                "demo",
                "--rows=3000",
                "--seconds=10",
                "--kill-worker=1",
                "--exit",
                "--logs=" + logs)
            .redirectOutput(output.toFile())
            .redirectError(folder.resolve("errors").toFile())
            .start();
    try {
      assertThat(demo.waitFor(10, TimeUnit.MINUTES)).as("the demo ends").isTrue();
    } finally {
      demo.destroyForcibly();
    }

    List<String> lines = Files.readAllLines(output);
    assertThat(lines.get(lines.size() - 1))
        .as("%s\n%s", lines, Files.readString(folder.resolve("errors")))
        .matches("verified tables=7 rows=\\d{4,} changes=\\d{3,} deadletters=0 differences=0");
    assertThat(demo.exitValue()).isZero();
    assertThat(remains()).as("the demo's own folder is gone").isEmpty();
  }

  private List<Path> remains() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("tributary-demo"))
          .toList();
    }
  }
}
