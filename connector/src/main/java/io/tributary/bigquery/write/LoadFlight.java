package io.tributary.bigquery.write;

import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import java.util.List;
import java.util.Optional;

/** The way of one cycle of a first snapshot, straight into its table. */
final class LoadFlight {
  private final MergeMode mode;
  private final Cycle cycle;
  private final MergeMode.Parts parts;

  LoadFlight(MergeMode mode, Cycle cycle, MergeMode.Parts parts) {
    this.mode = mode;
    this.cycle = cycle;
    this.parts = parts;
  }

  /** Empty when the table does not take the cycle this way; it may have taken a part of it. */
  Optional<Landing> fly() throws InterruptedException {
    Optional<String> snapshot = mode.firstLoad().accepts(cycle);
    Optional<LoadBytes> form = snapshot.flatMap(name -> LoadBytes.of(cycle.layout()));
    return form.isEmpty() ? Optional.empty() : load(snapshot.get(), form.get());
  }

  private Optional<Landing> load(String snapshot, LoadBytes form) throws InterruptedException {
    parts.snapshots().save();
    ExactlyOnce.Result result;
    try {
      result =
          new ExactlyOnce(
                  mode.table(),
                  mode.claims(),
                  parts.staging(),
                  form,
                  () -> mode.firstLoad().takes(snapshot))
              .write(cycle.rows(), parts.clock(), parts.settings().retryDeadline());
    } catch (SinkException failure) {
      if (failure.code() == ErrorCode.TOPIC_RECREATED) {
        return Optional.empty();
      }
      throw failure;
    }
    if (!result.whole()) {
      return Optional.empty();
    }
    parts.counters().add(Counters.What.ROWS_LOADED, result.written());
    parts.counters().add(Counters.What.CYCLES_APPLIED, 1);
    return Optional.of(cycle.landing(List.of(), result.rejected()));
  }
}
