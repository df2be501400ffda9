package io.tributary.bigquery.bigquery;

import io.tributary.bigquery.table.Answer;
import java.util.function.Function;

/** Puts one call behind another. */
final class Answers {
  private Answers() {}

  static <A, B> Answer<B> then(Answer<A> first, Function<A, Answer<B>> second) {
    if (first instanceof Answer.Ok<A> ok) {
      return second.apply(ok.value());
    }
    if (first instanceof Answer.TryAgain<A> later) {
      return new Answer.TryAgain<>(later.reason());
    }
    Answer.Refused<A> refused = (Answer.Refused<A>) first;
    return new Answer.Refused<>(refused.code(), refused.reason());
  }
}
