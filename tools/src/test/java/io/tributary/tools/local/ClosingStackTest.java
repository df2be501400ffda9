package io.tributary.tools.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ClosingStackTest {
  private final ClosingStack parts = new ClosingStack();
  private final List<String> closed = new ArrayList<>();

  @Test
  void theLastIsClosedFirstAndOnce() {
    parts.add(() -> closed.add("first"));
    parts.add(() -> closed.add("second"));
    parts.close();
    parts.close();
    assertThat(closed).containsExactly("second", "first");
  }

  @Test
  void oneFailureKeepsNoOtherPartOpen() {
    parts.add(() -> closed.add("first"));
    parts.add(
        () -> {
          throw new IllegalStateException("stuck");
        });
    assertThatThrownBy(parts::close).hasRootCauseMessage("stuck");
    assertThat(closed).containsExactly("first");
  }

  @Test
  void aPartThatComesTooLateIsClosedAndMayBeWaitedFor() throws Exception {
    CountDownLatch closing = new CountDownLatch(1);
    CompletableFuture<Void> late =
        CompletableFuture.runAsync(
            () -> {
              try {
                closing.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              parts.add(() -> closed.add("late"));
            });
    parts.add(
        () -> {
          closing.countDown();
          assertThatThrownBy(() -> late.get(20, TimeUnit.SECONDS))
              .hasMessageContaining("being stopped");
        });
    parts.close();
    assertThat(closed).containsExactly("late");
  }
}
