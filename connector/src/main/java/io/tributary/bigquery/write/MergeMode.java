package io.tributary.bigquery.write;

import io.tributary.bigquery.config.WriteSettings;
import io.tributary.bigquery.row.RowCodec;
import io.tributary.bigquery.row.RowLayout;
import io.tributary.bigquery.table.Patience;
import io.tributary.bigquery.table.Shape;
import io.tributary.bigquery.table.StagedColumns;
import io.tributary.bigquery.table.StagingTable;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.table.Tables;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Cycles are sealed in a staging table and folded into the destination by a chain of jobs. */
final class MergeMode implements Mode {
  private final TableId table;
  private final TableId staging;
  private final Parts parts;
  private final Chain chain;
  private final Rewriter rewriter;
  private final Set<RowLayout> tableless = ConcurrentHashMap.newKeySet();
  private volatile List<String> key = List.of();

  MergeMode(TableId table, Parts parts) {
    this.table = table;
    this.staging = parts.tables().staging(table);
    this.parts = parts;
    this.chain = newChain();
    this.rewriter = new Rewriter(newChain(), parts.tables(), table, parts.clock());
  }

  /** What every merging lane of a task uses. */
  record Parts(
      Warehouse warehouse,
      Tables tables,
      Staging staging,
      SnapshotStore snapshots,
      WriteSettings settings,
      Patience patience,
      Counters counters,
      Clock clock) {}

  private Chain newChain() {
    return new Chain(
        parts.warehouse(),
        parts.tables(),
        table,
        parts.settings().retryDeadline(),
        parts.counters());
  }

  @Override
  public RowLayout fit(Shape shape) {
    StagedColumns staged = parts.tables().ensure(table, shape, rewriter::rewrite).staged();
    key = shape.keyColumns();
    return layout(staged);
  }

  @Override
  public RowLayout fitDelete(Shape shape) {
    return parts.tables().exists(table)
        ? fit(shape)
        : tableless(parts.tables().awaited(table, shape.columns()));
  }

  @Override
  public RowLayout prepare() {
    return parts
        .tables()
        .existing(table)
        .map(there -> layout(there.staged()))
        .orElseGet(() -> tableless(StagedColumns.plain(List.of())));
  }

  private RowLayout tableless(StagedColumns staged) {
    RowLayout layout = layout(staged);
    tableless.add(layout);
    return layout;
  }

  /** Whether there was no table when the layout was made; read by flights. */
  boolean isTableless(RowLayout layout) {
    return tableless.contains(layout);
  }

  private static RowLayout layout(StagedColumns staged) {
    return RowLayout.of(StagingTable.METADATA, staged);
  }

  @Override
  public Cycle cycle(RowLayout layout, RowCodec codec, long nowMillis) {
    return Cycle.compacted(layout, codec, nowMillis, parts.tables().options(table).deletes());
  }

  @Override
  public Landing fly(Cycle cycle) throws InterruptedException {
    return new MergeFlight(this, cycle, parts).fly();
  }

  TableId table() {
    return table;
  }

  TableId staging() {
    return staging;
  }

  Chain chain() {
    return chain;
  }

  /** The source's key, as far as it is known; read by flights. */
  List<String> key() {
    return key;
  }
}
