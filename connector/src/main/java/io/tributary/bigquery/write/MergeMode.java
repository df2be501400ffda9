package io.tributary.bigquery.write;

import io.tributary.bigquery.change.RowChange;
import io.tributary.bigquery.config.WriteSettings;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.row.RowCodec;
import io.tributary.bigquery.row.RowLayout;
import io.tributary.bigquery.table.Fitted;
import io.tributary.bigquery.table.Patience;
import io.tributary.bigquery.table.Shape;
import io.tributary.bigquery.table.StagedColumns;
import io.tributary.bigquery.table.StagingTable;
import io.tributary.bigquery.table.Step;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.table.Tables;
import io.tributary.bigquery.table.Upkeep;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Cycles are sealed in a staging table and folded into the destination by a chain of jobs. */
final class MergeMode implements Mode {
  private final TableId table;
  private final TableId staging;
  private final Parts parts;
  private final Chain chain;
  private final Chain taskChain;
  private final Rewriter rewriter;
  private final FirstLoad firstLoad;
  private final FirstLoad.Means inFlight;
  private final Claims claims;
  private final Set<RowLayout> tableless = ConcurrentHashMap.newKeySet();
  private volatile List<String> key = List.of();

  MergeMode(TableId table, Parts parts) {
    this.table = table;
    this.staging = parts.tables().staging(table);
    this.parts = parts;
    Duration deadline = parts.settings().retryDeadline();
    this.chain = newChain(deadline);
    this.taskChain = newChain(parts.onTask().deadline());
    this.rewriter = new Rewriter(taskChain, parts.tables(), table, parts.clock());
    this.firstLoad = new FirstLoad(table, parts.tables(), parts.clock());
    this.inFlight = new FirstLoad.Means(parts.log(), parts.staging(), deadline);
    this.claims = new Claims(table, parts.log(), parts.staging(), parts.loaded());
  }

  /** What every merging lane of a task uses. */
  record Parts(
      Warehouse warehouse,
      Tables tables,
      Staging staging,
      StreamLog log,
      FirstLoad.Means onTask,
      Written loaded,
      SnapshotStore snapshots,
      WriteSettings settings,
      Patience patience,
      Counters counters,
      Clock clock,
      AwakeTime awake) {}

  private Chain newChain(Duration deadline) {
    return new Chain(parts.warehouse(), parts.tables(), table, deadline, parts.counters());
  }

  @Override
  public RowLayout fit(Shape shape, RowChange first) {
    Fitted fitted = parts.tables().ensure(table, shape, new Care(first));
    firstLoad.seen(fitted.schema());
    key = shape.keyColumns();
    return layout(fitted.staged());
  }

  /** What becomes of the table when a change asks for it. */
  private final class Care implements Upkeep {
    private final RowChange first;

    private Care(RowChange first) {
      this.first = first;
    }

    /** BigQuery refuses streamed rows whose partition is years away. */
    @Override
    public Map<String, String> labelsOfNew() {
      if (parts.tables().options(table).partitioning().flatMap(by -> by.column()).isPresent()) {
        return Map.of();
      }
      return FirstLoad.labels(first);
    }

    /** BigQuery does not change types of a table that is streamed to. */
    @Override
    public void before(Step step) {
      if (step instanceof Step.WidenColumn || step instanceof Step.Recreate) {
        try {
          firstLoad.end(parts.onTask(), taskChain);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new SinkException(ErrorCode.INTERNAL, "Interrupted at a change of " + table, e);
        }
      }
    }

    @Override
    public void rewrite(Step.Recreate step) {
      rewriter.rewrite(step);
    }
  }

  @Override
  public RowLayout fitDelete(Shape shape, RowChange first) {
    return parts.tables().exists(table)
        ? fit(shape, first)
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
    Optional<Landing> loaded = new LoadFlight(this, cycle, parts).fly();
    if (loaded.isPresent()) {
      return loaded.get();
    }
    firstLoad.end(inFlight, chain);
    return new MergeFlight(this, cycle, parts).fly();
  }

  FirstLoad firstLoad() {
    return firstLoad;
  }

  /** Who may put rows of a partition straight into the table; used by flights. */
  Claims claims() {
    return claims;
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
