package io.tributary.bigquery.write;

import static io.tributary.bigquery.table.StagingTable.COLUMNS;
import static io.tributary.bigquery.table.StagingTable.CYCLE;
import static io.tributary.bigquery.table.StagingTable.KIND;
import static io.tributary.bigquery.table.StagingTable.LINK;
import static io.tributary.bigquery.table.StagingTable.MOVE;
import static io.tributary.bigquery.table.StagingTable.OFFSET;
import static io.tributary.bigquery.table.StagingTable.OP;
import static io.tributary.bigquery.table.StagingTable.OPERATION;
import static io.tributary.bigquery.table.StagingTable.PARTITION;
import static io.tributary.bigquery.table.StagingTable.POSITION;
import static io.tributary.bigquery.table.StagingTable.SOURCE_TIME;
import static io.tributary.bigquery.table.StagingTable.STAGED_AT;
import static io.tributary.bigquery.table.StagingTable.TOPIC;
import static io.tributary.bigquery.table.StagingTable.UNAVAILABLE;
import static java.util.stream.Collectors.joining;

import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import io.tributary.bigquery.table.StagingTable;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.table.TablePlanner;
import io.tributary.bigquery.table.TableSchema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The script of a chain job: it folds every sealed, unapplied cycle of a table into its
 * destination. The statements stand in an order in which a crash after any of them is harmless,
 * because repeating the script changes nothing: remember deletes first, then change the
 * destination, then mark the cycles as applied.
 *
 * <p>Words used in the script: a key's staged changes are its <em>versions</em>; a <em>life</em> of
 * a key runs from one delete (or from the arrival of a row from another key) to the next; a
 * <em>box</em> is the newest value of a column that a version knows of in its life, with that
 * value's position; <em>departures</em> are the last states of rows whose key changed, by the link
 * that both halves of the key change carry. Pure.
 */
final class FoldScript {
  /** In the message of a script that met rows wider than it knows. */
  static final String TOO_NARROW = "tributary: staged rows are wider than this script";

  private static final String LINKED = "v.life_link IS NOT NULL";

  private final String destination;
  private final String staging;
  private final int width;
  private final String horizon;
  private final List<String> keys;
  private final List<Column> data;
  private final List<Column> large;
  private final List<Column> small;

  FoldScript(TableSchema destination, TableId staging, Instant horizon) {
    this.destination = "`" + destination.id() + "`";
    this.staging = "`" + staging + "`";
    this.horizon = "TIMESTAMP '" + horizon + "'";
    this.keys = destination.primaryKey();
    List<Column> all = StagingTable.dataColumns(destination.columns());
    this.width = all.size();
    this.data = all.stream().filter(column -> !isKey(column)).toList();
    this.large = data.stream().filter(FoldScript::canBeUnavailable).toList();
    this.small = data.stream().filter(column -> !canBeUnavailable(column)).toList();
  }

  String text() {
    return String.join(
        "\n",
        "DECLARE cycles ARRAY<STRING>;",
        "DECLARE floor_position BYTES;",
        "SET cycles = (SELECT ARRAY_AGG(DISTINCT " + CYCLE + ") FROM " + staging,
        "  WHERE " + KIND + " = 'change' AND " + STAGED_AT + " >= " + horizon,
        "  AND " + CYCLE + " NOT IN (SELECT a." + CYCLE + " FROM " + staging + " AS a",
        "    WHERE a." + KIND + " = 'applied' AND a." + STAGED_AT + " >= " + horizon + "));",
        "IF ARRAY_LENGTH(cycles) > 0 THEN",
        "IF (SELECT MAX(" + COLUMNS + ") FROM " + staging + " WHERE " + staged() + ") > " + width,
        "THEN RAISE USING MESSAGE = '" + TOO_NARROW + "'; END IF;",
        "SET floor_position = (SELECT COALESCE(MAX(" + POSITION + "), b'') FROM " + staging,
        "  WHERE " + KIND + " = 'truncate' OR (" + staged() + " AND " + OP + " = 't'));",
        versions(),
        departures(),
        fold(),
        remember(),
        truncate(),
        merge(),
        settle(),
        "END IF;");
  }

  private String staged() {
    return KIND
        + " = 'change' AND "
        + STAGED_AT
        + " >= "
        + horizon
        + " AND "
        + CYCLE
        + " IN UNNEST(cycles)";
  }

  private String versions() {
    String byLife =
        "(PARTITION BY " + names(keys, "") + ", life ORDER BY " + POSITION + ", " + CYCLE;
    return "CREATE TEMP TABLE versions AS\nWITH staged AS (SELECT "
        + names(keys, "")
        + prefixed(small, c -> q(c))
        + prefixed(large, c -> boxed(c) + " AS " + box(c))
        + ", "
        + String.join(
            ", ", CYCLE, TOPIC, PARTITION, OFFSET, POSITION, OP, MOVE, LINK, OPERATION, SOURCE_TIME)
        + "\n  FROM "
        + staging
        + " WHERE "
        + staged()
        + "\n  AND "
        + OP
        + " IN ('u', 'd') AND "
        + POSITION
        + " > floor_position),"
        + "\nlives AS (SELECT *,"
        + "\n  COUNTIF("
        + OP
        + " = 'd') OVER ("
        + order()
        + " ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
        + "\n  + COUNTIF(COALESCE("
        + MOVE
        + ", '') = 'here') OVER ("
        + order()
        + " ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS life FROM staged)"
        + "\nSELECT "
        + names(keys, "")
        + prefixed(small, c -> q(c))
        + prefixed(
            large,
            c ->
                "LAST_VALUE("
                    + box(c)
                    + " IGNORE NULLS) OVER "
                    + byLife
                    + " ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS "
                    + box(c))
        + ", "
        + String.join(
            ", ", CYCLE, TOPIC, PARTITION, OFFSET, POSITION, OP, MOVE, LINK, OPERATION, SOURCE_TIME)
        + ",\n  FIRST_VALUE(IF("
        + MOVE
        + " = 'here', "
        + LINK
        + ", NULL)) OVER "
        + byLife
        + " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS life_link,"
        + "\n  IF(life = 0, b'', FIRST_VALUE("
        + POSITION
        + ") OVER "
        + byLife
        + " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)) AS life_position"
        + "\nFROM lives;";
  }

  private String order() {
    return "PARTITION BY " + names(keys, "") + " ORDER BY " + POSITION + ", " + CYCLE;
  }

  /**
   * Last states of rows that left their key: remembered ones, and those that leave it in this fold.
   */
  private String departures() {
    String empty =
        "CREATE TEMP TABLE departures AS SELECT "
            + LINK
            + " AS link, "
            + POSITION
            + " AS position"
            + prefixed(large, c -> box(c))
            + " FROM versions WHERE FALSE;";
    String tPosition = "COALESCE(t.change_metadata.position, b'')";
    String full =
        "CREATE TEMP TABLE departures AS\nWITH remembered AS (SELECT "
            + LINK
            + " AS link, "
            + POSITION
            + " AS position"
            + prefixed(large, c -> boxed(c) + " AS " + box(c))
            + " FROM "
            + staging
            + " WHERE "
            + KIND
            + " = 'departure'),"
            + "\nleaving AS (SELECT v."
            + LINK
            + " AS link, v."
            + POSITION
            + " AS position, v.life_link"
            + prefixed(
                large,
                c ->
                    "CASE WHEN t."
                        + q(keys.get(0))
                        + " IS NOT NULL AND "
                        + tPosition
                        + " >= v.life_position AND "
                        + tPosition
                        + " < v."
                        + POSITION
                        + " AND (v."
                        + box(c)
                        + " IS NULL OR v."
                        + box(c)
                        + ".p < "
                        + tPosition
                        + ") THEN STRUCT(t."
                        + q(c)
                        + " AS v, "
                        + tPosition
                        + " AS p) ELSE v."
                        + box(c)
                        + " END AS "
                        + box(c))
            + "\n  FROM versions AS v LEFT JOIN "
            + destination
            + " AS t ON "
            + join("t", "v")
            + "\n  WHERE v."
            + MOVE
            + " = 'away' AND v."
            + LINK
            + " IS NOT NULL)"
            + "\nSELECT link, position"
            + prefixed(large, c -> box(c))
            + " FROM ("
            + "\nSELECT l.link, l.position"
            + prefixed(large, c -> "COALESCE(l." + box(c) + ", r." + box(c) + ") AS " + box(c))
            + "\n  FROM leaving AS l LEFT JOIN remembered AS r ON r.link = l.life_link"
            + "\nUNION ALL SELECT link, position"
            + prefixed(large, c -> box(c))
            + " FROM remembered)"
            + "\nQUALIFY ROW_NUMBER() OVER (PARTITION BY link ORDER BY "
            + known(large)
            + " DESC) = 1;";
    return "IF (SELECT COUNT(*) FROM versions WHERE "
        + MOVE
        + " IS NOT NULL) > 0 THEN\n"
        + full
        + "\nELSE\n"
        + empty
        + "\nEND IF;";
  }

  private static String known(List<Column> columns) {
    return columns.isEmpty()
        ? "position"
        : columns.stream().map(c -> "IF(" + box(c) + " IS NULL, 0, 1)").collect(joining(" + "));
  }

  /** The newest version of each key, with what its key's graves and departures add. */
  private String fold() {
    return "CREATE TEMP TABLE fold AS\nWITH graves AS (SELECT "
        + names(keys, "")
        + ", MAX("
        + POSITION
        + ") AS grave FROM "
        + staging
        + " WHERE "
        + KIND
        + " = 'tombstone' GROUP BY "
        + names(keys, "")
        + "),"
        + "\nlatest AS (SELECT *, MAX(IF("
        + OP
        + " = 'd', "
        + POSITION
        + ", NULL)) OVER (PARTITION BY "
        + names(keys, "")
        + ") AS last_delete\n  FROM versions QUALIFY ROW_NUMBER() OVER (PARTITION BY "
        + names(keys, "")
        + " ORDER BY "
        + POSITION
        + " DESC, "
        + CYCLE
        + " DESC) = 1),"
        + "\nfilled AS (SELECT "
        + names(keys, "v.")
        + prefixed(small, c -> "v." + q(c))
        + prefixed(
            large,
            c ->
                "IF(v."
                    + box(c)
                    + ".p > COALESCE(g.grave, b''), v."
                    + box(c)
                    + ", d."
                    + box(c)
                    + ") AS "
                    + box(c))
        + ", "
        + names(List.of(TOPIC, PARTITION, OFFSET, POSITION, OP, OPERATION, SOURCE_TIME), "v.")
        + ", v.life_position, v.last_delete, COALESCE(g.grave, b'') AS grave"
        + "\n  FROM latest AS v LEFT JOIN graves AS g ON "
        + join("g", "v")
        + "\n  LEFT JOIN departures AS d ON d.link = v.life_link)"
        + "\nSELECT *, "
        + complete()
        + " AS complete FROM filled WHERE "
        + OP
        + " = 'd' OR "
        + POSITION
        + " > grave;";
  }

  private String complete() {
    return large.isEmpty()
        ? "TRUE"
        : large.stream().map(c -> box(c) + " IS NOT NULL").collect(joining(" AND ", "(", ")"));
  }

  /** Tombstones, departures and truncates, before anything is taken from the destination. */
  private String remember() {
    String unavailable =
        large.isEmpty()
            ? "CAST([] AS ARRAY<STRING>)"
            : "ARRAY(SELECT n FROM UNNEST(["
                + large.stream()
                    .map(c -> "IF(" + box(c) + " IS NULL, " + literal(c.name()) + ", '')")
                    .collect(joining(", "))
                + "]) AS n WHERE n != '')";
    return "INSERT INTO "
        + staging
        + " ("
        + String.join(", ", KIND, STAGED_AT, POSITION)
        + ", "
        + names(keys, "")
        + ")"
        + "\nSELECT 'tombstone', CURRENT_TIMESTAMP(), last_delete, "
        + names(keys, "")
        + " FROM fold WHERE last_delete IS NOT NULL AND last_delete > grave;"
        + "\nIF (SELECT COUNT(*) FROM versions WHERE "
        + MOVE
        + " = 'away') > 0 THEN"
        + "\nINSERT INTO "
        + staging
        + " ("
        + String.join(", ", KIND, STAGED_AT, LINK, POSITION, UNAVAILABLE)
        + prefixed(large, c -> q(c))
        + ")"
        + "\nSELECT 'departure', CURRENT_TIMESTAMP(), link, position, "
        + unavailable
        + prefixed(large, c -> box(c) + ".v")
        + " FROM departures WHERE link IN (SELECT "
        + LINK
        + " FROM versions WHERE "
        + MOVE
        + " = 'away');"
        + "\nEND IF;";
  }

  private String truncate() {
    String here = staged() + " AND " + OP + " = 't'";
    return "IF (SELECT COUNT(*) FROM "
        + staging
        + " WHERE "
        + here
        + ") > 0 THEN"
        + "\nINSERT INTO "
        + staging
        + " ("
        + String.join(", ", KIND, STAGED_AT, POSITION)
        + ") SELECT 'truncate', CURRENT_TIMESTAMP(), floor_position;"
        + "\nDELETE FROM "
        + destination
        + " WHERE COALESCE(change_metadata.position, b'') < floor_position;"
        + "\nEND IF;";
  }

  private String merge() {
    String tPosition = "COALESCE(t.change_metadata.position, b'')";
    String newer = "s." + POSITION + " > " + tPosition;
    String sameLife = tPosition + " >= s.life_position";
    String metadata =
        "STRUCT(s."
            + POSITION
            + " AS position, s."
            + OPERATION
            + " AS operation, s."
            + SOURCE_TIME
            + " AS source_time, s."
            + TOPIC
            + " AS kafka_topic, s."
            + PARTITION
            + " AS kafka_partition, s."
            + OFFSET
            + " AS kafka_offset)";
    String sets =
        small.stream().map(c -> q(c) + " = s." + q(c) + ", ").collect(joining())
            + large.stream()
                .map(
                    c ->
                        q(c)
                            + " = IF("
                            + sameLife
                            + " AND (s."
                            + box(c)
                            + " IS NULL OR s."
                            + box(c)
                            + ".p < "
                            + tPosition
                            + "), t."
                            + q(c)
                            + ", s."
                            + box(c)
                            + ".v), ")
                .collect(joining())
            + TablePlanner.METADATA
            + " = "
            + metadata;
    return "MERGE "
        + destination
        + " AS t USING fold AS s ON "
        + join("t", "s")
        + "\nWHEN MATCHED AND s."
        + OP
        + " = 'd' AND "
        + newer
        + " THEN DELETE"
        + "\nWHEN MATCHED AND s."
        + OP
        + " = 'u' AND "
        + newer
        + " AND NOT s.complete AND NOT "
        + sameLife
        + " THEN DELETE"
        + "\nWHEN MATCHED AND s."
        + OP
        + " = 'u' AND "
        + newer
        + " THEN UPDATE SET "
        + sets
        + "\nWHEN NOT MATCHED AND s."
        + OP
        + " = 'u' AND s.complete THEN INSERT ("
        + names(keys, "")
        + prefixed(small, c -> q(c))
        + prefixed(large, c -> q(c))
        + ", "
        + TablePlanner.METADATA
        + ")"
        + "\nVALUES ("
        + names(keys, "s.")
        + prefixed(small, c -> "s." + q(c))
        + prefixed(large, c -> "s." + box(c) + ".v")
        + ", "
        + metadata
        + ");";
  }

  /**
   * Marks the cycles, and names the staged rows that could not be completed yet; both in one
   * statement.
   */
  private String settle() {
    String marks =
        "INSERT INTO "
            + staging
            + " ("
            + String.join(", ", KIND, STAGED_AT, CYCLE, TOPIC, PARTITION, OFFSET)
            + ")"
            + "\nSELECT 'applied', CURRENT_TIMESTAMP(), c, CAST(NULL AS STRING), CAST(NULL AS INT64), CAST(NULL AS INT64)"
            + " FROM UNNEST(cycles) AS c";
    if (large.isEmpty()) {
      return marks + ";";
    }
    String openKeys =
        "SELECT "
            + names(keys, "s.")
            + " FROM fold AS s LEFT JOIN "
            + destination
            + " AS t ON "
            + join("t", "s")
            + " WHERE s."
            + OP
            + " = 'u' AND NOT s.complete AND (t."
            + q(keys.get(0))
            + " IS NULL OR COALESCE(t.change_metadata.position, b'') < s."
            + POSITION
            + ")"
            + "\n  UNION DISTINCT SELECT "
            + names(keys, "v.")
            + " FROM versions AS v JOIN departures AS d ON d.link = v."
            + LINK
            + " WHERE v."
            + MOVE
            + " = 'away' AND "
            + LINKED
            + " AND NOT "
            + large.stream()
                .map(c -> "d." + box(c) + " IS NOT NULL")
                .collect(joining(" AND ", "(", ")"));
    return "IF (SELECT COUNT(*) FROM fold WHERE "
        + OP
        + " = 'u' AND NOT complete) + (SELECT COUNT(*) FROM versions WHERE "
        + MOVE
        + " = 'away') > 0 THEN\n"
        + marks
        + "\nUNION ALL SELECT 'unresolved', CURRENT_TIMESTAMP(), v."
        + CYCLE
        + ", v."
        + TOPIC
        + ", v."
        + PARTITION
        + ", v."
        + OFFSET
        + " FROM versions AS v JOIN ("
        + openKeys
        + ") AS o ON "
        + join("o", "v")
        + ";\nELSE\n"
        + marks
        + ";\nEND IF;";
  }

  private boolean isKey(Column column) {
    return keys.stream().anyMatch(key -> key.equalsIgnoreCase(column.name()));
  }

  /**
   * PostgreSQL moves only long values out of line; numbers, dates and times are never left out of a
   * change.
   */
  private static boolean canBeUnavailable(Column column) {
    if (column.mode() == Column.Mode.REPEATED) {
      return true;
    }
    ColumnType type = column.type();
    return switch (type) {
      case STRING, BYTES, JSON, GEOGRAPHY, NUMERIC, BIGNUMERIC, STRUCT, RANGE, INTERVAL -> true;
      case INT64, FLOAT64, BOOL, DATE, TIME, DATETIME, TIMESTAMP -> false;
    };
  }

  private static String boxed(Column column) {
    return "IF("
        + literal(column.name())
        + " IN UNNEST("
        + UNAVAILABLE
        + "), NULL, STRUCT("
        + q(column)
        + " AS v, "
        + POSITION
        + " AS p))";
  }

  private static String box(Column column) {
    return "`" + column.name() + "__box`";
  }

  private String join(String left, String right) {
    return keys.stream()
        .map(key -> left + "." + q(key) + " = " + right + "." + q(key))
        .collect(joining(" AND "));
  }

  private static String prefixed(List<Column> columns, Function<Column, String> text) {
    return columns.stream().map(column -> ", " + text.apply(column)).collect(joining());
  }

  private static String names(List<String> names, String prefix) {
    return names.stream().map(name -> prefix + q(name)).collect(joining(", "));
  }

  private static String q(Column column) {
    return q(column.name());
  }

  private static String q(String name) {
    return "`" + name + "`";
  }

  private static String literal(String name) {
    return "'" + name.toLowerCase(Locale.ROOT).replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
