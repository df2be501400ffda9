package io.tributary.bigquery.write;

import io.tributary.bigquery.change.RowChange;
import io.tributary.bigquery.config.ColumnChoices;
import io.tributary.bigquery.row.RowCodec;
import io.tributary.bigquery.row.RowLayout;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.HistoryView;
import io.tributary.bigquery.table.Shape;
import io.tributary.bigquery.table.StagedColumns;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.table.TablePlanner;
import io.tributary.bigquery.table.TableSchema;
import io.tributary.bigquery.table.Tables;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Every change becomes a row, through pending streams straight into the table, exactly once. */
final class AppendMode implements Mode {
  private final TableId table;
  private final Parts parts;
  private final Claims claims;

  AppendMode(TableId table, Parts parts) {
    this.table = table;
    this.parts = parts;
    this.claims = new Claims(table, parts.log(), parts.staging(), parts.written());
  }

  /**
   * What every appending lane of a task uses.
   *
   * @param deadline how long a cycle may take
   */
  record Parts(
      Tables tables,
      Staging staging,
      StreamLog log,
      Written written,
      SnapshotStore snapshots,
      Duration deadline,
      Counters counters,
      Clock clock) {}

  @Override
  public RowLayout fit(Shape shape, RowChange first) {
    TableSchema schema = parts.tables().fit(table, shape);
    if (!shape.keyColumns().isEmpty()) {
      ColumnChoices choices = parts.tables().options(table).columns();
      parts.tables().show(new HistoryView(schema, shape.keyColumns(), choices));
    }
    return layout(TablePlanner.sourceColumns(schema));
  }

  @Override
  public RowLayout prepare() {
    return layout(parts.tables().find(table).map(TablePlanner::sourceColumns).orElse(List.of()));
  }

  private static RowLayout layout(List<Column> columns) {
    return RowLayout.of(List.of(TablePlanner.HISTORY_COLUMN), StagedColumns.plain(columns));
  }

  @Override
  public Cycle cycle(RowLayout layout, RowCodec codec, long nowMillis) {
    return Cycle.plain(layout, codec, nowMillis);
  }

  @Override
  public Landing fly(Cycle cycle) throws InterruptedException {
    return new AppendFlight(table, cycle, claims, parts).fly();
  }
}
