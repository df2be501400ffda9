package io.tributary.bigquery.write;

import com.google.protobuf.ByteString;
import io.tributary.bigquery.config.WriteSettings;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.offset.RecordPosition;
import io.tributary.bigquery.table.Fitted;
import io.tributary.bigquery.table.Sql;
import io.tributary.bigquery.table.StagingTable;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.table.TableSchema;
import io.tributary.bigquery.table.Tables;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The way of one cycle: sealed in the staging table, folded by a chain job, and what is known of it
 * afterwards.
 */
final class MergeFlight {
  /** Scripts look this far back for cycles of other tasks. */
  private static final Duration REACH = Duration.ofHours(2);

  /** Staged rows live for two hours at least, counted from the begin of the hour. */
  private static final Duration LONGEST_STAGED = Duration.ofHours(1);

  private final MergeMode mode;
  private final Cycle cycle;
  private final MergeMode.Parts parts;
  private final String id = UUID.randomUUID().toString();

  MergeFlight(MergeMode mode, Cycle cycle, MergeMode.Parts parts) {
    this.mode = mode;
    this.cycle = cycle;
    this.parts = parts;
  }

  Landing fly() throws InterruptedException {
    parts.snapshots().save();
    Map<StagedRow, SinkException> rejected = new LinkedHashMap<>();
    Sealed sealed = apply(rejected);
    parts.counters().add(Counters.What.CYCLES_APPLIED, 1);
    List<StagedRow> again = new ArrayList<>();
    for (StagedRow row : unresolved(sealed)) {
      if (stillWaits(row)) {
        parts.counters().add(Counters.What.ROWS_WAITING_AGAIN, 1);
        again.add(row);
      } else if (row.op() != StagedRow.Op.DELETE) {
        rejected.put(row, incomplete(row));
      }
    }
    return cycle.landing(again, rejected);
  }

  /**
   * Seals the cycle and has it folded. Staged rows expire: if that took very long, or the machine
   * slept, a job may not have found them. Doing both again changes nothing that was done.
   *
   * @param rejected receives the rows that BigQuery rejects, with its reasons
   */
  private Sealed apply(Map<StagedRow, SinkException> rejected) throws InterruptedException {
    while (true) {
      Instant begin = parts.clock().instant();
      Sealed sealed = seal(rejected);
      parts.counters().add(Counters.What.ROWS_STAGED, sealed.rows().size());
      if (sealed.rows().isEmpty() || isForLater(sealed.rows())) {
        return sealed;
      }
      mode.chain().apply(() -> script(sealed.at()), Chain.Work.FOLD, parts.clock()::instant);
      boolean inTime = !parts.clock().instant().isAfter(begin.plus(LONGEST_STAGED));
      if (inTime || !marks("1", "applied", sealed.at()).isEmpty()) {
        return sealed;
      }
    }
  }

  /** Whether there is no table yet, and nothing that would make it: what is staged is enough. */
  private boolean isForLater(List<StagedRow> rows) {
    return bare()
        && rows.stream().noneMatch(row -> row.op() == StagedRow.Op.UPSERT)
        && parts.tables().existing(mode.table()).isEmpty();
  }

  private boolean stillWaits(StagedRow row) {
    long waited = parts.awake().millis() - row.since();
    return waited < parts.settings().incompleteWait().toMillis();
  }

  /**
   * Why a row is set aside whose missing columns nobody brought in time. The delete half of a key
   * change has been applied anyway.
   */
  private SinkException incomplete(StagedRow row) {
    SinkException reason =
        new SinkException(
            ErrorCode.ROW_INCOMPLETE,
            "Record "
                + row.at()
                + " of "
                + mode.table()
                + " lacks columns "
                + row.unavailable()
                + ".");
    if (parts.settings().incomplete() == WriteSettings.Incomplete.FAIL && row.handle().ours()) {
      throw reason;
    }
    return reason;
  }

  /**
   * Rows that are in the staging table.
   *
   * @param at their time there, by BigQuery's clock
   */
  private record Sealed(List<StagedRow> rows, Instant at) {}

  /**
   * Seals the cycle without the rows that BigQuery rejects.
   *
   * @param rejected receives these rows, with its reasons
   */
  private Sealed seal(Map<StagedRow, SinkException> rejected) throws InterruptedException {
    Cycle sealing = cycle;
    while (true) {
      List<StagedRow> rows = sealing.rows();
      if (rows.isEmpty()) {
        return new Sealed(rows, Instant.EPOCH);
      }
      Staging.Sealed sealed =
          parts.staging().commit(mode.staging(), cycle.layout(), at -> encode(rows, at));
      if (sealed.rejected().isEmpty()) {
        return new Sealed(rows, sealed.at());
      }
      Map<StagedRow, String> refused = new HashMap<>();
      sealed.rejected().forEach((index, reason) -> refused.put(rows.get(index), reason));
      for (StagedRow row : sealing.asOffered(refused.keySet())) {
        rejected.put(
            row, new SinkException(ErrorCode.ROW_REJECTED, mode.table() + ": " + refused.get(row)));
      }
      sealing = sealing.without(refused.keySet());
    }
  }

  /**
   * Whether the cycle was begun before its table was there: it holds deletes and truncates alone,
   * which then have nothing to do but to stay in the staging table for rows that come late.
   */
  private boolean bare() {
    return mode.isTableless(cycle.layout());
  }

  private List<ByteString> encode(List<StagedRow> rows, Instant stagedAt) {
    StagedBytes bytes =
        new StagedBytes(cycle.layout(), id, ChronoUnit.MICROS.between(Instant.EPOCH, stagedAt));
    List<ByteString> encoded = new ArrayList<>(rows.size());
    rows.forEach(row -> encoded.add(bytes.of(row)));
    if (bare()) {
      rows.stream()
          .filter(row -> row.op() != StagedRow.Op.UPSERT)
          .forEach(row -> encoded.add(bytes.memory(row)));
    }
    return encoded;
  }

  private String script(Instant stagedAt) {
    Fitted now = parts.tables().current(mode.table());
    // its values would be lost without a word
    Tables.refuseDropped(now.schema(), cycle.layout().columns());
    refuseOtherKey(now.schema());
    return new FoldScript(
            now.schema(),
            now.staging(),
            stagedAt.minus(REACH).truncatedTo(ChronoUnit.HOURS),
            parts.tables().options(mode.table()))
        .text();
  }

  private void refuseOtherKey(TableSchema schema) {
    String wanted = String.join(", ", mode.key());
    String declared = String.join(", ", schema.primaryKey());
    if (!wanted.isEmpty() && !declared.equalsIgnoreCase(wanted)) {
      throw new SinkException(
          ErrorCode.TABLE_UNFIT,
          "Table "
              + schema.id()
              + " now has the primary key ("
              + declared
              + "), the source has ("
              + wanted
              + ").");
    }
  }

  /**
   * Rows that the fold left aside; asked for only when the cycle holds rows that depend on others.
   */
  private List<StagedRow> unresolved(Sealed sealed) {
    List<StagedRow> dependent = sealed.rows().stream().filter(StagedRow::dependent).toList();
    if (dependent.isEmpty()) {
      return List.of();
    }
    String place =
        String.join(", ", StagingTable.TOPIC, StagingTable.PARTITION, StagingTable.OFFSET);
    Set<RecordPosition> named = new HashSet<>();
    for (List<String> cells : marks(place, "unresolved", sealed.at())) {
      named.add(
          new RecordPosition(
              cells.get(0), Integer.parseInt(cells.get(1)), Long.parseLong(cells.get(2))));
    }
    return dependent.stream().filter(row -> named.contains(row.at())).toList();
  }

  /** What jobs have noted of the cycle. */
  private List<List<String>> marks(String columns, String kind, Instant stagedAt) {
    TableId staging = mode.staging();
    String query =
        "SELECT DISTINCT "
            + columns
            + " FROM "
            + Sql.name(staging)
            + " WHERE "
            + StagingTable.KIND
            + " = "
            + Sql.text(kind)
            + " AND "
            + StagingTable.CYCLE
            + " = "
            + Sql.text(id)
            + " AND "
            + StagingTable.STAGED_AT
            + " >= TIMESTAMP "
            + Sql.text(stagedAt.minus(REACH).truncatedTo(ChronoUnit.HOURS).toString());
    return parts.patience().ask("read " + staging, () -> parts.warehouse().read(query));
  }
}
