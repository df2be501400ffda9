package io.tributary.emulator.engine;

import com.google.zetasql.Type;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.sql.Constants;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The variables of a script and their values. For one thread. */
final class Variables {
  private record Variable(Type type, Object value) {}

  private final Map<String, Variable> all = new HashMap<>();

  Optional<Type> type(String name) {
    return Optional.ofNullable(all.get(key(name))).map(Variable::type);
  }

  /** The type of a variable that has to be there. */
  Type declared(String name) {
    return type(name).orElseThrow(() -> BigQueryError.invalidQuery("Undeclared variable: " + name));
  }

  Object value(String name) {
    return all.get(key(name)).value();
  }

  void set(String name, Type type, Object value) {
    all.put(key(name), new Variable(type, value));
  }

  void remove(String name) {
    all.remove(key(name));
  }

  Map<String, String> printed() {
    Map<String, String> result = new HashMap<>();
    all.forEach((name, v) -> result.put(name, Constants.print(v.type(), v.value())));
    return result;
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
