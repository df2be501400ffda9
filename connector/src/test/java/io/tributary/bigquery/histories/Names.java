package io.tributary.bigquery.histories;

import java.util.Random;

/** Names that no other column or field of a table has ever had, some of them far from plain. */
final class Names {
  private static final String[] STEMS = {
    "amount", "Order", "select", "größe", "a b", "x-y", "_v", "名", "total%", "struct", "Value"
  };

  private int given;

  String fresh(Random random) {
    String number = Integer.toString(++given);
    return random.nextInt(3) == 0
        ? STEMS[random.nextInt(STEMS.length)] + "_" + number
        : "c" + number;
  }
}
