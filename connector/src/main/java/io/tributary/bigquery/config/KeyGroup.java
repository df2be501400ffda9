package io.tributary.bigquery.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Defines keys that belong together, in the order in which they are shown. */
final class KeyGroup {
  private final ConfigDef keys;
  private final String name;
  private int size;

  KeyGroup(ConfigDef keys, String name) {
    this.keys = keys;
    this.name = name;
  }

  void must(String key, Validator check, String doc) {
    add(key, ConfigDef.Type.STRING, ConfigDef.NO_DEFAULT_VALUE, check, Importance.HIGH, doc);
  }

  void text(String key, Validator check, Importance importance, String doc) {
    add(key, ConfigDef.Type.STRING, "", check, importance, doc);
  }

  void flag(String key, boolean preset, String doc) {
    add(key, ConfigDef.Type.BOOLEAN, preset, null, Importance.LOW, doc);
  }

  void number(String key, int preset, Range range, Importance importance, String doc) {
    add(key, ConfigDef.Type.INT, preset, range, importance, doc);
  }

  void size(String key, long preset, Range range, String doc) {
    add(key, ConfigDef.Type.LONG, preset, range, Importance.MEDIUM, doc);
  }

  void choice(String key, String preset, Importance importance, String doc, String... choices) {
    add(key, ConfigDef.Type.STRING, preset, ValidString.in(choices), importance, doc);
  }

  void add(
      String key,
      ConfigDef.Type type,
      Object preset,
      Validator check,
      Importance importance,
      String doc) {
    size++;
    keys.define(key, type, preset, check, importance, doc, name, size, Width.MEDIUM, key);
  }
}
