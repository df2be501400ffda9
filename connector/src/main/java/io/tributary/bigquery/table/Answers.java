package io.tributary.bigquery.table;

import java.util.function.Function;

/** Puts one call behind another. */
public final class Answers {
  private Answers() {}

  public static <A, B> Answer<B> then(Answer<A> first, Function<A, Answer<B>> second) {
    if (first instanceof Answer.Ok<A> ok) {
      return second.apply(ok.value());
    }
    if (first instanceof Answer.TryAgain<A> later) {
      return new Answer.TryAgain<>(later.reason(), later.pause(), later.lasting());
    }
    Answer.Refused<A> refused = (Answer.Refused<A>) first;
    return new Answer.Refused<>(refused.code(), refused.reason());
  }
}
