package io.tributary.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.bigquery.FieldValueList;
import io.tributary.bigquery.faults.Figures;
import io.tributary.bigquery.faults.Mode;
import io.tributary.bigquery.faults.Shop;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A worker of 256 MB, three times as much to write into many tables, and a slow BigQuery. */
@Tag("faults")
final class SmallHeapTest {
  private static final int TABLES = 200;
  private static final int PARTITIONS = 4;
  private static final int LARGE = 1_000_000;
  private static final Duration LIMIT = Duration.ofMinutes(10);

  @ParameterizedTest
  @EnumSource(Mode.class)
  void isEnough(Mode mode) throws Exception {
    try (Stage stage = new Stage(1, "256m")) {
      Map<TopicPartition, Long> ends = write(stage);
      ObjectNode delay = new ObjectMapper().createObjectNode().put("kind", "delay");
      delay.put("seconds", 0.1).putObject("calls").put("method", "AppendRows");
      String slow = stage.warehouse().place(delay);
      stage.warehouse().createDataset("ds");
      long start = System.nanoTime();
      stage.put("sink", config(mode));
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofSeconds(1))
          .failFast(() -> assertThat(stage.connect().status("sink").failed()).isEmpty())
          .until(() -> committed(stage).equals(ends));
      long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
      Member member = stage.members().get(0);
      assertThat(Files.readString(member.log())).doesNotContain("OutOfMemoryError");
      long good = count(stage, mode, "COUNT(DISTINCT IF(LENGTH(big) = " + LARGE + ", id, NULL))");
      long twice = count(stage, mode, "COUNT(*) - COUNT(DISTINCT id)");
      long late = stage.warehouse().remove(slow);
      Figures figures = figures(member, late, (long) TABLES * PARTITIONS - good, twice, millis);
      System.out.println(figures.line("39", mode));
      assertThat(figures.lost()).isZero();
      assertThat(figures.dupVisible()).isZero();
      assertThat(figures.injected()).as("answers that came late").isPositive();
      String name = "a worker of 256 MB, 200 tables of 4 partitions, rows of 1 MB, a slow BigQuery";
      ProcessesPage.add("39", name, mode, figures);
    }
  }

  private static String topic(int table) {
    return "heap" + table;
  }

  /** One large row for each partition of each table; up to where they lie there. */
  private static Map<TopicPartition, Long> write(Stage stage) throws Exception {
    stage
        .admin()
        .createTopics(
            IntStream.range(0, TABLES)
                .mapToObj(table -> new NewTopic(topic(table), PARTITIONS, (short) 1))
                .toList())
        .all()
        .get();
    JsonConverter keys = Load.converter(true);
    JsonConverter values = Load.converter(false);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", stage.bootstrap(), "max.request.size", "2000000"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int table = 0; table < TABLES; table++) {
        Shop shop = new Shop(PARTITIONS).topic(topic(table));
        for (long id = 0; id < PARTITIONS; id++) {
          shop.write(id, "x".repeat(LARGE));
        }
        for (SinkRecord each : shop.all()) {
          producer
              .send(
                  new ProducerRecord<>(
                      each.topic(),
                      each.kafkaPartition(),
                      keys.fromConnectData(each.topic(), each.keySchema(), each.key()),
                      values.fromConnectData(each.topic(), each.valueSchema(), each.value())))
              .get();
        }
      }
    }
    Map<TopicPartition, OffsetSpec> all = new HashMap<>();
    for (int table = 0; table < TABLES; table++) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        all.put(new TopicPartition(topic(table), partition), OffsetSpec.latest());
      }
    }
    return stage.admin().listOffsets(all).all().get().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().offset()));
  }

  private static Map<String, String> config(Mode mode) {
    Map<String, String> config = Member.sink(mode, "ds");
    config.put("tasks.max", "2");
    config.put("topics.regex", "heap.*");
    config.put("table.name.template", "${topic}");
    config.put("flush.interval.ms", "1000");
    config.put("flush.bytes", "2000000");
    config.put("append.bytes", "2000000");
    config.put("buffer.bytes", "12000000");
    config.put("threads", "2");
    config.put("streams.per.hour", "1000000");
    config.put("consumer.override.fetch.max.bytes", "2000000");
    config.put("consumer.override.max.poll.records", "20");
    config.put("value.converter.replace.null.with.default", "false");
    return config;
  }

  private static Map<TopicPartition, Long> committed(Stage stage)
      throws ExecutionException, InterruptedException {
    return stage
        .admin()
        .listConsumerGroupOffsets("connect-sink")
        .partitionsToOffsetAndMetadata()
        .get()
        .entrySet()
        .stream()
        .filter(each -> each.getValue() != null)
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().offset()));
  }

  /** What a query counts over all tables. */
  private static long count(Stage stage, Mode mode, String what) {
    long sum = 0;
    for (int table = 0; table < TABLES; table++) {
      String name = "`local.ds." + topic(table) + (mode == Mode.APPEND ? "_current`" : "`");
      for (FieldValueList row : stage.warehouse().query("SELECT " + what + " FROM " + name)) {
        sum += row.get(0).getLongValue();
      }
    }
    return sum;
  }

  private static Figures figures(
      Member member, long delays, long missing, long twice, long millis) {
    List<Long> puts = member.gauges().putMillis().stream().sorted().toList();
    long slowest = puts.isEmpty() ? 0 : puts.get(puts.size() * 99 / 100);
    long heap = member.gauges().peakHeapMegabytes();
    return new Figures(
        missing, 0, 0, 0, twice, 0, 0, 0, 0, delays, millis, slowest, heap, List.of());
  }
}
