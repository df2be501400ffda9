package io.tributary.bigquery.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where a staging table keeps the values of its destination's columns. A staging column never
 * changes its type, because BigQuery refuses that of a table that is streamed to: values of another
 * type are staged in a further column, a variant, and the fold reads all of them.
 *
 * @param places one for each column of the destination, in its order
 * @param wires the staging table's columns beside the sink's own, in its order; what is there stays
 *     where it is
 * @param variants how many variants the staging table has, fields inside of them included
 */
public record StagedColumns(List<Place> places, List<Column> wires, int variants) {
  private static final int STRUCTS = 20;

  /**
   * Where the values of one column are.
   *
   * @param column the destination's
   * @param wire the staging table's column that takes them, or null while there is none
   * @param sources every staging column that may hold values of this one, the first one first
   */
  public record Place(Column column, Column wire, List<Column> sources) {
    public Place {
      sources = List.copyOf(sources);
    }
  }

  public StagedColumns {
    places = List.copyOf(places);
    wires = List.copyOf(wires);
  }

  /** Each column is staged under its own name. */
  public static StagedColumns plain(List<Column> columns) {
    return new StagedColumns(
        columns.stream().map(column -> new Place(column, column, List.of(column))).toList(),
        columns,
        0);
  }

  /** Where a staging table keeps a destination's columns. */
  public static StagedColumns of(List<Column> staging, List<Column> destination) {
    Map<String, Column> present = byName(staging);
    List<Place> places = new ArrayList<>();
    for (Column column : StagingTable.sourceColumns(destination)) {
      List<Column> sources = new ArrayList<>();
      for (String name : everyName(column.name())) {
        Optional.ofNullable(present.get(folded(name))).ifPresent(sources::add);
      }
      Column wire = sources.stream().filter(s -> holds(s, column)).findFirst().orElse(null);
      places.add(new Place(column, wire, sources));
    }
    List<Column> variants = staging.stream().filter(StagedColumns::isVariant).toList();
    List<Column> wires = staging.stream().filter(column -> !isOwn(column)).toList();
    return new StagedColumns(places, wires, width(variants));
  }

  /** Whether every column can be staged. */
  public boolean complete() {
    return places.stream().allMatch(place -> place.wire() != null);
  }

  public List<Column> columns() {
    return places.stream().map(Place::column).toList();
  }

  /** How many columns there are, fields inside of columns included. */
  public static int width(List<Column> columns) {
    return columns.stream().mapToInt(column -> 1 + width(column.fields())).sum();
  }

  /**
   * What a staging table lacks to take a column: a new column, or one that is there with further
   * fields; empty when it lacks nothing.
   */
  static Optional<Column> lacking(List<Column> staging, Column column) {
    Map<String, Column> present = byName(staging);
    List<String> names = new ArrayList<>(List.of(column.name()));
    names.addAll(variants(column.name(), column));
    for (String name : names) {
      Column there = present.get(folded(name));
      if (there == null) {
        return Optional.of(staged(column).withName(name));
      }
      if (holds(there, column)) {
        return Optional.empty();
      }
      if (grows(there, column)) {
        return Optional.of(staged(column).withName(there.name()));
      }
    }
    throw new IllegalStateException("Column " + column.name() + " changed its form too often");
  }

  /** The column without what only the destination enforces. */
  static Column staged(Column column) {
    Details details = Details.NONE.withPolicyTag(column.details().policyTag());
    List<Column> fields = column.fields().stream().map(StagedColumns::staged).toList();
    Column.Mode mode =
        column.mode() == Column.Mode.REPEATED ? Column.Mode.REPEATED : Column.Mode.NULLABLE;
    return new Column(column.name(), column.type(), mode, fields, details);
  }

  private static boolean isVariant(Column column) {
    String name = folded(column.name());
    return name.startsWith(StagingTable.PREFIX) && !isOwn(column);
  }

  private static boolean isOwn(Column column) {
    String name = folded(column.name());
    return StagingTable.METADATA.stream().anyMatch(own -> own.name().equals(name));
  }

  private static boolean holds(Column staged, Column wanted) {
    return sameKind(staged, wanted)
        && wanted.fields().stream()
            .allMatch(field -> find(staged, field).filter(s -> holds(s, field)).isPresent());
  }

  private static boolean grows(Column staged, Column wanted) {
    return wanted.type() == ColumnType.STRUCT
        && sameKind(staged, wanted)
        && wanted.fields().stream()
            .allMatch(
                field ->
                    find(staged, field).map(s -> holds(s, field) || grows(s, field)).orElse(true));
  }

  private static boolean sameKind(Column staged, Column wanted) {
    return staged.type() == wanted.type() && repeated(staged) == repeated(wanted);
  }

  private static boolean repeated(Column column) {
    return column.mode() == Column.Mode.REPEATED;
  }

  private static Optional<Column> find(Column struct, Column field) {
    return struct.fields().stream()
        .filter(f -> f.name().equalsIgnoreCase(field.name()))
        .findFirst();
  }

  private static List<String> everyName(String name) {
    List<String> names = new ArrayList<>(List.of(name));
    for (ColumnType type : ColumnType.values()) {
      names.addAll(variants(name, Column.nullable(name, type)));
      names.addAll(variants(name, Column.repeated(name, type)));
    }
    return names;
  }

  /** The names that values of this type are staged under when the column's own is taken. */
  private static List<String> variants(String name, Column column) {
    String type = folded(column.type().name()) + (repeated(column) ? "s" : "");
    List<String> names = new ArrayList<>();
    names.add(legal(StagingTable.PREFIX + type + "_" + name));
    for (int i = 2; column.type() == ColumnType.STRUCT && i <= STRUCTS; i++) {
      names.add(legal(StagingTable.PREFIX + type + i + "_" + name));
    }
    return names;
  }

  private static String legal(String name) {
    return ColumnNames.shortened(name, folded(name));
  }

  private static Map<String, Column> byName(List<Column> columns) {
    Map<String, Column> byName = new HashMap<>();
    columns.forEach(column -> byName.put(folded(column.name()), column));
    return byName;
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
