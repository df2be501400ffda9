package io.tributary.bigquery.write;

import io.tributary.bigquery.table.TableId;
import java.util.List;
import java.util.Map;

/** The way of one cycle into a table of changes. */
final class AppendFlight {
  private final TableId table;
  private final Cycle cycle;
  private final Claims claims;
  private final AppendMode.Parts parts;

  AppendFlight(TableId table, Cycle cycle, Claims claims, AppendMode.Parts parts) {
    this.table = table;
    this.cycle = cycle;
    this.claims = claims;
    this.parts = parts;
  }

  Landing fly() throws InterruptedException {
    parts.snapshots().save();
    ExactlyOnce.Result result = new ExactlyOnce.Result(true, 0, Map.of());
    // A table that is not there has no rows that a truncate could end.
    if (!cycle.layout().columns().isEmpty() || parts.tables().find(table).isPresent()) {
      HistoryBytes form = new HistoryBytes(cycle.layout());
      result =
          new ExactlyOnce(table, claims, parts.staging(), form, () -> true)
              .write(cycle.rows(), parts.clock(), parts.deadline());
    }
    parts.counters().add(Counters.What.ROWS_STAGED, result.written());
    parts.counters().add(Counters.What.CYCLES_APPLIED, 1);
    return cycle.landing(List.of(), result.rejected());
  }
}
