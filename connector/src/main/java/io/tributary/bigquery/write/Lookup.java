package io.tributary.bigquery.write;

import io.tributary.bigquery.row.EncodedRow;
import io.tributary.bigquery.row.KeyLiterals;
import io.tributary.bigquery.row.RowLayout;
import io.tributary.bigquery.row.StoredCells;
import io.tributary.bigquery.table.Sql;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.table.TablePlanner;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads from the table what rows lack. Used for tables whose queries see everything that was
 * acknowledged, and never while an earlier change of the same key is on its way.
 */
final class Lookup {
  private static final int MOST_KEYS = 500;

  private final CdcMode.Parts parts;
  private final TableId table;
  private final RowLayout layout;

  Lookup(CdcMode.Parts parts, TableId table, RowLayout layout) {
    this.parts = parts;
    this.table = table;
    this.layout = layout;
  }

  /**
   * What the table has of a key.
   *
   * @param state the columns that were asked for
   * @param position of the change that wrote it; empty when the sink did not
   * @param deleted whether the row is gone at the source
   */
  record Found(EncodedRow state, byte[] position, boolean deleted) {
    /** Whether it may be what the row was before; one that was deleted is another's life. */
    boolean before(StagedRow row) {
      return !beyond(row) && (!deleted || reaches(row));
    }

    /** Whether it was written by the change of this position or a later one. */
    boolean reaches(StagedRow row) {
      return Arrays.compareUnsigned(position, row.position().bytes()) >= 0;
    }

    boolean beyond(StagedRow row) {
      return Arrays.compareUnsigned(position, row.position().bytes()) > 0;
    }
  }

  /** What the table has of the rows' keys, in as few queries as their number allows. */
  Map<ByteBuffer, Found> of(List<StagedRow> rows) {
    Map<ByteBuffer, Found> found = new HashMap<>();
    for (int from = 0; from < rows.size(); from += MOST_KEYS) {
      found.putAll(ask(rows.subList(from, Math.min(from + MOST_KEYS, rows.size()))));
    }
    return found;
  }

  private Map<ByteBuffer, Found> ask(List<StagedRow> rows) {
    Set<String> lacking = new TreeSet<>();
    rows.forEach(row -> lacking.addAll(row.unavailable()));
    List<String> key = List.copyOf(KeyLiterals.of(rows.get(0).row().key(), layout).keySet());
    List<String> columns = List.copyOf(lacking);
    List<String> selected = new ArrayList<>(key);
    selected.addAll(columns);
    parts.counters().add(Counters.What.LOOKUPS, 1);
    List<List<String>> answer =
        parts.patience().ask("read " + table, () -> parts.warehouse().read(query(selected, rows)));
    StoredCells cells = new StoredCells(layout);
    Map<ByteBuffer, Found> found = new HashMap<>();
    for (List<String> row : answer) {
      String position = row.get(0);
      byte[] keyBytes = cells.key(key, row.subList(2, 2 + key.size()));
      found.put(
          ByteBuffer.wrap(keyBytes),
          new Found(
              cells.state(keyBytes, columns, row.subList(2 + key.size(), row.size())),
              position == null ? new byte[0] : HexFormat.of().parseHex(position),
              StagedRow.Op.DELETE.letter().equals(row.get(1))));
    }
    return found;
  }

  private String query(List<String> columns, List<StagedRow> rows) {
    String keys =
        rows.stream()
            .map(row -> KeyLiterals.of(row.row().key(), layout))
            .map(
                literals ->
                    literals.entrySet().stream()
                        .map(cell -> Sql.name(cell.getKey()) + " = " + cell.getValue())
                        .collect(Collectors.joining(" AND ", "(", ")")))
            .distinct()
            .collect(Collectors.joining(" OR "));
    return "SELECT TO_HEX("
        + TablePlanner.METADATA
        + ".position), "
        + TablePlanner.METADATA
        + ".operation, "
        + columns.stream().map(Sql::name).collect(Collectors.joining(", "))
        + " FROM "
        + Sql.name(table)
        + " WHERE "
        + keys;
  }
}
