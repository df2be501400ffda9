package io.tributary.systemtests.faults;

import io.tributary.bigquery.faults.At;
import io.tributary.bigquery.faults.Shop;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;

/** Writes into the topic what Debezium would write. */
final class Load implements Source {
  private static final int KEYS = 300;

  private final Shop shop;
  private final String topic;
  private final Random random;
  private final Set<Long> live = new HashSet<>();
  private final Set<At> poison = ConcurrentHashMap.newKeySet();
  private final Map<TopicPartition, Long> sent = new ConcurrentHashMap<>();
  private final JsonConverter keys = converter(true);
  private final JsonConverter values = converter(false);
  private final SimpleHeaderConverter headerValues = new SimpleHeaderConverter();
  private final KafkaProducer<byte[], byte[]> producer;
  private final Ticks ticks;
  private volatile int wished;
  private int columns;
  private int written;

  Load(String bootstrap, String topic, int partitions, long seed) {
    this.topic = topic;
    shop = new Shop(partitions).topic(topic);
    random = new Random(seed);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap, "linger.ms", "5", "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    ticks = new Ticks(this::tick);
  }

  static JsonConverter converter(boolean key) {
    JsonConverter converter = new JsonConverter();
    converter.configure(Map.of("schemas.enable", "true"), key);
    return converter;
  }

  @Override
  public void times(int factor) {
    ticks.times(factor);
  }

  @Override
  public void more(int changes) {
    ticks.more(changes);
  }

  @Override
  public Set<At> poison() {
    return Set.copyOf(poison);
  }

  @Override
  public Map<TopicPartition, Long> sent() {
    ticks.check();
    return Map.copyOf(sent);
  }

  @Override
  public String place() {
    return "CAST(version AS STRING)";
  }

  @Override
  public int radix() {
    return 10;
  }

  /** Rows get one more column, which updates fill; returns its name. */
  String widen() {
    int next = wished + 1;
    wished = next;
    return column(next);
  }

  private static String column(int number) {
    return "note_" + number;
  }

  private void tick() {
    while (columns < wished) {
      columns++;
      shop.column(column(columns), Schema.OPTIONAL_STRING_SCHEMA);
    }
    change();
    List<SinkRecord> records = shop.behind(written);
    records.forEach(this::send);
    written += records.size();
  }

  private void change() {
    long id = random.nextInt(KEYS);
    if (!live.contains(id)) {
      live.add(id);
      shop.insert(id);
      return;
    }
    int choice = random.nextInt(100);
    if (choice < 60 && columns > 0) {
      shop.write(id, column(columns), "noted");
    } else if (choice < 60) {
      shop.update(id);
    } else if (choice < 75) {
      shop.touch(id);
    } else if (choice < 90) {
      live.remove(id);
      shop.delete(id);
    } else if (choice < 98) {
      move(id);
    } else {
      shop.poison(id);
      poison.add(shop.last());
    }
  }

  private void move(long id) {
    long to = random.nextInt(KEYS);
    if (live.add(to)) {
      live.remove(id);
      shop.move(id, to, "moved from " + id);
    }
  }

  private void send(SinkRecord each) {
    RecordHeaders headers = new RecordHeaders();
    each.headers()
        .forEach(
            one ->
                headers.add(
                    one.key(),
                    headerValues.fromConnectHeader(topic, one.key(), one.schema(), one.value())));
    var unused =
        producer.send(
            new ProducerRecord<>(
                topic,
                each.kafkaPartition(),
                null,
                keys.fromConnectData(topic, each.keySchema(), each.key()),
                each.value() == null
                    ? null
                    : values.fromConnectData(topic, each.valueSchema(), each.value()),
                headers),
            (place, error) -> {
              if (error != null) {
                ticks.fail(error);
              } else if (place.offset() != each.kafkaOffset()) {
                ticks.fail(new IllegalStateException("offset " + place + " of " + At.of(each)));
              } else {
                sent.put(new TopicPartition(topic, place.partition()), place.offset() + 1);
              }
            });
  }

  @Override
  public void stop() {
    ticks.stop();
    producer.flush();
    ticks.check();
  }

  @Override
  public void close() {
    ticks.close();
    producer.close(Duration.ZERO);
  }
}
