package io.tributary.emulator.histories;

import io.tributary.emulator.histories.Step.Append;
import io.tributary.emulator.histories.Step.AppendAt;
import io.tributary.emulator.histories.Step.AppendUnheard;
import io.tributary.emulator.histories.Step.Change;
import io.tributary.emulator.histories.Step.Commit;
import io.tributary.emulator.histories.Step.Create;
import io.tributary.emulator.histories.Step.Feed;
import io.tributary.emulator.histories.Step.Finalize;
import io.tributary.emulator.histories.Step.Flush;
import io.tributary.emulator.histories.Step.Insert;
import io.tributary.emulator.histories.Step.Kind;
import io.tributary.emulator.histories.Step.Look;
import io.tributary.emulator.histories.Step.Reconnect;
import io.tributary.emulator.histories.Step.Replay;
import io.tributary.emulator.histories.Step.RowChange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** BigQuery as its documentation describes it, for one client that does one thing at a time. */
final class Model implements World {
  private final List<Stream> streams = new ArrayList<>();
  private final List<Long> visible = new ArrayList<>();
  private final List<Sent> sent = new ArrayList<>();
  private final Map<Feed, Map<Integer, Last>> rows = new TreeMap<>();

  private static final class Stream {
    private final Kind kind;
    private final List<Long> ids = new ArrayList<>();
    private int flushed;
    private boolean finalized;
    private boolean committed;

    private Stream(Kind kind) {
      this.kind = kind;
    }
  }

  private record Sent(int number, Change change) {}

  /** The change of a key that counts so far; it deletes where there is no name. */
  private record Last(String sequence, String name) {}

  @Override
  public String take(int number, Step step) {
    if (step instanceof Create create) {
      streams.add(new Stream(create.kind()));
    } else if (step instanceof Insert insert) {
      visible.addAll(World.ids(number, insert.rows()));
    } else if (step instanceof Change change) {
      sent.add(new Sent(number, change));
      change(number, change);
    } else if (step instanceof Replay replay) {
      if (!sent.isEmpty()) {
        Sent again = sent.get(replay.change() % sent.size());
        change(again.number(), again.change());
      }
    } else if (step instanceof Look) {
      return tables().toString();
    } else if (!streams.isEmpty()) {
      return onStreams(number, step);
    }
    return "OK";
  }

  private String onStreams(int number, Step step) {
    if (step instanceof Append append) {
      Stream stream = stream(append.stream());
      return append(stream, stream.ids.size(), World.ids(number, append.rows()));
    } else if (step instanceof AppendAt append) {
      Stream stream = stream(append.stream());
      int offset = Math.max(0, stream.ids.size() - append.back());
      return append(stream, offset, World.ids(number, append.rows()));
    } else if (step instanceof AppendUnheard append) {
      Stream stream = stream(append.stream());
      int offset = stream.ids.size();
      append(stream, offset, World.ids(number, append.rows()));
      return append(stream, offset, World.ids(number, append.rows()));
    } else if (step instanceof Flush flush) {
      return flush(stream(flush.stream()), flush.back());
    } else if (step instanceof Finalize finalize) {
      Stream stream = stream(finalize.stream());
      stream.finalized = true;
      return "OK " + stream.ids.size();
    } else if (step instanceof Commit commit) {
      return commit(commit.streams().stream().map(this::stream).distinct().toList());
    } else if (step instanceof Reconnect) {
      return "OK";
    }
    throw new IllegalArgumentException(step.toString());
  }

  private String append(Stream stream, int offset, List<Long> ids) {
    if (stream.finalized) {
      return "STREAM_FINALIZED";
    }
    if (offset < stream.ids.size()) {
      return "OFFSET_ALREADY_EXISTS";
    }
    if (offset > stream.ids.size()) {
      return "OFFSET_OUT_OF_RANGE";
    }
    stream.ids.addAll(ids);
    if (stream.kind == Kind.COMMITTED) {
      visible.addAll(ids);
    }
    return "OK " + offset;
  }

  private String flush(Stream stream, int back) {
    int offset = Math.max(0, stream.ids.size() - 1 - back);
    if (stream.kind != Kind.BUFFERED || stream.finalized) {
      return "INVALID_ARGUMENT";
    }
    if (offset >= stream.ids.size()) {
      return "OUT_OF_RANGE";
    }
    if (offset < stream.flushed) {
      return "ALREADY_EXISTS";
    }
    visible.addAll(stream.ids.subList(stream.flushed, offset + 1));
    stream.flushed = offset + 1;
    return "OK " + offset;
  }

  private String commit(List<Stream> together) {
    List<String> errors =
        together.stream().map(Model::cannotCommit).filter(e -> !e.isEmpty()).toList();
    if (!errors.isEmpty()) {
      return errors.toString();
    }
    for (Stream stream : together) {
      stream.committed = true;
      visible.addAll(stream.ids);
    }
    return "OK";
  }

  private static String cannotCommit(Stream stream) {
    if (stream.kind != Kind.PENDING) {
      return "INVALID_STREAM_TYPE";
    }
    if (stream.committed) {
      return "STREAM_ALREADY_COMMITTED";
    }
    return stream.finalized ? "" : "INVALID_STREAM_STATE";
  }

  private void change(int number, Change change) {
    Map<Integer, Last> table = rows.computeIfAbsent(change.feed(), feed -> new TreeMap<>());
    for (int i = 0; i < change.rows().size(); i++) {
      RowChange row = change.rows().get(i);
      Last next = new Last(row.sequence(), row.deletes() ? null : World.name(number, i));
      table.merge(row.key(), next, (last, late) -> isOlder(late, last) ? last : late);
    }
  }

  /** Sections compare as unsigned numbers, from left to right; one that is missing is lowest. */
  private static boolean isOlder(Last late, Last last) {
    if (late.sequence() == null) {
      return false;
    }
    List<String> a = List.of(late.sequence().split("/", -1));
    List<String> b = List.of(last.sequence().split("/", -1));
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order =
          Long.compareUnsigned(
              Long.parseUnsignedLong(a.get(i), 16), Long.parseUnsignedLong(b.get(i), 16));
      if (order != 0) {
        return order < 0;
      }
    }
    return a.size() < b.size();
  }

  private Stream stream(int number) {
    return streams.get(number % streams.size());
  }

  @Override
  public List<String> tables() {
    List<String> lines = new ArrayList<>();
    visible.forEach(id -> lines.add(ROWS + " " + id));
    rows.forEach(
        (feed, table) ->
            table.forEach(
                (key, last) -> {
                  if (last.name() != null) {
                    lines.add(feed + " " + key + " " + last.name());
                  }
                }));
    Collections.sort(lines);
    return lines;
  }
}
