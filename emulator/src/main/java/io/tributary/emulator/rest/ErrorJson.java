package io.tributary.emulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.faults.Failure;
import io.tributary.emulator.jobs.JobError;

/** Errors in Google's shape. */
final class ErrorJson {
  private ErrorJson() {}

  static Answer answer(BigQueryError error) {
    return answer(error.httpStatus(), error.reason(), error.location(), error.getMessage());
  }

  static Answer answer(JobError error) {
    return answer(error.httpStatus(), error.reason(), error.location(), error.message());
  }

  static Answer answer(Failure failure) {
    Answer answer = answer(failure.httpStatus(), failure.reason(), null, failure.message());
    return new Answer(answer.status(), answer.body(), failure.retryAfterSeconds());
  }

  /** The error of a job, as its status carries it. */
  static ObjectNode proto(JobError error) {
    ObjectNode proto = Json.object().put("reason", error.reason());
    if (error.location() != null) {
      proto.put("location", error.location());
    }
    return proto.put("message", error.message());
  }

  private static Answer answer(int status, String reason, String location, String message) {
    int code = status < 400 ? 400 : status;
    ObjectNode detail =
        Json.object().put("message", message).put("domain", "global").put("reason", reason);
    if (location != null) {
      detail.put("location", location).put("locationType", "parameter");
    }
    ObjectNode error = Json.object().put("code", code).put("message", message);
    error.set("errors", Json.array().add(detail));
    error.put("status", statusName(code));
    ObjectNode body = Json.object();
    body.set("error", error);
    return new Answer(code, body);
  }

  private static String statusName(int status) {
    return switch (status) {
      case 400 -> "INVALID_ARGUMENT";
      case 401 -> "UNAUTHENTICATED";
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 409 -> "ALREADY_EXISTS";
      case 412 -> "FAILED_PRECONDITION";
      case 501 -> "UNIMPLEMENTED";
      case 503 -> "UNAVAILABLE";
      default -> "INTERNAL";
    };
  }
}
