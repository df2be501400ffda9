package io.tributary.tools.demo;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryJobConfiguration;
import java.net.HttpURLConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads how far each table has come. Not thread-safe. */
final class Gauge implements AutoCloseable {
  private final Connection source;
  private final BigQuery bigQuery;
  private final Backlog backlog;

  Gauge(Connection source, BigQuery bigQuery, Backlog backlog) {
    this.source = source;
    this.bigQuery = bigQuery;
    this.backlog = backlog;
  }

  /**
   * One table at one moment.
   *
   * @param source rows in PostgreSQL
   * @param target rows in BigQuery
   * @param waiting changes in Kafka that the sink has not settled
   */
  record Reading(ShopTable table, long source, long target, long waiting) {
    boolean isLevel() {
      return source == target && waiting == 0;
    }
  }

  List<Reading> read() throws SQLException, InterruptedException {
    Map<ShopTable, Long> rows = Shop.count(source);
    Map<String, Long> waiting = backlog.byTable();
    List<Reading> readings = new ArrayList<>();
    for (ShopTable table : ShopTable.values()) {
      String name = table.tableName();
      readings.add(
          new Reading(table, rows.get(table), target(name), waiting.getOrDefault(name, 0L)));
    }
    return readings;
  }

  static boolean areLevel(List<Reading> readings) {
    return readings.stream().allMatch(Reading::isLevel);
  }

  private long target(String table) throws InterruptedException {
    String query = "SELECT count(*) FROM `" + Pipeline.DATASET + "`.`" + table + "`";
    try {
      FieldValueList row =
          bigQuery.query(QueryJobConfiguration.of(query)).iterateAll().iterator().next();
      return row.get(0).getLongValue();
    } catch (BigQueryException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return 0;
      }
      throw e;
    }
  }

  /** Up to where Debezium has put the source's log into Kafka. */
  long confirmed() throws SQLException {
    return Shop.confirmed(source);
  }

  long deadLetters() throws InterruptedException {
    return backlog.deadLetters();
  }

  @Override
  public void close() throws SQLException {
    backlog.close();
    source.close();
  }
}
