package io.tributary.bigquery.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigException;

/**
 * Reads the keys {@code table.override.<pattern>.<option>} and {@code
 * table.override.<pattern>.column.<column pattern>.<option>}. Patterns and options may both hold
 * dots; an option is known by the key's end.
 */
final class OverrideKeys {
  static final String PREFIX = "table.override.";

  /** A key that starts like this was meant to be one of ours. */
  private static final String MEANT = "table.override";

  private static final String COLUMN = ".column.";

  private final List<Wish> wishes = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  OverrideKeys(Map<String, ?> raw) {
    new TreeMap<>(raw)
        .forEach(
            (key, value) -> {
              if (key.startsWith(MEANT)) {
                read(key, Objects.toString(value, "").trim());
              }
            });
    contradictions();
  }

  /** By key; without those that have a problem. */
  List<Wish> wishes() {
    return List.copyOf(wishes);
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  private void read(String key, String value) {
    if (key.startsWith(PREFIX)) {
      String rest = key.substring(PREFIX.length());
      if (ofColumn(key, rest, value) || ofTable(key, rest, value)) {
        return;
      }
    }
    problems.add(
        new Problem(
            key,
            "is not table.override.<pattern>.<option> with an option that exists.",
            "See \"Options per table\" in the configuration reference."));
  }

  private boolean ofColumn(String key, String rest, String value) {
    int infix = rest.indexOf(COLUMN);
    if (infix < 1) {
      return false;
    }
    String column = rest.substring(infix + COLUMN.length());
    for (ColumnOption option : ColumnOption.values()) {
      Optional<String> pattern = before(column, option.spelling());
      if (pattern.isPresent()) {
        if (fits(key, rest.substring(0, infix), value, option::check)) {
          Glob table = new Glob(rest.substring(0, infix));
          wishes.add(new Wish.OfColumn(key, table, new Glob(pattern.get()), option, value));
        }
        return true;
      }
    }
    return false;
  }

  private boolean ofTable(String key, String rest, String value) {
    for (TableOption option : TableOption.values()) {
      Optional<String> pattern = before(rest, option.spelling());
      if (pattern.isPresent()) {
        if (fits(key, pattern.get(), value, option::check)) {
          wishes.add(new Wish.OfTable(key, new Glob(pattern.get()), option, value));
        }
        return true;
      }
    }
    return false;
  }

  /** What stands before the option, if the text ends in it. */
  private static Optional<String> before(String text, String option) {
    String end = "." + option;
    return text.endsWith(end) && text.length() > end.length()
        ? Optional.of(text.substring(0, text.length() - end.length()))
        : Optional.empty();
  }

  private boolean fits(String key, String table, String value, Consumer<String> check) {
    if (table.indexOf('.') != table.lastIndexOf('.')) {
      problems.add(
          new Problem(
              key,
              "has a pattern with more than one dot; tables are named dataset.table, or table.",
              "Correct the pattern; options of columns are"
                  + " table.override.<pattern>.column.<column pattern>.<option>."));
      return false;
    }
    try {
      check.accept(value);
      return true;
    } catch (ConfigException unusable) {
      problems.add(
          new Problem(
              key, unusable.getMessage(), "See this option in the configuration reference."));
      return false;
    }
  }

  /** Options of one pattern that cannot hold together. */
  private void contradictions() {
    Map<String, Map<Object, Wish>> byPattern = new HashMap<>();
    for (Wish wish : wishes) {
      if (wish instanceof Wish.OfColumn column) {
        String place = column.table() + COLUMN + column.column();
        byPattern.computeIfAbsent(place, p -> new HashMap<>()).put(column.option(), column);
      } else if (wish instanceof Wish.OfTable table) {
        String place = table.table().toString();
        byPattern.computeIfAbsent(place, p -> new HashMap<>()).put(table.option(), table);
      }
    }
    for (Map<Object, Wish> options : byPattern.values()) {
      partitioning(options);
      if (isTrue(options.get(ColumnOption.EXCLUDE)) && options.size() > 1) {
        contradict(
            options.get(ColumnOption.EXCLUDE),
            "leaves out a column of which the same pattern says more.");
      }
      if (isTrue(options.get(ColumnOption.HASH))
          && (options.containsKey(ColumnOption.TYPE) || options.containsKey(ColumnOption.LOSSY))) {
        contradict(
            options.get(ColumnOption.HASH),
            "is true, and a hash has no type and no lossy choice of its own.");
      }
      if (options.containsKey(ColumnOption.ENCODING)
          && options.containsKey(ColumnOption.TYPE)
          && !isBytes(options.get(ColumnOption.TYPE))) {
        contradict(
            options.get(ColumnOption.ENCODING), "decodes into BYTES, and type is another one.");
      }
    }
    problems.sort((one, other) -> one.key().compareTo(other.key()));
  }

  private void partitioning(Map<Object, Wish> options) {
    if (options.containsKey(TableOption.PARTITION_BY)) {
      return;
    }
    for (TableOption option :
        List.of(TableOption.PARTITION_GRANULARITY, TableOption.PARTITION_EXPIRATION_MS)) {
      if (options.containsKey(option)) {
        problems.add(
            new Problem(
                options.get(option).key(),
                "needs partition.by of the same pattern.",
                "Name the column, or ingestion."));
      }
    }
  }

  private static boolean isBytes(Wish type) {
    return type.value().trim().toUpperCase(Locale.ROOT).startsWith("BYTES");
  }

  private static boolean isTrue(Wish wish) {
    return wish != null && OptionValues.flag(wish.value());
  }

  private void contradict(Wish wish, String reason) {
    problems.add(new Problem(wish.key(), reason, "Remove one of the keys."));
  }
}
