package io.tributary.bigquery.connect;

import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.offset.Tenure;
import io.tributary.bigquery.write.Counters;
import io.tributary.bigquery.write.Handle;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Sets bad records aside through Connect's reporter, one by one; without one, a bad record stops
 * the task.
 */
final class ErrantRecords {
  private final ErrantRecordReporter reporter;
  private final Counters counters;

  /**
   * @param reporter null when the connector has no dead letter queue and no error log
   */
  ErrantRecords(ErrantRecordReporter reporter, Counters counters) {
    this.reporter = reporter;
    this.counters = counters;
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
    counters.add(Counters.What.DEAD_LETTERS, 1);
  }

  /**
   * The way back to one record, which is set aside once, however many tables refuse it, and only
   * while its partition stays: the next owner may know what this one lacks.
   */
  static final class Once implements Handle {
    private final ErrantRecords errant;
    private final SinkRecord record;
    private final Tenure tenure;
    private final long bytes;
    private boolean reported;

    Once(ErrantRecords errant, SinkRecord record, Tenure tenure) {
      this.errant = errant;
      this.record = record;
      this.tenure = tenure;
      this.bytes = HeldBytes.of(record);
    }

    @Override
    public long bytes() {
      return bytes;
    }

    @Override
    public boolean ours() {
      return tenure.lasts();
    }

    @Override
    public boolean deadLetter(SinkException reason) {
      if (!reported && ours()) {
        errant.report(record, reason);
        reported = true;
      }
      return reported;
    }
  }
}
