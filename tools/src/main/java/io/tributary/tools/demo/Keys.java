package io.tributary.tools.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Keys of rows that one writer alone may touch. Not thread-safe. */
final class Keys<K> {
  private final List<K> keys = new ArrayList<>();
  private final SplittableRandom random;

  Keys(SplittableRandom random) {
    this.random = random;
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  void add(K key) {
    keys.add(key);
  }

  /** Any of the keys. */
  K any() {
    return keys.get(random.nextInt(keys.size()));
  }

  /** Any of the keys, which is no longer in. */
  K take() {
    int place = random.nextInt(keys.size());
    K taken = keys.get(place);
    K last = keys.remove(keys.size() - 1);
    if (place < keys.size()) {
      keys.set(place, last);
    }
    return taken;
  }
}
