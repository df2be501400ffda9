package io.tributary.systemtests.faults;

import static org.awaitility.Awaitility.await;

import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.FieldValueList;
import io.tributary.bigquery.faults.At;
import io.tributary.bigquery.faults.Mode;
import io.tributary.bigquery.faults.Row;
import io.tributary.bigquery.faults.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** Looks at one mode's table and offsets all the time. */
final class Watch implements AutoCloseable {
  private static final String TABLE = "items";
  private static final String PLACE =
      "change_metadata.kafka_topic, change_metadata.kafka_partition, change_metadata.kafka_offset";

  /** As the verifier has it. */
  private static final String BIG =
      "IF(LENGTH(big) > 64, CONCAT(LEFT(big, 64), '... ', LENGTH(big)), big)";

  private final Warehouse warehouse;
  private final Admin admin;
  private final Mode mode;
  private final String dataset;
  private final String group;
  private final String place;
  private final int radix;
  private final List<Sample> samples = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
  private boolean there;
  private volatile RuntimeException failure;

  Watch(Stage stage, Source source, Mode mode, String dataset, String group) {
    warehouse = stage.warehouse();
    admin = stage.admin();
    place = source.place();
    radix = source.radix();
    this.mode = mode;
    this.dataset = dataset;
    this.group = group;
    // a history is long, and never goes back
    int pause = mode == Mode.APPEND ? 4_000 : 400;
    var unused = looks.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
  }

  /** Looks for the last time. */
  List<Sample> finish() {
    close();
    if (failure != null) {
      throw new IllegalStateException("A look at " + dataset + " failed.", failure);
    }
    if (samples.isEmpty()) {
      throw new IllegalStateException("Nothing of " + dataset + " was seen while it was written.");
    }
    List<Sample> all = new ArrayList<>(samples);
    all.add(
        new Sample(
            rows(mode == Mode.APPEND ? TABLE + "_current" : TABLE),
            mode == Mode.APPEND ? places() : List.of(),
            committed()));
    return all;
  }

  private void look() {
    try {
      // What is committed was seen to be applied before, so the table has to show it by now.
      Map<TopicPartition, Long> committed = committed();
      there = there || warehouse.hasTable(dataset, TABLE);
      if (there) {
        samples.add(
            mode == Mode.APPEND
                ? new Sample(List.of(), places(), committed)
                : new Sample(rows(TABLE), List.of(), committed));
      }
    } catch (BigQueryException | UnreachableException e) {
      // this look is lost: the broker or BigQuery is away, as it is meant to be
    } catch (RuntimeException e) {
      failure = e;
      throw e;
    }
  }

  /** Up to where the group has committed. */
  Map<TopicPartition, Long> committed() {
    try {
      return admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get(20, TimeUnit.SECONDS)
          .entrySet()
          .stream()
          .filter(each -> each.getValue() != null)
          .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().offset()));
    } catch (ExecutionException | TimeoutException e) {
      throw new UnreachableException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachableException(e);
    }
  }

  private List<Row> rows(String table) {
    List<Row> rows = new ArrayList<>();
    for (FieldValueList row : select("id, " + place + ", " + BIG, table)) {
      rows.add(
          new Row(
              row.get(0).getLongValue(),
              row.get(1).isNull() ? -1 : Long.parseLong(row.get(1).getStringValue(), radix),
              row.get(2).isNull() ? null : row.get(2).getStringValue()));
    }
    return rows;
  }

  private List<At> places() {
    List<At> places = new ArrayList<>();
    for (FieldValueList row : select(PLACE, TABLE)) {
      places.add(
          At.of(
              row.get(0).getStringValue(),
              (int) row.get(1).getLongValue(),
              row.get(2).getLongValue()));
    }
    return places;
  }

  /** Rows of the staged or the kept changes, each once. */
  long stored() {
    if (mode == Mode.APPEND) {
      return places().stream().distinct().count();
    }
    return warehouse
        .query(
            "SELECT COUNT(*) FROM (SELECT DISTINCT trib_topic, trib_partition, trib_offset FROM"
                + " `local."
                + dataset
                + "."
                + target()
                + "` WHERE trib_kind = 'change')")
        .iterator()
        .next()
        .get(0)
        .getLongValue();
  }

  /** Where rows are appended to. */
  String target() {
    return mode == Mode.MERGE ? "tributary_staging_" + TABLE : TABLE;
  }

  private Iterable<FieldValueList> select(String columns, String table) {
    return warehouse.query("SELECT " + columns + " FROM `local." + dataset + "." + table + "`");
  }

  /** Kafka did not answer. */
  static final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private UnreachableException(Exception cause) {
      super(cause);
    }
  }

  @Override
  public void close() {
    looks.shutdown();
    await().atMost(Duration.ofMinutes(1)).until(looks::isTerminated);
  }
}
