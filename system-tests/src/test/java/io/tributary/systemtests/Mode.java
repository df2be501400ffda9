package io.tributary.systemtests;

import java.util.List;
import java.util.Map;

/**
 * How one Debezium connector represents values.
 *
 * @param name names the connector and its topics
 * @param times {@code time.precision.mode}
 * @param decimals {@code decimal.handling.mode}
 * @param intervals {@code interval.handling.mode}
 * @param bytes {@code binary.handling.mode}
 * @param hstore {@code hstore.handling.mode}
 * @param unknown {@code include.unknown.datatypes}
 * @param decoded {@code source.binary.mode} of its sink
 */
record Mode(
    String name,
    String times,
    String decimals,
    String intervals,
    String bytes,
    String hstore,
    boolean unknown,
    String decoded) {

  /** Every value of every setting at least once. */
  static final List<Mode> ALL =
      List.of(
          new Mode("m_adaptive", "adaptive", "precise", "numeric", "bytes", "json", false, "bytes"),
          new Mode(
              "m_micro_time",
              "adaptive_time_microseconds",
              "string",
              "string",
              "base64",
              "map",
              true,
              "base64"),
          new Mode(
              "m_micro",
              "microseconds",
              "double",
              "numeric",
              "base64-url-safe",
              "json",
              false,
              "base64-url-safe"),
          new Mode("m_nano", "nanoseconds", "precise", "string", "hex", "map", true, "hex"),
          new Mode("m_connect", "connect", "string", "numeric", "bytes", "json", true, "bytes"),
          new Mode("m_iso", "isostring", "double", "string", "base64", "map", false, "bytes"),
          new Mode(
              "m_structured", "structured", "precise", "numeric", "hex", "json", true, "bytes"));

  Map<String, String> settings() {
    return Map.of(
        "time.precision.mode", times,
        "decimal.handling.mode", decimals,
        "interval.handling.mode", intervals,
        "binary.handling.mode", bytes,
        "hstore.handling.mode", hstore,
        "include.unknown.datatypes", Boolean.toString(unknown));
  }
}
