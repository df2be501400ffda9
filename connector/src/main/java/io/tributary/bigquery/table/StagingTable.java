package io.tributary.bigquery.table;

import io.tributary.bigquery.config.PartitionChoice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The staging table of a destination: the destination's columns, all nullable, behind the sink's
 * own. Rows of several kinds share it, clustered by kind: staged changes, tombstones, departed
 * rows, truncates, and marks of what was applied. It is partitioned by the hour of staging and its
 * partitions expire; nothing is ever deleted from it.
 */
public final class StagingTable {
  /** Every column of the sink's own begins with this. */
  public static final String PREFIX = "trib_";

  public static final String KIND = "trib_kind";
  public static final String CYCLE = "trib_cycle";
  public static final String STAGED_AT = "trib_staged_at";
  public static final String TOPIC = "trib_topic";
  public static final String PARTITION = "trib_partition";
  public static final String OFFSET = "trib_offset";
  public static final String POSITION = "trib_position";
  public static final String OP = "trib_op";
  public static final String MOVE = "trib_move";
  public static final String LINK = "trib_link";
  public static final String UNAVAILABLE = "trib_unavailable";
  public static final String COLUMNS = "trib_columns";
  public static final String VARIANTS = "trib_variants";
  public static final String OPERATION = "trib_operation";
  public static final String SOURCE_TIME = "trib_source_time";

  /**
   * Label of the staging table that remembers a lower bound of the number of the table's last chain
   * job. A staging table that has it belongs to a table of mode {@code merge}.
   */
  public static final String CHAIN_LABEL = "tributary_chain";

  /** Labels where the destination is made for a chain that has no jobs yet. */
  static final Map<String, String> OF_NEW = Map.of(CHAIN_LABEL, "0");

  /** The sink's own columns, in wire order. */
  public static final List<Column> METADATA =
      List.of(
          Column.nullable(KIND, ColumnType.STRING),
          Column.nullable(CYCLE, ColumnType.STRING),
          Column.nullable(STAGED_AT, ColumnType.TIMESTAMP),
          Column.nullable(TOPIC, ColumnType.STRING),
          Column.nullable(PARTITION, ColumnType.INT64),
          Column.nullable(OFFSET, ColumnType.INT64),
          Column.nullable(POSITION, ColumnType.BYTES),
          Column.nullable(OP, ColumnType.STRING),
          Column.nullable(MOVE, ColumnType.STRING),
          Column.nullable(LINK, ColumnType.BYTES),
          Column.repeated(UNAVAILABLE, ColumnType.STRING),
          Column.nullable(COLUMNS, ColumnType.INT64),
          Column.nullable(VARIANTS, ColumnType.INT64),
          Column.nullable(OPERATION, ColumnType.STRING),
          Column.nullable(SOURCE_TIME, ColumnType.TIMESTAMP));

  private StagingTable() {}

  /**
   * Where the changes of a destination are staged. Tables of other datasets bear the dataset's name
   * behind a dash, which no dataset's name holds: no two destinations share a staging table.
   */
  public static TableId of(TableId destination, String stagingDataset) {
    String place =
        destination.dataset().equals(stagingDataset) ? "_" : ("-" + destination.dataset() + "-");
    return new TableId(
        destination.project(),
        stagingDataset,
        TableNames.table("tributary_staging" + place + destination.table()));
  }

  /** The destination's columns beside the sink's own. */
  public static List<Column> sourceColumns(List<Column> destination) {
    return destination.stream()
        .filter(column -> !column.name().equalsIgnoreCase(TablePlanner.METADATA))
        .toList();
  }

  /** The steps that let a staging table take every column of a destination. */
  public static List<Step> plan(
      TableId staging,
      Optional<TableSchema> actual,
      List<Column> destination,
      Duration life,
      String kmsKey) {
    if (actual.isEmpty()) {
      List<Column> all = new ArrayList<>(METADATA);
      sourceColumns(destination).forEach(column -> all.add(StagedColumns.staged(column)));
      return List.of(
          new Step.CreateTable(
              staging,
              all,
              List.of(),
              new Traits(
                  Traits.NONE.kind(),
                  List.of(KIND, CYCLE),
                  Optional.of(
                      new PartitionChoice(
                          Optional.of(STAGED_AT),
                          PartitionChoice.Granularity.HOUR,
                          Optional.of(life))),
                  Map.of(),
                  "Changes on their way, staged by Tributary; rows expire.",
                  kmsKey)));
    }
    List<Column> missing = new ArrayList<>();
    METADATA.stream()
        .filter(column -> actual.get().column(column.name()).isEmpty())
        .forEach(missing::add);
    for (Column column : sourceColumns(destination)) {
      StagedColumns.lacking(actual.get().columns(), column).ifPresent(missing::add);
    }
    return missing.isEmpty() ? List.of() : List.of(new Step.AddColumns(staging, missing));
  }
}
