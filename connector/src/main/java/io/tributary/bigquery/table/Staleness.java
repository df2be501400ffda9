package io.tributary.bigquery.table;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By how much queries of tables may lag behind what was streamed into them. BigQuery tells it in a
 * view of the dataset, which is read once. Thread-safe.
 */
final class Staleness {
  private static final Pattern INTERVAL =
      Pattern.compile("(\\d+)-(\\d+) (\\d+) (\\d+):(\\d+):(\\d+)(?:\\.\\d+)?");
  private static final int MONTHS = 12;
  private static final int DAYS = 30;

  private final TableAdmin admin;
  private final Patience patience;
  private final Map<String, Map<String, Duration>> known = new ConcurrentHashMap<>();

  Staleness(TableAdmin admin, Patience patience) {
    this.admin = admin;
    this.patience = patience;
  }

  /** Zero also for a table that is not there. */
  Duration of(TableId table) {
    return dataset(table).getOrDefault(table.table(), Duration.ZERO);
  }

  void set(TableId table, Duration interval) {
    dataset(table).put(table.table(), interval);
  }

  private Map<String, Duration> dataset(TableId table) {
    return known.computeIfAbsent(
        table.project() + "." + table.dataset(), dataset -> new ConcurrentHashMap<>(read(dataset)));
  }

  private Map<String, Duration> read(String dataset) {
    String query =
        "SELECT table_name, option_value FROM "
            + Sql.name(dataset)
            + ".INFORMATION_SCHEMA.TABLE_OPTIONS WHERE option_name = 'max_staleness'";
    Map<String, Duration> byTable = new HashMap<>();
    for (List<String> cells :
        patience.ask("read the options of tables in " + dataset, () -> admin.read(query))) {
      byTable.put(cells.get(0), duration(cells.get(1)));
    }
    return byTable;
  }

  /** What an interval of months, days and time spans, with months of thirty days. */
  static Duration duration(String interval) {
    Matcher parts = INTERVAL.matcher(interval);
    if (!parts.find()) {
      return Duration.ZERO;
    }
    long months = number(parts, 1) * MONTHS + number(parts, 2);
    return Duration.ofDays(months * DAYS + number(parts, 3))
        .plusHours(number(parts, 4))
        .plusMinutes(number(parts, 5))
        .plusSeconds(number(parts, 6));
  }

  private static long number(Matcher parts, int group) {
    return Long.parseLong(parts.group(group));
  }
}
