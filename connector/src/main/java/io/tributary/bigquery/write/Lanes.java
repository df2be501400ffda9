package io.tributary.bigquery.write;

import dev.failsafe.RateLimiter;
import io.tributary.bigquery.change.Change;
import io.tributary.bigquery.change.Ignored;
import io.tributary.bigquery.change.Moved;
import io.tributary.bigquery.change.RowChange;
import io.tributary.bigquery.change.Truncate;
import io.tributary.bigquery.config.WriteSettings;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.offset.RecordPosition;
import io.tributary.bigquery.row.RowCodec;
import io.tributary.bigquery.table.TableId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The lanes of a task. The task's thread offers changes and collects landings; cycles fly on a few
 * threads of their own. Only {@link #close()} may be called from elsewhere.
 */
public final class Lanes implements AutoCloseable {
  private static final long CLOSE_SECONDS = 3;

  private final WriteSettings settings;
  private final Function<TableId, RowCodec> codecs;
  private final Modes modes;
  private final Counters counters;
  private final ExecutorService threads;
  private final Map<TableId, Lane> lanes = new HashMap<>();
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final RateLimiter<Object> streams;
  private final Set<Lane> deferred = new HashSet<>();

  /**
   * @param codecs makes the codec of a table
   * @param threads runs flights; shut down by {@link #close()}
   */
  public Lanes(
      Function<TableId, RowCodec> codecs,
      Modes modes,
      WriteSettings settings,
      Counters counters,
      ExecutorService threads) {
    this.settings = settings;
    this.codecs = codecs;
    this.modes = modes;
    this.counters = counters;
    this.threads = threads;
    this.streams =
        RateLimiter.burstyBuilder(settings.streams(), WriteSettings.STREAMS_PERIOD).build();
  }

  /**
   * A flight that is over.
   *
   * @param landing null when it failed
   * @param failure why the task has to stop, or null
   */
  private record Arrival(Lane lane, Landing landing, SinkException failure) {}

  /** A change that fits its table, ready to be taken. */
  @FunctionalInterface
  public interface Offer {
    /** Takes the change into its table's lane. */
    void take();
  }

  /**
   * A change for a table; throws a bad record's error, and has then kept nothing of it. A truncate
   * may come before its table.
   *
   * @param settled is told when a record is durable and applied there, or dead-lettered; the same
   *     for every change of a table
   */
  public Offer offer(
      Change change, TableId table, Handle handle, Consumer<RecordPosition> settled) {
    Lane lane = lane(table, settled);
    if (!lane.mode().takes(change)) {
      return () -> {
        counters.ignored(Ignored.Reason.TRUNCATE);
        settled.accept(change.at());
      };
    }
    long now = modes.awake().turn();
    if (change instanceof Moved moved) {
      // Both have one shape, so they come into one cycle and are applied together.
      Offer here = lane.offer(moved.here(), handle, now);
      Offer away = lane.offer(moved.away(), handle, now);
      return () -> {
        here.take();
        away.take();
      };
    }
    return change instanceof RowChange row
        ? lane.offer(row, handle, now)
        : lane.offer((Truncate) change, handle, now);
  }

  /**
   * Collects what has landed and lets due cycles take off. Never blocks.
   *
   * @throws SinkException when a flight failed for good
   */
  public void advance() {
    for (Arrival arrival = arrivals.poll(); arrival != null; arrival = arrivals.poll()) {
      collect(arrival);
    }
    long now = modes.awake().turn();
    List<Lane> ready =
        lanes.values().stream()
            .filter(lane -> lane.ready(now, settings.flushInterval(), settings.flushBytes()))
            .sorted(Comparator.comparingLong(Lane::openedAtMillis))
            .toList();
    for (Lane lane : ready) {
      if (affordable(lane)) {
        takeOff(lane);
      }
    }
  }

  /**
   * The buffer is full: what holds most leaves before its time, on threads that are free, until
   * half of the buffer would be.
   */
  public void hurry() {
    long excess = held() - waiting() - aloft() - settings.bufferBytes() / 2;
    long free = settings.threads() - lanes.values().stream().filter(Lane::flies).count();
    List<Lane> largest =
        lanes.values().stream()
            .filter(lane -> lane.movable() > 0)
            .sorted(Comparator.comparingLong(Lane::movable).reversed())
            .limit(Math.max(free, 0))
            .toList();
    for (Lane lane : largest) {
      if (excess > 0 && affordable(lane)) {
        excess -= lane.movable();
        takeOff(lane);
      }
    }
  }

  private long aloft() {
    return lanes.values().stream().mapToLong(Lane::aloft).sum();
  }

  /** False while the task has created its share of streams; the cycle goes on filling. */
  private boolean affordable(Lane lane) {
    boolean now = !lane.mode().createsStreams() || streams.tryAcquirePermit();
    if (now) {
      deferred.remove(lane);
    } else if (deferred.add(lane)) {
      counters.add(Counters.What.FLUSHES_DEFERRED, 1);
    }
    return now;
  }

  private void takeOff(Lane lane) {
    Cycle cycle = lane.takeOff();
    modes.departing();
    threads.execute(() -> arrivals.add(fly(lane, cycle)));
  }

  /** Whatever goes wrong is part of the arrival. */
  private static Arrival fly(Lane lane, Cycle cycle) {
    try {
      return new Arrival(lane, lane.mode().fly(cycle), null);
    } catch (SinkException e) {
      return new Arrival(lane, null, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(lane, "Interrupted while flushing " + lane.table() + ".", e);
    } catch (RuntimeException | Error e) {
      // Also of an error the task has to hear, or its lane would wait for ever.
      return failed(lane, "Flushing " + lane.table() + " failed.", e);
    }
  }

  private static Arrival failed(Lane lane, String what, Throwable cause) {
    return new Arrival(lane, null, new SinkException(ErrorCode.INTERNAL, what, cause));
  }

  private void collect(Arrival arrival) {
    Consumer<RecordPosition> settled = arrival.lane().settled();
    arrival.lane().landed();
    if (arrival.failure() != null) {
      throw arrival.failure();
    }
    arrival.landing().settled().forEach(settled);
    arrival.landing().rejected().forEach((row, reason) -> row.deadLetter(reason, settled));
    long now = modes.awake().turn();
    arrival.landing().again().forEach(row -> arrival.lane().offerAgain(row, now));
  }

  /** About how much heap is held by what is not applied yet, in bytes. */
  public long held() {
    return cycles().mapToLong(Cycle::held).sum();
  }

  /** How much of that is for rows that could not be completed yet, and go again. */
  public long waiting() {
    return cycles().mapToLong(Cycle::waiting).sum();
  }

  /** Where those rows come from. */
  public Stream<RecordPosition> waitingAt() {
    return cycles().flatMap(cycle -> cycle.waitingAt().stream());
  }

  private Stream<Cycle> cycles() {
    return lanes.values().stream().flatMap(Lane::cycles);
  }

  private Lane lane(TableId table, Consumer<RecordPosition> settled) {
    return lanes.computeIfAbsent(
        table, id -> new Lane(id, codecs.apply(id), modes.of(id), settled));
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
