package io.tributary.emulator.histories;

import java.util.List;
import java.util.stream.LongStream;

/** Something that a history can happen to. */
interface World {
  /** The name of the table that takes plain rows. */
  String ROWS = "rows";

  /**
   * Takes a step.
   *
   * @param number of the step, which goes into the rows that it writes
   * @return what a client is told
   */
  String take(int number, Step step);

  /** The rows of all tables, each after its table's name, in the order of these texts. */
  List<String> tables();

  /** The plain rows that a step writes. */
  static List<Long> ids(int step, int rows) {
    return LongStream.range(0, rows).mapToObj(i -> step * 100L + i).toList();
  }

  /** What a step's change gives its row as the name. */
  static String name(int step, int row) {
    return "change " + step + "." + row;
  }
}
