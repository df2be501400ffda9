package io.tributary.emulator.sql;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Answers that depend on a text alone, of the texts that were asked for last. Thread-safe. */
final class Memo<T> {
  private static final int TEXTS = 128;

  /** Longer ones are rarely asked for twice, and would fill the memory. */
  private static final int LONGEST = 32 * 1024;

  private final Map<String, T> known = new LinkedHashMap<>(16, 0.75f, true);

  /** The known answer, or what is made; what fails is made again the next time. */
  T get(String text, Function<String, T> make) {
    synchronized (known) {
      T answer = known.get(text);
      if (answer != null) {
        return answer;
      }
    }
    T made = make.apply(text);
    if (text.length() <= LONGEST) {
      synchronized (known) {
        known.put(text, made);
        if (known.size() > TEXTS) {
          known.remove(known.keySet().iterator().next());
        }
      }
    }
    return made;
  }

  /** Nothing that was known holds any more. */
  void clear() {
    synchronized (known) {
      known.clear();
    }
  }
}
