package io.tributary.emulator.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was asked for lately is known, and nothing else. */
final class MemoTest {
  private final List<String> made = new ArrayList<>();
  private final Memo<String> memo = new Memo<>();

  @Test
  void makesAnAnswerOnce() {
    assertThat(ask("a")).isEqualTo("answer to a");
    assertThat(ask("a")).isEqualTo("answer to a");
    assertThat(made).containsExactly("a");
  }

  @Test
  void forgetsWhatWasNotAskedForLately() {
    ask("old");
    for (int i = 0; i < 127; i++) {
      ask("other " + i);
    }
    ask("old");
    ask("one more");
    made.clear();
    ask("old");
    ask("other 0");
    assertThat(made).containsExactly("other 0");
  }

  @Test
  void forgetsAllWhenTold() {
    ask("a");
    memo.clear();
    ask("a");
    assertThat(made).containsExactly("a", "a");
  }

  @Test
  void doesNotKeepWhatIsVeryLong() {
    String text = "x".repeat(100_000);
    ask(text);
    ask(text);
    assertThat(made).hasSize(2);
  }

  @Test
  void triesAgainWhatFailed() {
    assertThatThrownBy(
            () ->
                memo.get(
                    "a",
                    text -> {
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(ask("a")).isEqualTo("answer to a");
  }

  private String ask(String text) {
    return memo.get(
        text,
        t -> {
          made.add(t);
          return "answer to " + t;
        });
  }
}
