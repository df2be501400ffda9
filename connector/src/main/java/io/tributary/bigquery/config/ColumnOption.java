package io.tributary.bigquery.config;

/** What a pattern can say of columns; {@code docs/configuration.md} is written from this list. */
enum ColumnOption {
  TYPE(
      "type",
      "a type as GoogleSQL spells it, such as `NUMERIC(10,2)`, `RANGE<DATE>` or `ARRAY<STRING>`",
      "Type of the column in BigQuery. Values that it does not hold exactly are bad, unless `lossy`"
          + " says otherwise."),
  ENCODING(
      "encoding",
      "bytes, base64, base64-url-safe or hex",
      "How the column's bytes arrive, if the source sends them as text. They are decoded into"
          + " BYTES; text that is no such encoding is bad. A `type`, if given, must be BYTES."),
  EXCLUDE(
      "exclude",
      "true or false",
      "Leave the field out of the table. A column of the key cannot be left out."),
  HASH(
      "hash",
      "true or false",
      "Store SHA-256 of `hash.salt` and the value's text, in 64 hex digits, and not the value."
          + " Wins over `type` and `lossy` of other patterns."),
  POLICY_TAG(
      "policy.tag",
      "projects/…/locations/…/taxonomies/…/policyTags/…",
      "Policy tag that guards the column. A column pattern with dots names a field inside a"
          + " STRUCT or an array of them, such as `address.street`. Set when the column, or the"
          + " field, is made."),
  LOSSY(
      "lossy",
      "refuse, null, clamp, round or string-twin",
      "What becomes of a value that the column cannot hold exactly: the record is bad (`refuse`,"
          + " unless given), NULL is written, the nearest value that it holds, digits after the"
          + " point are rounded, or NULL is written and the exact text into a second column"
          + " `<column>_text`. Each use is counted. Columns of the key are always"
          + " exact.");

  private final String spelling;
  private final String accepted;
  private final String meaning;

  ColumnOption(String spelling, String accepted, String meaning) {
    this.spelling = spelling;
    this.accepted = accepted;
    this.meaning = meaning;
  }

  String spelling() {
    return spelling;
  }

  /** Throws a ConfigException that tells why a value cannot be used. */
  void check(String value) {
    switch (this) {
      case TYPE -> OptionValues.type(value);
      case ENCODING -> OptionValues.encoding(value);
      case EXCLUDE -> OptionValues.flag(value);
      case HASH -> OptionValues.flag(value);
      case POLICY_TAG -> OptionValues.policyTag(value);
      case LOSSY -> OptionValues.lossy(value);
    }
  }

  String accepted() {
    return accepted;
  }

  String meaning() {
    return meaning;
  }
}
