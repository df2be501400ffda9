package io.tributary.tools.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownServerException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

final class BacklogTest {
  private final AtomicInteger asked = new AtomicInteger();

  private KafkaFuture<Integer> refused(int times) {
    KafkaFutureImpl<Integer> answer = new KafkaFutureImpl<>();
    if (asked.incrementAndGet() <= times) {
      answer.completeExceptionally(new UnknownServerException("busy"));
    } else {
      answer.complete(7);
    }
    return answer;
  }

  @Test
  void asksAgain() throws InterruptedException {
    assertThat(Backlog.ask(() -> refused(1))).isEqualTo(7);
    assertThat(asked).hasValue(2);
  }

  @Test
  void givesUpInTheEnd() {
    assertThatThrownBy(() -> Backlog.ask(() -> refused(100)))
        .hasMessage("Kafka refused a question about offsets.")
        .hasRootCauseInstanceOf(UnknownServerException.class);
    assertThat(asked).hasValue(5);
  }

  @Test
  void endsWhenItIsInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Backlog.ask(KafkaFutureImpl<Integer>::new))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).as("cleared, as by every such exception").isFalse();
  }
}
