package io.tributary.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was opened is closed backwards, whatever fails. */
final class OpenedTest {
  private final List<String> closed = new ArrayList<>();
  private final Opened opened = new Opened();

  @Test
  void closesTheLastFirst() {
    opened.add(() -> closed.add("engine"));
    opened.add(() -> closed.add("server"));
    opened.close();
    assertThat(closed).containsExactly("server", "engine");
  }

  @Test
  void closesOnce() {
    opened.add(() -> closed.add("engine"));
    opened.close();
    opened.close();
    assertThat(closed).containsExactly("engine");
  }

  @Test
  void closesWhatStandsBehindAFailure() {
    opened.add(() -> closed.add("engine"));
    opened.add(
        () -> {
          throw new IllegalStateException("jobs");
        });
    opened.add(
        () -> {
          throw new IllegalStateException("server");
        });
    assertThatThrownBy(opened::close)
        .hasMessage("server")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(closed).containsExactly("engine");
  }
}
