package io.tributary.bigquery.connect;

import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.write.Handle;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Sets bad records aside through Connect's reporter, one by one; without one, a bad record stops
 * the task.
 */
final class ErrantRecords {
  private final ErrantRecordReporter reporter;

  /**
   * @param reporter null when the connector has no dead letter queue and no error log
   */
  ErrantRecords(ErrantRecordReporter reporter) {
    this.reporter = reporter;
  }

  /**
   * Connect itself waits for the reports before it commits offsets, and stops the task if one
   * failed.
   */
  @SuppressWarnings("FutureReturnValueIgnored")
  void report(SinkRecord record, SinkException reason) {
    if (reporter == null) {
      throw new SinkException(
          ErrorCode.REPORTER_MISSING,
          "Record "
              + record.originalTopic()
              + "-"
              + record.originalKafkaPartition()
              + "@"
              + record.originalKafkaOffset()
              + " is bad and there is no dead letter queue.",
          reason);
    }
    reporter.report(record, reason);
  }

  /** The way back to one record, which is set aside once, however many tables refuse it. */
  static final class Once implements Handle {
    private final ErrantRecords errant;
    private final SinkRecord record;
    private final long bytes;
    private boolean reported;

    Once(ErrantRecords errant, SinkRecord record) {
      this.errant = errant;
      this.record = record;
      this.bytes = HeldBytes.of(record);
    }

    @Override
    public long bytes() {
      return bytes;
    }

    @Override
    public void deadLetter(SinkException reason) {
      if (!reported) {
        errant.report(record, reason);
        reported = true;
      }
    }
  }
}
