package io.tributary.emulator.rest;

import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.engine.Engine;
import io.tributary.emulator.jobs.Jobs;
import io.tributary.emulator.limits.CallGate;
import io.tributary.emulator.write.WriteLog;

/** Makes an emulator as new: without datasets, jobs, faults and memory of calls. */
record Reset(Engine engine, Jobs jobs, CallGate gate, WriteLog log) implements Runnable {
  @Override
  public void run() {
    gate.faults().clear();
    // a job that still runs could make a table again
    jobs.clear();
    for (DatasetDefinition dataset : engine.datasets()) {
      engine.deleteDataset(dataset.ref(), true);
    }
    log.clear();
    gate.counts().clear();
  }
}
