package io.tributary.bigquery.connect;

import io.tributary.bigquery.bigquery.BigQueryWarehouse;
import io.tributary.bigquery.change.Change;
import io.tributary.bigquery.change.ChangeReader;
import io.tributary.bigquery.change.Ignored;
import io.tributary.bigquery.change.InMemorySnapshotMarks;
import io.tributary.bigquery.change.Moved;
import io.tributary.bigquery.change.OrderBy;
import io.tributary.bigquery.change.Origin;
import io.tributary.bigquery.change.ReaderSettings;
import io.tributary.bigquery.change.RowChange;
import io.tributary.bigquery.change.Truncate;
import io.tributary.bigquery.config.ColumnChoices;
import io.tributary.bigquery.config.Conflict;
import io.tributary.bigquery.config.Deletes;
import io.tributary.bigquery.config.NamingSettings;
import io.tributary.bigquery.config.OrderSettings;
import io.tributary.bigquery.config.SinkConfig;
import io.tributary.bigquery.config.TableChoices;
import io.tributary.bigquery.config.TableOptions;
import io.tributary.bigquery.config.WriteMode;
import io.tributary.bigquery.config.WriteSettings;
import io.tributary.bigquery.error.BadRecord;
import io.tributary.bigquery.offset.OffsetLedger;
import io.tributary.bigquery.offset.RecordPosition;
import io.tributary.bigquery.row.CodecSettings;
import io.tributary.bigquery.row.RowCodec;
import io.tributary.bigquery.table.Patience;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.table.TableRouter;
import io.tributary.bigquery.table.TableRouter.Route;
import io.tributary.bigquery.table.TableSettings;
import io.tributary.bigquery.table.Tables;
import io.tributary.bigquery.write.Counters;
import io.tributary.bigquery.write.Handle;
import io.tributary.bigquery.write.Lanes;
import io.tributary.bigquery.write.Lanes.Offer;
import io.tributary.bigquery.write.Modes;
import io.tributary.bigquery.write.Warehouse;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * A started task. A record is read, routed, fitted, encoded and offered to its table's lane; when
 * its cycle was applied its position is settled, and {@link #committable} tells Kafka how far that
 * is. All calls come on the task's thread.
 */
final class Sink {
  /**
   * How long Connect may wait for records before it calls put again, so that cycles take off and
   * land in time.
   */
  private static final long TICK_MILLIS = 100;

  /** Metadata of tables is asked for on the task's thread, which must stay in its group. */
  private static final Duration METADATA_DEADLINE = Duration.ofSeconds(90);

  private final SinkTaskContext context;
  private final Warehouse warehouse;
  private final ChangeReader reader;
  private final TableRouter router;
  private final TableChoices choices;
  private final Modes modes;
  private final Lanes lanes;
  private final OffsetLedger ledger = new OffsetLedger();
  private final OffsetLedger history = new OffsetLedger();
  private final ErrantRecords errant;
  private final Backpressure backpressure;
  private final Counters counters;

  private Sink(SinkConfig config, SinkTaskContext context, Warehouse warehouse, Clock clock) {
    this.context = context;
    this.warehouse = warehouse;
    this.counters = new Counters();
    this.errant = new ErrantRecords(context.errantRecordReporter(), counters);
    NamingSettings naming = config.naming();
    OrderSettings order = config.order();
    WriteSettings write = config.write();
    InMemorySnapshotMarks marks = new InMemorySnapshotMarks();
    List<String> placeholders = List.copyOf(order.unavailablePlaceholders());
    TableRouter routes =
        new TableRouter(
            naming.project(), naming.datasetTemplate(), naming.template(), config.tables());
    this.reader =
        new ChangeReader(
            new ReaderSettings(
                order.epoch(),
                order.restarts(),
                order.by() == OrderSettings.By.KAFKA ? OrderBy.KAFKA : OrderBy.SOURCE,
                order.keyField(),
                placeholders,
                origin -> {
                  TableId table = routes.route(origin).table();
                  return config.tables().of(table.dataset(), table.table());
                }),
            marks);
    this.choices = config.tables();
    this.router = routes;
    Tables tables =
        new Tables(
            warehouse,
            new Patience(METADATA_DEADLINE),
            new TableSettings(
                naming.stagingDataset(),
                write.tombstoneRetention().toMillis(),
                naming.createTables(),
                naming.createDatasets(),
                config.tables()),
            clock);
    CodecSettings codec =
        new CodecSettings(
            placeholders,
            ColumnChoices.NONE,
            config.salt(),
            counters::lossy,
            config.kafka(),
            Conflict.FAIL,
            config.binary());
    ExecutorService threads = Executors.newFixedThreadPool(write.threads(), Sink::thread);
    this.modes =
        new Modes(
            warehouse,
            tables,
            write,
            order.by(),
            marks,
            config.tables(),
            name -> new TableId(naming.project(), naming.stagingDataset(), name),
            counters,
            clock);
    this.lanes =
        new Lanes(
            table ->
                new RowCodec(
                    codec
                        .telling(new LossLog(table, counters))
                        .with(config.tables().of(table.dataset(), table.table()))),
            modes,
            write,
            counters,
            threads);
    this.backpressure = new Backpressure(context, write.bufferBytes(), counters);
  }

  static Sink start(Map<String, String> props, SinkTaskContext context, Clock clock) {
    SinkConfig config = SinkConfig.parse(props);
    Sink sink =
        new Sink(
            config,
            context,
            BigQueryWarehouse.connect(config.service(), config.write().connections()),
            clock);
    new TaskMetrics(sink.counters).register(context);
    return sink;
  }

  private static Thread thread(Runnable flight) {
    Thread thread = new Thread(flight, "tributary-flight");
    thread.setDaemon(true);
    return thread;
  }

  void open(Collection<TopicPartition> partitions) {
    modes.recall();
    ledger.open(partitions);
    history.open(partitions);
    partitions.forEach(partition -> reader.open(partition.topic(), partition.partition()));
    backpressure.open();
  }

  void close(Collection<TopicPartition> partitions) {
    ledger.close(partitions);
    history.close(partitions);
    partitions.forEach(partition -> reader.close(partition.topic(), partition.partition()));
    backpressure.close(partitions);
  }

  void put(Collection<SinkRecord> records) {
    records.forEach(this::accept);
    lanes.advance();
    backpressure.weigh(lanes.held(), lanes.waiting(), this::waitingRows);
    if (backpressure.full()) {
      lanes.hurry();
    }
    if (ledger.pending() + history.pending() > 0 || lanes.held() > 0) {
      context.timeout(TICK_MILLIS);
    }
  }

  private Map<TopicPartition, Long> waitingRows() {
    return lanes
        .waitingAt()
        .collect(
            Collectors.groupingBy(
                at -> new TopicPartition(at.topic(), at.partition()),
                HashMap::new,
                Collectors.counting()));
  }

  private void accept(SinkRecord sinkRecord) {
    RecordPosition at =
        new RecordPosition(
            sinkRecord.originalTopic(),
            sinkRecord.originalKafkaPartition(),
            sinkRecord.originalKafkaOffset());
    if (!ledger.received(at)) {
      return;
    }
    try {
      offer(sinkRecord, at);
    } catch (BadRecord bad) {
      errant.report(sinkRecord, bad);
      ledger.settled(at);
    }
  }

  private void offer(SinkRecord sinkRecord, RecordPosition at) {
    Change change = reader.read(sinkRecord);
    if (change instanceof Ignored ignored) {
      counters.ignored(ignored.reason());
      ledger.settled(at);
      return;
    }
    counters.add(Counters.What.CHANGES, 1);
    Handle handle = new ErrantRecords.Once(errant, sinkRecord, ledger.tenure(at));
    Route route = router.route(origin(change));
    Optional<Offer> state =
        ignored(change, route.table())
            ? Optional.empty()
            : Optional.of(lanes.offer(change, route.table(), handle, ledger::settled));
    if (route.history().isPresent()) {
      Offer kept = lanes.offer(change, route.history().get(), handle, history::settled);
      history.received(at);
      kept.take();
    }
    state.ifPresentOrElse(Offer::take, () -> ledger.settled(at));
  }

  /** Whether the configuration wants deletes of rows to do nothing to the table. */
  private boolean ignored(Change change, TableId table) {
    TableOptions options = choices.of(table.dataset(), table.table());
    boolean ignored =
        options.deletes() == Deletes.IGNORE
            && options.mode() != WriteMode.APPEND
            && change instanceof RowChange row
            && row.isDelete();
    if (ignored) {
      counters.ignored(Ignored.Reason.DELETE);
    }
    return ignored;
  }

  private static Origin origin(Change change) {
    if (change instanceof Moved moved) {
      return moved.here().origin();
    }
    return change instanceof RowChange row ? row.origin() : ((Truncate) change).origin();
  }

  Map<TopicPartition, OffsetAndMetadata> committable(
      Map<TopicPartition, OffsetAndMetadata> consumed) {
    return history.committable(ledger.committable(consumed));
  }

  void stop() {
    lanes.close();
    warehouse.close();
  }
}
