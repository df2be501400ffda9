package io.tributary.tools.demo;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** One progress bar per table on standard error while the snapshot arrives. Not thread-safe. */
final class SnapshotProgress implements AutoCloseable {
  private static final long LINE_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Map<ShopTable, ProgressBar> bars;
  private final Consumer<String> lines;
  private long lastLine = System.nanoTime();

  private SnapshotProgress(Map<ShopTable, ProgressBar> bars, Consumer<String> lines) {
    this.bars = bars;
    this.lines = lines;
  }

  /** Bars for a snapshot of {@code rows} rows in all. */
  static SnapshotProgress bars(long rows) {
    Map<ShopTable, ProgressBar> bars = new EnumMap<>(ShopTable.class);
    for (ShopTable table : ShopTable.values()) {
      bars.put(
          table,
          new ProgressBarBuilder()
              .setTaskName(String.format("%-12s", table.tableName()))
              .setInitialMax(table.rowsOf(rows))
              .setUpdateIntervalMillis(300)
              .build());
    }
    return new SnapshotProgress(bars, line -> {});
  }

  /** A line now and then, for where bars cannot be drawn. */
  static SnapshotProgress lines() {
    return new SnapshotProgress(Map.of(), System.err::println);
  }

  void show(List<Gauge.Reading> readings) {
    for (Gauge.Reading reading : readings) {
      ProgressBar bar = bars.get(reading.table());
      if (bar != null) {
        bar.stepTo(reading.target());
      }
    }
    if (System.nanoTime() - lastLine > LINE_INTERVAL_NANOS || Gauge.areLevel(readings)) {
      lastLine = System.nanoTime();
      long source = readings.stream().mapToLong(Gauge.Reading::source).sum();
      long target = readings.stream().mapToLong(Gauge.Reading::target).sum();
      lines.accept("snapshot: " + target + " of " + source + " rows are in BigQuery");
    }
  }

  @Override
  public void close() {
    bars.values().forEach(ProgressBar::close);
  }
}
