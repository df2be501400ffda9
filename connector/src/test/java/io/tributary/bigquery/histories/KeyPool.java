package io.tributary.bigquery.histories;

import io.tributary.bigquery.histories.Type.Named;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The columns of a table's key, and the keys that no row has at the time. */
final class KeyPool {
  private final Random random;
  private final List<Named> columns;
  private final ArrayDeque<Map<String, Object>> free = new ArrayDeque<>();

  /** With so many keys. */
  KeyPool(Random random, Names names, int count) {
    this.random = random;
    List<Named> named = new ArrayList<>();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      named.add(new Named(names.fresh(random), new Type.Single(Types.key(random)), false));
    }
    columns = List.copyOf(named);
    fill(count);
  }

  private void fill(int count) {
    Set<String> texts = new HashSet<>();
    List<Map<String, Object>> keys = new ArrayList<>();
    while (keys.size() < count) {
      Map<String, Object> key = new HashMap<>();
      columns.forEach(column -> key.put(column.name(), column.value(random)));
      if (texts.add(key.toString())) {
        keys.add(key);
      }
    }
    Collections.shuffle(keys, random);
    free.addAll(keys);
  }

  List<Named> columns() {
    return columns;
  }

  boolean hasFree() {
    return !free.isEmpty();
  }

  Map<String, Object> take() {
    return free.poll();
  }

  /** Sometimes the next row gets it, sometimes it is long before one does. */
  void release(Map<String, Object> key) {
    if (random.nextBoolean()) {
      free.addFirst(key);
    } else {
      free.addLast(key);
    }
  }
}
