package io.tributary.emulator.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tributary.emulator.catalog.BigQueryError;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** What is made by a thread of its own, and those who wait for it. */
class LoadingTest {
  private final CountDownLatch slow = new CountDownLatch(1);

  private Loading<String> loading() {
    return new Loading<>(
        "thing",
        () -> {
          slow.await();
          return "made";
        });
  }

  @Test
  void whoeverComesBeforeItIsMadeWaits() throws Exception {
    try (Loading<String> loading = loading()) {
      CompletableFuture<String> early = CompletableFuture.supplyAsync(loading::get);
      assertThat(early).isNotDone();
      slow.countDown();
      assertThat(early.get()).isEqualTo("made");
      assertThat(loading.get()).isEqualTo("made");
    }
  }

  @Test
  void everyoneIsToldWhyItCannotBeMade() {
    Loading<String> loading =
        new Loading<>(
            "thing",
            () -> {
              throw new ExceptionInInitializerError(new UnsatisfiedLinkError("no such library"));
            });
    for (int time = 0; time < 2; time++) {
      assertThatThrownBy(loading::get)
          .isInstanceOfSatisfying(
              BigQueryError.class, e -> assertThat(e.reason()).isEqualTo("internalError"))
          .hasMessage("The thing cannot be loaded: java.lang.UnsatisfiedLinkError: no such library")
          .hasCauseInstanceOf(ExceptionInInitializerError.class);
    }
    loading.close();
  }

  @Test
  void aWaitCanBeInterrupted() throws Exception {
    try (Loading<String> loading = loading()) {
      FutureTask<String> early = new FutureTask<>(loading::get);
      Thread waiting = new Thread(early);
      waiting.start();
      await().until(() -> waiting.getState() == Thread.State.WAITING);
      waiting.interrupt();
      assertThatThrownBy(early::get)
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseInstanceOf(InterruptedException.class)
          .hasMessageContaining("The wait for the thing was interrupted");
      slow.countDown();
    }
  }

  @Test
  void closingWaitsUntilItIsMade() throws Exception {
    Loading<String> loading = loading();
    FutureTask<Void> closing = new FutureTask<>(loading::close, null);
    Thread closer = new Thread(closing);
    closer.start();
    await().until(() -> closer.getState() == Thread.State.TIMED_WAITING);
    assertThat(threads()).contains("emulator-loads-thing");
    slow.countDown();
    closing.get();
    assertThat(threads()).doesNotContain("emulator-loads-thing");
  }

  @Test
  void whatFollowsIsDoneByTheSameThreadAndClosingWaitsForIt() {
    CompletableFuture<String> follower = new CompletableFuture<>();
    Loading<String> loading = loading();
    loading.then(() -> follower.complete(Thread.currentThread().getName()));
    assertThat(follower).isNotDone();
    slow.countDown();
    loading.close();
    assertThat(follower).isCompletedWithValue("emulator-loads-thing");
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
  }
}
