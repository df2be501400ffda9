package io.tributary.emulator.jobs;

import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.faults.InjectedFailure;

/** Why a job failed, in Google's terms. */
public record JobError(String reason, String location, String message, int httpStatus) {
  static JobError of(BigQueryError error) {
    return new JobError(error.reason(), error.location(), error.getMessage(), error.httpStatus());
  }

  static JobError of(InjectedFailure failure) {
    return new JobError(
        failure.failure().reason(),
        null,
        failure.failure().message(),
        failure.failure().httpStatus());
  }

  static JobError internal(RuntimeException cause) {
    return new JobError("internalError", null, "The emulator failed to run the job: " + cause, 500);
  }
}
