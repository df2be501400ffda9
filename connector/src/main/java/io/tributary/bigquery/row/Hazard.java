package io.tributary.bigquery.row;

/** A form of arrival in which the source has lost or may lose something. */
public enum Hazard {
  MONTHS(
      "An interval arrives as microseconds: its months and days are an average number of hours.",
      "interval.handling.mode=string"),
  MILLISECONDS(
      "A time arrives in milliseconds: what was finer is cut off.",
      "time.precision.mode=adaptive_time_microseconds"),
  YEARS(
      "A timestamp arrives in nanoseconds: years before 1678 and after 2261 arrive as NULL.",
      "time.precision.mode=adaptive_time_microseconds"),
  MIDNIGHT(
      "A time arrives as ISO text: 24:00 arrives as 00:00.",
      "time.precision.mode=adaptive_time_microseconds"),
  TIME_ZONE(
      "A time of day with time zone arrives in UTC: its zone, and the day before or after, is lost.",
      "time.precision.mode=structured"),
  UNMARKED_NULL(
      "A large value that an update left as it was may arrive as NULL instead of a placeholder.",
      "REPLICA IDENTITY FULL of the table"),
  LEFT_OUT(
      "Updates leave the value out. A row that has the placeholder's very text reads like that:"
          + " an update to it keeps the former value, a new row with it is refused.",
      "unavailable.value.placeholder of a text that no row has, with unavailable.placeholders"),
  BYTES_AS_TEXT(
      "Bytes arrive as text, and those left as they were in base64 as NULL.",
      "binary.handling.mode=bytes"),
  UNSIGNED(
      "A bigint unsigned arrives as a signed number: above 2^63-1 it arrives below zero.",
      "bigint.unsigned.handling.mode=precise"),
  ROUNDED(
      "A decimal number arrives as floating point: digits are lost.",
      "decimal.handling.mode=precise"),
  STREAMED_NULL(
      "A column of type name arrives as NULL from the log, though not in a snapshot.",
      "a column of type text"),
  DEFAULT(
      "A column has a default, which a converter may put in the place of NULL.",
      "value.converter.replace.null.with.default=false, at the source and at the sink"),
  NO_SCHEMA(
      "Records have no schema: numbers, times and bytes are told apart by the table's columns only.",
      "value.converter.schemas.enable=true, or Avro");

  private final String loss;
  private final String remedy;

  Hazard(String loss, String remedy) {
    this.loss = loss;
    this.remedy = remedy;
  }

  /** What is lost. */
  public String loss() {
    return loss;
  }

  /** The setting of the source that avoids it. */
  public String remedy() {
    return remedy;
  }
}
