package io.tributary.tools.demo;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/**
 * One progress bar per table on standard error while the snapshot arrives. Not thread-safe.
 *
 * <p>The bars are drawn here and not by their library, whose terminal takes Ctrl-C away from the
 * JVM, so that no shutdown hook would run.
 */
final class SnapshotProgress implements AutoCloseable {
  private static final long LINE_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final int WIDTH = 79;

  private final Map<ShopTable, ProgressBar> bars;
  private final Map<ShopTable, String> drawings;
  private final Consumer<String> lines;
  private boolean drawn;
  private long lastLine = System.nanoTime();

  private SnapshotProgress(
      Map<ShopTable, ProgressBar> bars, Map<ShopTable, String> drawings, Consumer<String> lines) {
    this.bars = bars;
    this.drawings = drawings;
    this.lines = lines;
  }

  /** Bars for a snapshot of {@code rows} rows in all. */
  static SnapshotProgress bars(long rows) {
    Map<ShopTable, ProgressBar> bars = new EnumMap<>(ShopTable.class);
    Map<ShopTable, String> drawings = new ConcurrentSkipListMap<>();
    for (ShopTable table : ShopTable.values()) {
      bars.put(
          table,
          new ProgressBarBuilder()
              .setTaskName(String.format("%-12s", table.tableName()))
              .setInitialMax(table.rowsOf(rows))
              .setUpdateIntervalMillis(300)
              .setConsumer(
                  new DelegatingProgressBarConsumer(line -> drawings.put(table, line), WIDTH))
              .build());
    }
    return new SnapshotProgress(bars, drawings, line -> {});
  }

  /** A line now and then, for where bars cannot be drawn. */
  static SnapshotProgress lines() {
    return new SnapshotProgress(Map.of(), Map.of(), System.err::println);
  }

  void show(List<Gauge.Reading> readings) {
    for (Gauge.Reading reading : readings) {
      ProgressBar bar = bars.get(reading.table());
      if (bar != null) {
        bar.stepTo(reading.target());
      }
    }
    draw();
    if (System.nanoTime() - lastLine > LINE_INTERVAL_NANOS || Gauge.areLevel(readings)) {
      lastLine = System.nanoTime();
      long source = readings.stream().mapToLong(Gauge.Reading::source).sum();
      long target = readings.stream().mapToLong(Gauge.Reading::target).sum();
      lines.accept("snapshot: " + target + " of " + source + " rows are in BigQuery");
    }
  }

  private void draw() {
    if (bars.isEmpty()) {
      return;
    }
    if (drawn) {
      System.err.printf("\033[%dA", bars.size());
    }
    bars.keySet()
        .forEach(table -> System.err.println("\033[2K" + drawings.getOrDefault(table, "")));
    drawn = true;
  }

  @Override
  public void close() {
    bars.values().forEach(ProgressBar::close);
    draw();
  }
}
