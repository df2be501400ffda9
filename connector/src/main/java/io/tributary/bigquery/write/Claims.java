package io.tributary.bigquery.write;

import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.write.StreamLog.Entry;
import io.tributary.bigquery.write.StreamLog.Partition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Who may write a partition's changes to one table of changes.
 *
 * <p>A lane claims a partition by an entry in the log, then ends the streams by which others write
 * it, and only then looks which of its rows are in the table. It records each stream before it
 * fills it, and looks for a later claim in between. So of two lanes that both believe a partition
 * to be theirs, one sees the other: either the stream is known to the claimant, who ends it, or the
 * claim is known to the one with the stream, who gives it up. One that was outdone claims anew,
 * which is safe at any time. Used by one flight at a time.
 */
final class Claims {
  private static final Comparator<Entry> STRENGTH =
      Comparator.comparingLong(Entry::number).thenComparing(Entry::owner);

  private final TableId table;
  private final StreamLog log;
  private final Staging staging;
  private final Written written;
  private final String owner = UUID.randomUUID().toString();
  private final Map<Partition, Written.Mark> held = new HashMap<>();
  private final Set<String> ended = new HashSet<>();
  private long streams;

  Claims(TableId table, StreamLog log, Staging staging, Written written) {
    this.table = table;
    this.log = log;
    this.staging = staging;
    this.written = written;
  }

  /** The rows that are not in the table; nobody else can bring them there any more. */
  List<StagedRow> claim(List<StagedRow> rows) throws InterruptedException {
    Set<Partition> wanted = partitions(rows);
    wanted.removeAll(held.keySet());
    if (!wanted.isEmpty()) {
      Set<Partition> won = wanted;
      List<Entry> entries;
      do {
        log.write(table, bids(won, log.read(table)));
        entries = log.read(table);
        won = lost(won, entries);
      } while (!won.isEmpty());
      endOthers(wanted, entries);
      held.putAll(written.marks(table, wanted));
    }
    return written.without(table, rows, held);
  }

  private List<Entry> bids(Set<Partition> wanted, List<Entry> entries) {
    List<Entry> bids = new ArrayList<>();
    for (Partition partition : wanted) {
      long highest = claims(partition, entries).stream().mapToLong(Entry::number).max().orElse(0);
      bids.add(new Entry(partition, owner, highest + 1, null));
    }
    return bids;
  }

  /** Partitions whose strongest claim is somebody else's. */
  private Set<Partition> lost(Set<Partition> partitions, List<Entry> entries) {
    return partitions.stream()
        .filter(
            partition ->
                claims(partition, entries).stream()
                    .max(STRENGTH)
                    .filter(claim -> claim.owner().equals(owner))
                    .isEmpty())
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static List<Entry> claims(Partition partition, List<Entry> entries) {
    return entries.stream()
        .filter(entry -> entry.stream() == null && entry.partition().equals(partition))
        .toList();
  }

  private void endOthers(Set<Partition> partitions, List<Entry> entries)
      throws InterruptedException {
    Set<String> theirs = new TreeSet<>();
    for (Entry entry : entries) {
      if (entry.stream() != null
          && !entry.owner().equals(owner)
          && partitions.contains(entry.partition())) {
        theirs.add(entry.stream());
      }
    }
    for (String stream : theirs) {
      if (!ended.contains(stream)) {
        staging.finish(table, stream);
        ended.add(stream);
      }
    }
  }

  /**
   * Tells everybody of a stream before it is filled.
   *
   * @return false when somebody else has claimed a partition since; the stream must not be used
   */
  boolean record(String stream, List<StagedRow> rows) {
    Set<Partition> partitions = partitions(rows);
    long number = ++streams;
    log.write(
        table,
        partitions.stream().map(partition -> new Entry(partition, owner, number, stream)).toList());
    Set<Partition> lost = lost(partitions, log.read(table));
    held.keySet().removeAll(lost);
    return lost.isEmpty();
  }

  /** Their stream was ended before it held them all; what it held is in the table. */
  void forget(List<StagedRow> rows) {
    held.keySet().removeAll(partitions(rows));
  }

  /** The rows are in the table now. */
  void written(List<StagedRow> rows) {
    for (StagedRow row : rows) {
      held.compute(Partition.of(row), (partition, mark) -> mark.raised(row));
    }
  }

  private static Set<Partition> partitions(List<StagedRow> rows) {
    return rows.stream().map(Partition::of).collect(Collectors.toCollection(HashSet::new));
  }
}
