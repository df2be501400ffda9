package io.tributary.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.tools.local.TributaryHome;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
        start(output, "--rows=2000", "--seconds=8", "--kill-worker=1", "--exit", "--logs=" + logs);
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
    assertThat(remains()).as("nothing is left in the temporary folder").isEmpty();
  }

  @Test
  void staysUpWithAPromptUntilCtrlCWhichLeavesNothingBehind() throws Exception {
    Path output = folder.resolve("output");
    Process demo = start(output, "--rows=50", "--seconds=0");
    List<ProcessHandle> children;
    try (Writer prompt = demo.outputWriter(StandardCharsets.UTF_8)) {
      await()
          .atMost(Duration.ofMinutes(5))
          .until(() -> !demo.isAlive() || Files.readString(output).contains("shop=> "));
      prompt.write("SELECT 'number ' || 6 * 7;\n");
      prompt.flush();
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> assertThat(Files.readString(output)).contains("number 42"));
      children = demo.descendants().toList();
      new ProcessBuilder("sh", "-c", "kill -INT " + demo.pid()).start().waitFor();
      assertThat(demo.waitFor(1, TimeUnit.MINUTES)).as("the demo ends").isTrue();
    } finally {
      demo.destroyForcibly();
    }

    assertThat(Files.readString(output))
        .containsPattern("verified tables=7 rows=\\d+ changes=\\d+ deadletters=0 differences=0");
    assertThat(children).as("worker, PostgreSQL, guard").hasSizeGreaterThan(2);
    assertThat(children).noneMatch(ProcessHandle::isAlive);
    assertThat(remains()).as("nothing is left in the temporary folder").isEmpty();
  }

  private Process start(Path output, String... options) throws IOException {
    // a build in the background ignores SIGINT, and its children would, too
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx1g");
    command.add("--add-opens=java.base/java.nio=ALL-UNNAMED");
    command.add("-Djava.io.tmpdir=" + folder);
    command.add("-Dtributary.home=" + TributaryHome.locate().root());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("io.tributary.tools.Tributary");
    command.add("demo");
    command.addAll(List.of(options));
    return new ProcessBuilder(command)
        .redirectOutput(output.toFile())
        .redirectError(folder.resolve("errors").toFile())
        .start();
  }

  private List<Path> remains() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(
              file -> !List.of("output", "errors", "logs").contains(file.getFileName().toString()))
          .toList();
    }
  }
}
