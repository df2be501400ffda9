package io.tributary.bigquery.change;

import io.tributary.bigquery.offset.RecordPosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The marks that were loaded and those met since. For a single thread. */
public final class InMemorySnapshotMarks implements SnapshotMarks {
  private record Place(Mark.Kind kind, long epoch, String topic, int partition) {
    static Place of(Mark.Kind kind, long epoch, RecordPosition at) {
      return new Place(kind, epoch, at.topic(), at.partition());
    }
  }

  private final Map<Place, TreeMap<Long, Mark>> byOffset = new HashMap<>();
  private final List<Mark> unsaved = new ArrayList<>();

  @Override
  public Mark at(Mark.Kind kind, long epoch, RecordPosition at) {
    TreeMap<Long, Mark> marks = byOffset.get(Place.of(kind, epoch, at));
    Map.Entry<Long, Mark> mark = marks == null ? null : marks.floorEntry(at.offset());
    return mark == null ? null : mark.getValue();
  }

  @Override
  public void note(Mark mark) {
    keep(mark);
    unsaved.add(mark);
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

  /**
   * Along the offsets of a partition positions only rise. They would not when a topic was created
   * anew and its offsets began again; then the mark that had come further holds.
   */
  private void keep(Mark mark) {
    TreeMap<Long, Mark> marks =
        byOffset.computeIfAbsent(
            Place.of(mark.kind(), mark.epoch(), mark.at()), place -> new TreeMap<>());
    Map.Entry<Long, Mark> before = marks.floorEntry(mark.at().offset());
    if (before != null && !further(mark, before.getValue())) {
      return;
    }
    if (mark.kind() == Mark.Kind.STREAM) {
      thin(marks, mark.at().offset());
    }
    marks.tailMap(mark.at().offset(), true).values().removeIf(later -> !further(later, mark));
    marks.put(mark.at().offset(), mark);
  }

  /** Of how far a stream had come, the first note of each day stays, and the last one. */
  private static void thin(NavigableMap<Long, Mark> marks, long end) {
    Map.Entry<Long, Mark> last = marks.lowerEntry(end);
    Map.Entry<Long, Mark> before = last == null ? null : marks.lowerEntry(last.getKey());
    if (before != null && before.getValue().day() == last.getValue().day()) {
      marks.remove(last.getKey());
    }
  }

  private static boolean further(Mark one, Mark other) {
    return Long.compareUnsigned(one.position(), other.position()) > 0;
  }
}
