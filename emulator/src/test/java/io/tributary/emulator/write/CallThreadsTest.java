package io.tributary.emulator.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Calls are served until the end, and dropped in silence after it. */
final class CallThreadsTest {
  private final CallThreads threads = new CallThreads();

  @Test
  void servesCallsSideBySide() throws InterruptedException {
    CountDownLatch together = new CountDownLatch(2);
    for (int i = 0; i < 2; i++) {
      threads.execute(
          () -> {
            together.countDown();
            try {
              together.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }
    assertThat(together.await(10, TimeUnit.SECONDS)).isTrue();
    threads.close();
  }

  /** gRPC would log what is thrown here. */
  @Test
  void dropsWhatComesAfterTheEnd() {
    AtomicBoolean served = new AtomicBoolean();
    threads.close();
    threads.execute(() -> served.set(true));
    assertThat(served).isFalse();
  }
}
