package io.tributary.emulator.catalog;

/** Whether a column may be NULL, must not be, or holds an array. */
public enum Mode {
  NULLABLE,
  REQUIRED,
  REPEATED
}
