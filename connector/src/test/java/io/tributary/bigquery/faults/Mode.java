package io.tributary.bigquery.faults;

import java.util.Locale;

/** The write modes in which faults are tried. */
public enum Mode {
  MERGE,
  CDC,
  APPEND;

  /** As the configuration has it. */
  public String spelling() {
    return name().toLowerCase(Locale.ROOT);
  }
}
