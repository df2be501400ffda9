package io.tributary.bigquery.faults;

import java.util.EnumSet;
import java.util.Set;

/**
 * A row of the matrix.
 *
 * @param number as in the list of faults; letters for those of one mode
 */
record Case(String number, String name, Set<Mode> modes, Script script) {
  /** What happens. */
  @FunctionalInterface
  interface Script {
    void play(Run run) throws Exception;
  }

  static Case every(String number, String name, Script script) {
    return new Case(number, name, EnumSet.allOf(Mode.class), script);
  }

  /** Of the modes that write by streams of their own. */
  static Case both(String number, String name, Script script) {
    return new Case(number, name, EnumSet.of(Mode.MERGE, Mode.APPEND), script);
  }

  /** Of the modes whose rows go straight into their table. */
  static Case streamed(String number, String name, Script script) {
    return new Case(number, name, EnumSet.of(Mode.CDC, Mode.APPEND), script);
  }

  /** Of the modes whose tables have a key. */
  static Case keyed(String number, String name, Script script) {
    return new Case(number, name, EnumSet.of(Mode.MERGE, Mode.CDC), script);
  }

  static Case merge(String number, String name, Script script) {
    return new Case(number, name, EnumSet.of(Mode.MERGE), script);
  }

  static Case append(String number, String name, Script script) {
    return new Case(number, name, EnumSet.of(Mode.APPEND), script);
  }

  @Override
  public String toString() {
    return number + " " + name;
  }
}
