package io.tributary.bigquery.faults;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.connect.sink.SinkRecord;

/** What the topics say, in the order of the source's log. */
public final class Fold {
  private final List<Event> events = new ArrayList<>();

  /**
   * @param topics records of any topics, in any order
   * @param poison where the records stand that no table takes
   */
  public Fold(List<SinkRecord> topics, Set<At> poison) {
    topics.stream()
        .filter(each -> !poison.contains(At.of(each)))
        .map(Event::of)
        .flatMap(Optional::stream)
        .forEach(events::add);
    // of one transaction's two halves of a key change the delete comes first
    events.sort(Comparator.comparingLong(Event::place).thenComparing(event -> event.op() != 'd'));
  }

  /** The changes in order. */
  public List<Event> events() {
    return events;
  }

  /** The rows after all these changes. */
  Map<Long, Row> rows() {
    Map<Long, Row> rows = new TreeMap<>();
    Map<Long, Row> left = new HashMap<>();
    for (Event event : events) {
      if (event.op() == 't') {
        rows.clear();
      } else if (event.op() == 'd') {
        Row gone = rows.remove(event.id());
        if (gone != null) {
          left.put(event.place(), gone);
        }
      } else {
        Row before = rows.getOrDefault(event.id(), left.get(event.place()));
        String big = event.unavailable() && before != null ? before.big() : event.big();
        rows.put(event.id(), new Row(event.id(), event.place(), big));
      }
    }
    return rows;
  }

  /** The last change of each key among some records: what a table must show at least. */
  Map<Long, Event> last(Predicate<At> among) {
    Map<Long, Event> last = new HashMap<>();
    for (Event event : events) {
      if (!among.test(event.at())) {
        continue;
      }
      if (event.op() == 't') {
        last.replaceAll((id, before) -> event);
      } else {
        last.put(event.id(), event);
      }
    }
    return last;
  }

  /** Whether a key's row may be gone because of a change behind this place. */
  boolean removedBehind(long id, long place) {
    return events.stream().anyMatch(event -> event.place() > place && event.removes(id));
  }
}
