package io.tributary.bigquery.write;

import io.tributary.bigquery.config.Deletes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the fold does to rows that are gone at the source: they go, or stay as they were. Pure. */
final class DeletedRows {
  /** What a row tells that a truncate reached and that stays. */
  private static final String TRUNCATED =
      "STRUCT(trib_floor AS position, 't' AS operation, CAST(NULL AS TIMESTAMP) AS source_time,"
          + " CAST(NULL AS STRING) AS kafka_topic, CAST(NULL AS INT64) AS kafka_partition,"
          + " CAST(NULL AS INT64) AS kafka_offset)";

  private final boolean stay;

  DeletedRows(Deletes deletes) {
    stay = deletes == Deletes.SOFT;
  }

  /** A column's place in its life's versions; a delete tells what was before it. */
  String version(String column, String life) {
    return stay
        ? "IF(trib_op = 'd', LAG(%1$s) OVER (%2$s), %1$s) AS %1$s".formatted(column, life)
        : column;
  }

  /** Whether a change says nothing of a column. */
  String unavailable(String listed) {
    return stay ? "(trib_op = 'd' OR " + listed + ")" : listed;
  }

  /**
   * What a value has to be newer than, lest it is of a former life; none that a delete tells is.
   */
  String grave() {
    String grave = "COALESCE(g.trib_grave, b'')";
    return stay ? "IF(v.trib_op = 'd', b'', " + grave + ")" : grave;
  }

  /**
   * The slots of the script.
   *
   * @param known the script's other slots
   */
  Map<String, String> slots(Map<String, String> known) {
    Map<String, String> slots = new HashMap<>();
    String destination = known.get("destination");
    String metadata = known.get("metadata");
    slots.put("gone", stay ? "UPDATE SET change_metadata = " + metadata : "DELETE");
    slots.put(
        "truncate",
        stay
            ? "UPDATE " + destination + " SET change_metadata = " + TRUNCATED
            : "DELETE FROM " + destination);
    slots.put(
        "kept",
        stay
            ? ", trib_op = 'd' AND COALESCE(LAG(trib_op) OVER ("
                + known.get("by_life")
                + "), '') = 'u' AS trib_kept"
            : "");
    slots.put("v.kept", stay ? ", v.trib_kept" : "");
    slots.put("kept.first", stay ? ", trib_kept DESC" : "");
    slots.put("kept.update", stay ? "\n" + update(known, metadata) : "");
    slots.put(
        "inserted",
        stay
            ? "(s.trib_op = 'u' OR (s.trib_kept AND s.trib_position >= s.trib_grave))"
            : "s.trib_op = 'u'");
    return slots;
  }

  private static String update(Map<String, String> known, String metadata) {
    String position = known.get("trib_t.position");
    return List.of(
            "WHEN MATCHED AND s.trib_kept AND s.trib_position > " + position,
            "  AND (s.trib_complete OR " + position + " >= s.trib_life_position) THEN",
            "  UPDATE SET "
                + known.get("small.set")
                + known.get("large.set")
                + "change_metadata = "
                + metadata)
        .stream()
        .collect(Collectors.joining("\n"));
  }
}
