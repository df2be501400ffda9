package io.tributary.bigquery.write;

import io.tributary.bigquery.change.RowChange;
import io.tributary.bigquery.change.RowChange.Move;
import io.tributary.bigquery.change.SourcePosition;
import io.tributary.bigquery.change.Truncate;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.offset.RecordPosition;
import io.tributary.bigquery.row.EncodedRow;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A row on its way into the staging table.
 *
 * @param op what it asks for
 * @param row the encoded columns; null for a truncate
 * @param link what the halves of a key change share, or null
 * @param told what the change tells of its origin
 * @param at the record that the row stands for
 * @param absorbed the last of the earlier records of the same key whose values the row has taken
 *     over, or null; while the row waits, so do they
 * @param since when the record was first offered, in milliseconds of {@link AwakeTime}
 * @param handle the way back to the record
 */
record StagedRow(
    Op op,
    EncodedRow row,
    SourcePosition position,
    Move move,
    byte[] link,
    Told told,
    RecordPosition at,
    Absorbed absorbed,
    long since,
    Handle handle) {
  /** Bytes of columns that fit into a request beside the sink's own; the service takes 10 MB. */
  static final int LARGEST = 9_900_000;

  /** Accounted for every row beside its bytes. */
  private static final int OVERHEAD = 256;

  /**
   * What a change tells of its origin.
   *
   * @param operation the source's own letter for it
   * @param transaction the source's name for the transaction, or null
   * @param sourceTimeMicros microseconds since the epoch, or null
   * @param kafkaTimeMillis milliseconds since the epoch, or null
   */
  record Told(String operation, String transaction, Long sourceTimeMicros, Long kafkaTimeMillis) {}

  /**
   * An earlier record whose values a row has taken over.
   *
   * @param before the one before it, or null
   */
  record Absorbed(RecordPosition at, Handle handle, Absorbed before) {}

  /** What a staged row asks for, and how the staging table spells it. */
  enum Op {
    UPSERT("u"),
    DELETE("d"),
    TRUNCATE("t");

    private final String letter;

    Op(String letter) {
      this.letter = letter;
    }

    String letter() {
      return letter;
    }
  }

  /** A change of one row, encoded. */
  static StagedRow of(RowChange change, EncodedRow row, long nowMillis, Handle handle) {
    return new StagedRow(
        change.isDelete() ? Op.DELETE : Op.UPSERT,
        row,
        change.position(),
        change.move(),
        change.link(),
        new Told(
            change.operation(),
            change.transaction(),
            change.sourceTimeMicros(),
            change.kafkaTimeMillis()),
        change.at(),
        null,
        nowMillis,
        handle);
  }

  static StagedRow of(Truncate truncate, long nowMillis, Handle handle) {
    return new StagedRow(
        Op.TRUNCATE,
        null,
        truncate.position(),
        Move.NONE,
        null,
        new Told(
            "t", truncate.transaction(), truncate.sourceTimeMicros(), truncate.kafkaTimeMillis()),
        truncate.at(),
        null,
        nowMillis,
        handle);
  }

  /** The row's key for comparison; null for a truncate. */
  ByteBuffer key() {
    return row == null ? null : ByteBuffer.wrap(row.key());
  }

  /**
   * Sets every record aside that the row stands for.
   *
   * @param settled is told of those that were
   */
  void deadLetter(SinkException reason, Consumer<RecordPosition> settled) {
    each(
        (one, way) -> {
          if (way.deadLetter(reason)) {
            settled.accept(one);
          }
        });
  }

  /** Tells of every record that the row stands for. */
  void each(BiConsumer<RecordPosition, Handle> consumer) {
    for (Absorbed earlier = absorbed; earlier != null; earlier = earlier.before()) {
      consumer.accept(earlier.at(), earlier.handle());
    }
    consumer.accept(at, handle);
  }

  List<String> unavailable() {
    return row == null ? List.of() : row.unavailable();
  }

  /**
   * Whether its state has to be looked up elsewhere, so that the fold may have to leave it for
   * later.
   */
  boolean dependent() {
    return !unavailable().isEmpty() || move == Move.AWAY;
  }

  /**
   * This row with what an earlier one of its key knew, standing for the earlier one's records as
   * well.
   */
  StagedRow inheriting(StagedRow earlier, EncodedRow completed) {
    Absorbed both = new Absorbed(earlier.at, earlier.handle, earlier.absorbed);
    return new StagedRow(op, completed, position, move, link, told, at, both, since, handle);
  }

  /** This row with more of its columns. */
  StagedRow withRow(EncodedRow completed) {
    return new StagedRow(op, completed, position, move, link, told, at, absorbed, since, handle);
  }

  /** A delete as a row that stays as it was. */
  StagedRow staying() {
    Told deleted =
        new Told(
            Op.DELETE.letter(),
            told.transaction(),
            told.sourceTimeMicros(),
            told.kafkaTimeMillis());
    return new StagedRow(
        Op.UPSERT, row, position, move, link, deleted, at, absorbed, since, handle);
  }

  /** About how much heap is held by the records that it stands for, in bytes. */
  long held() {
    long sum = handle.bytes();
    for (Absorbed earlier = absorbed; earlier != null; earlier = earlier.before()) {
      sum += earlier.handle().bytes();
    }
    return sum;
  }

  /** A row is itself alone; what it stands for may be a chain too long to be compared. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  long bytes() {
    return OVERHEAD + (row == null ? 0 : (long) row.columns().length + row.key().length);
  }
}
