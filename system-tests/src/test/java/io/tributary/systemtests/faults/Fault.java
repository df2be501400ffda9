package io.tributary.systemtests.faults;

import java.util.Random;

/**
 * Something that happens to processes or between them.
 *
 * @param number as in the list of faults
 * @param name what happens
 */
record Fault(String number, String name, Strike strike) {
  /** Lets it happen once, and returns when everything was committed that was written before. */
  @FunctionalInterface
  interface Strike {
    void at(Trial trial, Random random);
  }

  @Override
  public String toString() {
    return number + " " + name;
  }
}
