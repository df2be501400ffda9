package io.tributary.bigquery.fuzz;

import java.util.Random;
import java.util.function.BiConsumer;

/**
 * A way to make a record wrong.
 *
 * @param fate what has to become of the record
 */
record Mutation(String name, Fate fate, BiConsumer<Draft, Random> change) {
  /** What has to become of a record. */
  enum Fate {
    /** Its row is in the table. */
    STORED,
    /** It is a dead letter, and its row is not in the table. */
    SET_ASIDE,
    /** One of these two; which one is a matter of taste. */
    EITHER,
    /** It asks nothing of any table. */
    IGNORED
  }

  static Mutation stored(String name, BiConsumer<Draft, Random> change) {
    return new Mutation(name, Fate.STORED, change);
  }

  static Mutation setAside(String name, BiConsumer<Draft, Random> change) {
    return new Mutation(name, Fate.SET_ASIDE, change);
  }

  static Mutation either(String name, BiConsumer<Draft, Random> change) {
    return new Mutation(name, Fate.EITHER, change);
  }

  static Mutation ignored(String name, BiConsumer<Draft, Random> change) {
    return new Mutation(name, Fate.IGNORED, change);
  }

  @Override
  public String toString() {
    return name;
  }
}
