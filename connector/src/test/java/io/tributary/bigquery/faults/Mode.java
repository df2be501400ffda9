package io.tributary.bigquery.faults;

import java.util.Locale;

/** The write modes in which faults are tried. */
enum Mode {
  MERGE,
  CDC,
  APPEND;

  String spelling() {
    return name().toLowerCase(Locale.ROOT);
  }
}
