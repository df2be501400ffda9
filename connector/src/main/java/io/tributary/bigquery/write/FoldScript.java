package io.tributary.bigquery.write;

import static java.util.stream.Collectors.joining;

import io.tributary.bigquery.config.TableOptions;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.table.Absent;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.Sql;
import io.tributary.bigquery.table.StagedColumns;
import io.tributary.bigquery.table.StagingTable;
import io.tributary.bigquery.table.TablePlanner;
import io.tributary.bigquery.table.TableSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills {@code fold.sql}, which says what a chain job does and why, with the columns of one table.
 * Pure.
 */
final class FoldScript {
  /** In the message of a script that met rows wider than it knows. */
  static final String TOO_NARROW = "tributary: staged rows are wider than this script";

  /** In the message of a script that met changes of a table with another key. */
  private static final String NO_KEY =
      "tributary: a staged change lacks a column of the key; see Loading a table again in docs/schema.md";

  /** Characters of a query: https://cloud.google.com/bigquery/quotas#query_jobs */
  private static final int LONGEST = 1_024_000;

  private static final Pattern SLOT = Pattern.compile("\\{([a-z_.=]+)}");
  private static final String TEMPLATE = template();
  private static final List<String> OWN =
      List.of(
          StagingTable.CYCLE,
          StagingTable.TOPIC,
          StagingTable.PARTITION,
          StagingTable.OFFSET,
          StagingTable.POSITION,
          StagingTable.OP,
          StagingTable.MOVE,
          StagingTable.LINK,
          StagingTable.OPERATION,
          StagingTable.SOURCE_TIME);
  private static final String T_POSITION = "COALESCE(trib_t.change_metadata.position, b'')";

  private final DeletedRows deleted;
  private final List<String> keys;
  private final List<String> small;
  private final List<String> large;
  private final Map<String, String> boxes = new HashMap<>();
  private final Map<String, StagedColumns.Place> places = new HashMap<>();
  private final Map<String, String> slots = new HashMap<>();

  /**
   * @param destination the table as it is
   * @param staging its staging table as it is
   * @param horizon cycles staged before this are left alone
   * @param options what the configuration says of the table
   */
  FoldScript(TableSchema destination, TableSchema staging, Instant horizon, TableOptions options) {
    deleted = new DeletedRows(options.deletes());
    keys = destination.primaryKey();
    check(destination);
    StagedColumns staged = StagedColumns.of(staging.columns(), destination.columns());
    List<Column> data = new ArrayList<>();
    for (StagedColumns.Place place : staged.places()) {
      places.put(place.column().name().toLowerCase(Locale.ROOT), place);
      if (!isKey(place.column())) {
        data.add(place.column());
      }
    }
    large = Absent.of(data, options.columns());
    large.forEach(name -> boxes.put(name, "trib_box" + boxes.size()));
    small = data.stream().map(Column::name).filter(name -> !large.contains(name)).toList();
    String from = "TIMESTAMP " + Sql.text(horizon.toString());
    slots.put("destination", Sql.name(destination.id()));
    slots.put("staging", Sql.name(staging.id()));
    slots.put("horizon", from);
    slots.put("width", Integer.toString(StagedColumns.width(staged.columns())));
    slots.put("variants", Integer.toString(staged.variants()));
    slots.put("too_narrow", TOO_NARROW);
    slots.put(
        "staged",
        "trib_kind = 'change' AND trib_staged_at >= "
            + from
            + " AND trib_cycle IN UNNEST(trib_cycles)");
    slots.put("trib_t.position", T_POSITION);
    slots.put("first_key", Sql.name(keys.get(0)));
    fillKeys();
    fillSmall();
    fillLarge();
    slots.putAll(deleted.slots(slots));
    PartitionBounds bounds = new PartitionBounds(destination);
    slots.put("bounds.declared", bounds.declared());
    slots.put("bounds.set", bounds.set());
    slots.put("bounds.within", bounds.within());
  }

  private static void check(TableSchema destination) {
    if (destination.primaryKey().isEmpty()) {
      throw new SinkException(
          ErrorCode.TABLE_UNFIT, "Table " + destination.id() + " has no primary key any more.");
    }
    if (destination.column(TablePlanner.METADATA).isEmpty()) {
      throw new SinkException(
          ErrorCode.TABLE_UNFIT,
          "Table " + destination.id() + " lacks the column " + TablePlanner.METADATA + ".");
    }
  }

  /**
   * The script.
   *
   * @throws SinkException if the table has more columns than fit into a query
   */
  String text() {
    String text = filled();
    if (text.length() > LONGEST) {
      throw new SinkException(
          ErrorCode.TABLE_UNFIT,
          "The MERGE of "
              + slots.get("destination")
              + " has "
              + text.length()
              + " characters, and BigQuery takes "
              + LONGEST
              + ": the table has too many columns that may be left out of a change.");
    }
    return text;
  }

  private String filled() {
    Matcher slot = SLOT.matcher(TEMPLATE);
    StringBuilder script = new StringBuilder();
    while (slot.find()) {
      slot.appendReplacement(script, Matcher.quoteReplacement(slots.get(slot.group(1))));
    }
    return slot.appendTail(script).toString();
  }

  private void fillKeys() {
    slots.put("keys", list(keys, "", ", "));
    slots.put("keys.read", keys.stream().map(this::read).collect(joining(", ")));
    slots.put(
        "keys.missing", keys.stream().map(key -> value(key) + " IS NULL").collect(joining(" OR ")));
    slots.put("no_key", NO_KEY);
    slots.put("keys.wire", keys.stream().map(this::wire).collect(joining(", ")));
    slots.put("v.keys", list(keys, "v.", ", "));
    slots.put("s.keys", list(keys, "s.", ", "));
    slots.put("own", String.join(", ", OWN));
    slots.put("v.own", OWN.stream().map(name -> "v." + name).collect(joining(", ")));
    for (String pair : List.of("trib_t=v", "trib_t=s", "g=v", "o=v")) {
      String[] sides = pair.split("=", -1);
      slots.put(
          pair,
          keys.stream()
              .map(key -> sides[0] + "." + Sql.name(key) + " = " + sides[1] + "." + Sql.name(key))
              .collect(joining(" AND ")));
    }
    slots.put(
        "by_life",
        "PARTITION BY " + slots.get("keys") + ", trib_life ORDER BY trib_position, trib_cycle");
    slots.put(
        "metadata",
        "STRUCT(s.trib_position AS position, s.trib_operation AS operation,"
            + " s.trib_source_time AS source_time, s.trib_topic AS kafka_topic,"
            + " s.trib_partition AS kafka_partition, s.trib_offset AS kafka_offset)");
  }

  private void fillSmall() {
    slots.put("small", each(small, Sql::name));
    slots.put(
        "small.versions",
        each(small, name -> deleted.version(Sql.name(name), slots.get("by_life"))));
    slots.put("small.read", each(small, this::read));
    slots.put("v.small", each(small, name -> "v." + Sql.name(name)));
    slots.put("s.small", each(small, name -> "s." + Sql.name(name)));
    slots.put(
        "small.set",
        small.stream()
            .map(name -> Sql.name(name) + " = s." + Sql.name(name) + ", ")
            .collect(joining()));
  }

  private void fillLarge() {
    slots.put("large", each(large, Sql::name));
    slots.put("large.wire", each(large, this::wire));
    slots.put("large.box", each(large, this::box));
    slots.put("large.value", each(large, name -> box(name) + ".v"));
    slots.put("s.large.value", each(large, name -> "s." + box(name) + ".v"));
    slots.put("large.boxed", each(large, this::boxed));
    slots.put(
        "large.inherited",
        each(
            large,
            name ->
                "LAST_VALUE(%1$s IGNORE NULLS) OVER (%2$s ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS %1$s"
                    .formatted(box(name), slots.get("by_life"))));
    slots.put("large.left", each(large, this::left));
    slots.put(
        "large.from_link",
        each(large, name -> "COALESCE(l.%1$s, r.%1$s) AS %1$s".formatted(box(name))));
    slots.put(
        "large.filled",
        each(
            large,
            name ->
                "IF(v.%1$s.p > %2$s, v.%1$s, d.%1$s) AS %1$s"
                    .formatted(box(name), deleted.grave())));
    slots.put(
        "large.known",
        "ARRAY_LENGTH(ARRAY(SELECT b FROM UNNEST(["
            + all(", ", "FALSE", name -> box(name) + " IS NOT NULL")
            + "]) AS b WHERE b))");
    slots.put(
        "d.large.complete",
        "(" + all(" AND ", "TRUE", name -> "d." + box(name) + " IS NOT NULL") + ")");
    slots.put(
        "large.complete", "(" + all(" AND ", "TRUE", name -> box(name) + " IS NOT NULL") + ")");
    String names =
        all(
            ", ",
            "''",
            name ->
                "IF(%s IS NULL, %s, '')"
                    .formatted(box(name), Sql.text(name.toLowerCase(Locale.ROOT))));
    slots.put("large.unknown", "ARRAY(SELECT n FROM UNNEST([" + names + "]) AS n WHERE n != '')");
    slots.put("large.set", large.stream().map(this::set).collect(joining()));
  }

  private String all(String separator, String none, UnaryOperator<String> text) {
    return large.isEmpty() ? none : large.stream().map(text).collect(joining(separator));
  }

  /**
   * What a departing row knew: the destination's value if it belongs to the life that ends and is
   * newer.
   */
  private String left(String name) {
    return """
        CASE WHEN %3$s >= v.trib_life_position AND %3$s < v.trib_position AND trib_t.change_metadata.position IS NOT NULL
          AND (v.%2$s IS NULL OR v.%2$s.p < %3$s) THEN STRUCT(trib_t.%1$s AS v, %3$s AS p) ELSE v.%2$s END AS %2$s"""
        .formatted(Sql.name(name), box(name), T_POSITION);
  }

  /** The destination keeps its value where that is the newest that is known of this life. */
  private String set(String name) {
    return "%1$s = IF(%3$s >= s.trib_life_position AND (s.%2$s IS NULL OR s.%2$s.p < %3$s), trib_t.%1$s, s.%2$s.v), "
        .formatted(Sql.name(name), box(name), T_POSITION);
  }

  /**
   * A value and its position, or NULL when the value is unavailable. An item that an array has not
   * stands for NULL: the local BigQuery cannot read a constant NULL of a STRUCT with a RANGE or an
   * INTERVAL.
   */
  private String boxed(String name) {
    String listed = Sql.text(name.toLowerCase(Locale.ROOT)) + " IN UNNEST(trib_unavailable)";
    return "[STRUCT(%2$s AS v, trib_position AS p)][SAFE_OFFSET(IF(%1$s, 1, 0))] AS %3$s"
        .formatted(deleted.unavailable(listed), value(name), box(name));
  }

  /** A column's value, wherever it was staged, under the column's name. */
  private String read(String name) {
    String value = value(name);
    return value.equals(Sql.name(name)) ? value : value + " AS " + Sql.name(name);
  }

  private String value(String name) {
    StagedColumns.Place place = place(name);
    List<String> values = new ArrayList<>();
    String last = null;
    for (Column source : place.sources()) {
      String value = Conversion.of(Sql.name(source.name()), source, place.column());
      values.add(value);
      // A staged array is never NULL: it is empty where another column has the value.
      last =
          last == null
              ? value
              : "IF(ARRAY_LENGTH("
                  + Sql.name(source.name())
                  + ") > 0, "
                  + value
                  + ", "
                  + last
                  + ")";
    }
    if (place.column().mode() == Column.Mode.REPEATED) {
      return last;
    }
    return values.size() == 1 ? values.get(0) : "COALESCE(" + String.join(", ", values) + ")";
  }

  private String wire(String name) {
    return Sql.name(place(name).wire().name());
  }

  private StagedColumns.Place place(String name) {
    return places.get(name.toLowerCase(Locale.ROOT));
  }

  private boolean isKey(Column column) {
    return keys.stream().anyMatch(key -> key.equalsIgnoreCase(column.name()));
  }

  private static String each(List<String> names, UnaryOperator<String> text) {
    return names.stream().map(name -> ", " + text.apply(name)).collect(joining());
  }

  private static String list(List<String> names, String prefix, String separator) {
    return names.stream().map(name -> prefix + Sql.name(name)).collect(joining(separator));
  }

  private String box(String name) {
    return boxes.get(name);
  }

  private static String template() {
    try (InputStream in = FoldScript.class.getResourceAsStream("fold.sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
