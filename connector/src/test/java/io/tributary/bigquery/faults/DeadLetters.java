package io.tributary.bigquery.faults;

import com.google.common.base.Throwables;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;

/** A dead letter queue. Connect waits for its reports before it commits. */
final class DeadLetters implements ErrantRecordReporter {
  private final List<SinkRecord> letters = new ArrayList<>();
  private final List<Throwable> reasons = new ArrayList<>();
  private final List<Future<Void>> reports = new ArrayList<>();
  private int failures;

  /** The next reports get lost, so many of them. */
  void fail(int times) {
    failures = times;
  }

  @Override
  public Future<Void> report(SinkRecord each, Throwable reason) {
    if (failures > 0) {
      failures--;
      reports.add(CompletableFuture.failedFuture(new ConnectException("The producer failed.")));
    } else {
      letters.add(each);
      reasons.add(reason);
      reports.add(CompletableFuture.completedFuture(null));
    }
    return reports.get(reports.size() - 1);
  }

  /** How many reports are yet to be lost. */
  int failing() {
    return failures;
  }

  /** Throws when a report failed. */
  void await() {
    List<Future<Void>> all = List.copyOf(reports);
    reports.clear();
    for (Future<Void> report : all) {
      if (((CompletableFuture<Void>) report).isCompletedExceptionally()) {
        throw new ConnectException("A report to the dead letter queue failed.");
      }
    }
  }

  List<At> places() {
    return letters.stream().map(At::of).toList();
  }

  List<String> reasons() {
    return reasons.stream().map(Throwable::getMessage).toList();
  }

  /** The reasons with all their causes, as a header of a letter has them. */
  List<String> traces() {
    return reasons.stream().map(Throwables::getStackTraceAsString).toList();
  }
}
