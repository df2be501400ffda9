package io.tributary.bigquery.change;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The marks that were loaded and those met since. For a single thread. */
public final class InMemorySnapshotMarks implements SnapshotMarks {
  private record Place(String topic, int partition) {}

  private final Map<Place, TreeMap<Long, Long>> lsnByOffset = new HashMap<>();
  private final List<Mark> unsaved = new ArrayList<>();

  @Override
  public OptionalLong at(String topic, int partition, long offset) {
    TreeMap<Long, Long> marks = lsnByOffset.get(new Place(topic, partition));
    Map.Entry<Long, Long> mark = marks == null ? null : marks.floorEntry(offset);
    return mark == null ? OptionalLong.empty() : OptionalLong.of(mark.getValue());
  }

  @Override
  public void note(String topic, int partition, long offset, long lsn) {
    keep(new Mark(topic, partition, offset, lsn));
    unsaved.add(new Mark(topic, partition, offset, lsn));
  }

  /** The marks noted since the last call; the caller saves them. */
  public List<Mark> takeNew() {
    List<Mark> taken = List.copyOf(unsaved);
    unsaved.clear();
    return taken;
  }

  /** Adds saved marks. */
  public void load(List<Mark> saved) {
    saved.forEach(this::keep);
  }

  private void keep(Mark mark) {
    lsnByOffset
        .computeIfAbsent(new Place(mark.topic(), mark.partition()), place -> new TreeMap<>())
        .put(mark.offset(), mark.lsn());
  }
}
