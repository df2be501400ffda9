package io.tributary.emulator.limits;

import io.tributary.emulator.faults.Call;
import io.tributary.emulator.faults.CallCounts;
import io.tributary.emulator.faults.Faults;
import io.tributary.emulator.faults.InjectedFailure;

/**
 * What every call passes before it has an effect. Thread-safe.
 *
 * @param connections of AppendRows
 * @param requests of the REST API that are being answered
 */
public record CallGate(
    CallCounts counts, QuotaMeter quotas, Faults faults, Places connections, Places requests) {
  /**
   * Counts the call and lets it in.
   *
   * @return what to do once it has taken effect
   * @throws InjectedFailure when a quota or the fault script refuses it
   */
  public Faults.AfterCall enter(Call call) {
    counts.add(call.method());
    quotas.admit(call);
    return faults.enter(call);
  }
}
