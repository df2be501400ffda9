package io.tributary.bigquery.write;

import com.google.protobuf.ByteString;
import io.tributary.bigquery.row.EncodedRow;
import io.tributary.bigquery.row.RowLayout;
import io.tributary.bigquery.row.StoredCells;
import io.tributary.bigquery.row.Transfer;
import io.tributary.bigquery.table.Sql;
import io.tributary.bigquery.table.StagedColumns;
import io.tributary.bigquery.table.StagingTable;
import io.tributary.bigquery.table.TableId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The last states of rows that left their keys, for the task that has the row's arrival: in the
 * staging table of their destination, which guards its columns alike and forgets after a while, and
 * in the form in which mode {@code merge} keeps them there.
 */
final class DepartureLog {
  private static final String KIND = "departure";
  private static final int EPOCH = Long.BYTES;
  private static final int MOST_LINKS = 500;

  private final CdcMode.Parts parts;
  private final TableId table;

  DepartureLog(CdcMode.Parts parts, TableId table) {
    this.parts = parts;
    this.table = table;
  }

  /** A state, and the layout that it is encoded for. */
  record Departure(StagedRow row, EncodedRow state, RowLayout layout) {}

  /** Returns when every task can read them. Writing one twice does no harm. */
  void write(List<Departure> departures) throws InterruptedException {
    if (departures.isEmpty()) {
      return;
    }
    RowLayout staged = staged();
    Map<RowLayout, Transfer> transfers = new HashMap<>();
    List<ByteString> rows = new ArrayList<>();
    for (Departure each : departures) {
      Transfer transfer =
          transfers.computeIfAbsent(each.layout(), layout -> new Transfer(layout, staged));
      rows.add(encode(each.row(), transfer.of(each.state()), staged));
    }
    new RowSender(parts, parts.tables().staging(table), staged, rows).send();
    parts.counters().add(Counters.What.DEPARTURES_LEFT, rows.size());
  }

  private RowLayout staged() {
    return RowLayout.of(StagingTable.METADATA, parts.tables().current(table).staged());
  }

  private ByteString encode(StagedRow row, EncodedRow state, RowLayout staged) {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, parts.clock().instant());
    return Message.of(
        state.columns().length,
        out -> {
          out.writeString(staged.fieldNumber(StagingTable.KIND), KIND);
          out.writeInt64(staged.fieldNumber(StagingTable.STAGED_AT), now);
          out.writeByteArray(staged.fieldNumber(StagingTable.POSITION), row.position().bytes());
          out.writeByteArray(staged.fieldNumber(StagingTable.LINK), row.link());
          for (String column : state.unavailable()) {
            out.writeString(
                staged.fieldNumber(StagingTable.UNAVAILABLE), column.toLowerCase(Locale.ROOT));
          }
          out.writeRawBytes(state.columns());
        });
  }

  /** The states of rows that have arrived without some columns, as far as they lack them. */
  Map<StagedRow, EncodedRow> read(List<StagedRow> arrived, RowLayout layout) {
    RowLayout staged = staged();
    Transfer transfer = new Transfer(staged, layout);
    Set<String> lacking = new TreeSet<>();
    arrived.forEach(row -> lacking.addAll(row.unavailable()));
    List<String> columns = lacking.stream().filter(transfer::carries).toList();
    Map<StagedRow, EncodedRow> found = new HashMap<>();
    for (int from = 0; from < arrived.size(); from += MOST_LINKS) {
      Map<String, StagedRow> byLink = new HashMap<>();
      arrived
          .subList(from, Math.min(from + MOST_LINKS, arrived.size()))
          .forEach(row -> byLink.put(HexFormat.of().formatHex(row.link()), row));
      for (List<String> cells : ask(query(columns, staged.staged(), byLink.keySet()))) {
        StagedRow row = byLink.get(cells.get(0));
        if (sameEpoch(row, HexFormat.of().parseHex(cells.get(1)))) {
          found.merge(row, state(columns, cells, layout), DepartureLog::fuller);
        }
      }
    }
    parts.counters().add(Counters.What.DEPARTURES_FOUND, found.size());
    return found;
  }

  private List<List<String>> ask(String query) {
    return parts.patience().ask("read departures of " + table, () -> parts.warehouse().read(query));
  }

  private String query(List<String> columns, StagedColumns staged, Set<String> links) {
    Map<String, String> wires = new HashMap<>();
    staged
        .places()
        .forEach(
            place ->
                wires.put(place.column().name().toLowerCase(Locale.ROOT), place.wire().name()));
    return "SELECT TO_HEX("
        + StagingTable.LINK
        + "), TO_HEX("
        + StagingTable.POSITION
        + "), ARRAY_TO_STRING("
        + StagingTable.UNAVAILABLE
        + ", ',')"
        + columns.stream()
            .map(column -> ", " + Sql.name(wires.get(column.toLowerCase(Locale.ROOT))))
            .collect(Collectors.joining())
        + " FROM "
        + Sql.name(parts.tables().staging(table))
        + " WHERE "
        + StagingTable.KIND
        + " = "
        + Sql.text(KIND)
        + " AND "
        + StagingTable.LINK
        + " IN ("
        + links.stream().map(link -> "FROM_HEX('" + link + "')").collect(Collectors.joining(", "))
        + ")";
  }

  private static boolean sameEpoch(StagedRow row, byte[] position) {
    return Arrays.equals(row.position().bytes(), 0, EPOCH, position, 0, EPOCH);
  }

  /** What was not asked for counts as unavailable too. */
  private static EncodedRow state(List<String> columns, List<String> cells, RowLayout layout) {
    Set<String> left = new HashSet<>(Arrays.asList(cells.get(2).split(",", -1)));
    List<String> known = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (!left.contains(columns.get(i).toLowerCase(Locale.ROOT))) {
        known.add(columns.get(i));
        values.add(cells.get(3 + i));
      }
    }
    EncodedRow state = new StoredCells(layout).state(new byte[0], known, values);
    known.removeAll(state.unavailable());
    List<String> unavailable =
        layout.columns().stream()
            .map(column -> column.name())
            .filter(name -> known.stream().noneMatch(name::equalsIgnoreCase))
            .toList();
    return new EncodedRow(state.key(), state.columns(), unavailable);
  }

  private static EncodedRow fuller(EncodedRow one, EncodedRow other) {
    return other.unavailable().size() < one.unavailable().size() ? other : one;
  }
}
