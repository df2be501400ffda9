package io.tributary.bigquery.connect;

import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.faults.CallMatch;
import io.tributary.emulator.faults.Fault;
import java.time.Duration;

/** Where a task may die, or stand still, while it puts a cycle straight into a table. */
enum Handover {
  CLAIM_BEGUN("AppendRows", "tributary_streams"),
  CLAIM_COMMITTED("CreateWriteStream", "items"),
  STREAM_RECORDED("AppendRows", "items"),
  ROWS_APPENDED("FinalizeWriteStream", "items"),
  STREAM_FINALIZED("BatchCommitWriteStreams", "items");

  private final String method;
  private final String table;

  Handover(String method, String table) {
    this.method = method;
    this.table = table;
  }

  /** Holds the next call that would bring a task further. */
  Fault freeze(TaskHarness harness) {
    return harness
        .emulator()
        .faults()
        .delay(
            CallMatch.of(method).onTable(new TableRef("local", TaskHarness.DATASET, table)).nth(1),
            Duration.ofMinutes(1));
  }
}
