package io.tributary.bigquery.histories;

import io.tributary.bigquery.histories.Type.Dictionary;
import io.tributary.bigquery.histories.Type.Fixed;
import io.tributary.bigquery.histories.Type.Group;
import io.tributary.bigquery.histories.Type.Named;
import io.tributary.bigquery.histories.Type.Several;
import io.tributary.bigquery.histories.Type.Single;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/** Draws types. */
final class Types {
  private static final Kind[] KINDS = Kind.values();

  private Types() {}

  /** A type with so many levels inside it at most. */
  static Type any(Random random, Names names, int depth) {
    int dice = random.nextInt(depth > 0 ? 20 : 13);
    if (dice < 9) {
      return new Single(KINDS[random.nextInt(KINDS.length)]);
    }
    if (dice < 11) {
      return new Single(Kind.TEXT);
    }
    if (dice < 13) {
      return random.nextBoolean() ? Fixed.numeric(random) : Fixed.large(random);
    }
    return switch (dice) {
      case 13 -> new Dictionary();
      case 14, 15 -> new Several(item(random));
      case 16 -> new Several(group(random, names, depth - 1));
      default -> group(random, names, depth - 1);
    };
  }

  static Kind key(Random random) {
    return one(random, Kind::isKey);
  }

  private static Kind one(Random random, Predicate<Kind> wanted) {
    while (true) {
      Kind kind = KINDS[random.nextInt(KINDS.length)];
      if (wanted.test(kind)) {
        return kind;
      }
    }
  }

  private static Type item(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> new Single(Kind.INTEGER);
      case 1 -> new Single(Kind.UUID_TEXT);
      case 2 -> Fixed.numeric(random);
      case 3 -> new Single(one(random, Kind::isItem));
      default -> new Single(Kind.TEXT);
    };
  }

  private static Group group(Random random, Names names, int depth) {
    List<Named> fields = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      fields.add(new Named(names.fresh(random), any(random, names, depth), random.nextInt(4) > 0));
    }
    return new Group(fields);
  }
}
