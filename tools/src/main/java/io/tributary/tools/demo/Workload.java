package io.tributary.tools.demo;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * The life of the shop: several writers at once, each on rows of its own, in transactions that
 * interleave.
 *
 * <p>Every writer does everything once before it goes on at random, so that no kind of change is
 * missing from a short run.
 */
final class Workload implements AutoCloseable {
  private static final int WRITERS = 3;
  private static final long PAUSE_NANOS = Duration.ofMillis(12).toNanos();
  static final long FIRST_NEW_KEY = 1_000_000_000L;
  private static final long KEYS_PER_WRITER = 2000;

  private final Shop shop;
  private final long snapshotRows;
  private final ChangeCounts counts = new ChangeCounts();
  private final AtomicLong nextKey = new AtomicLong(FIRST_NEW_KEY);
  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicBoolean columnAdded = new AtomicBoolean();
  private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
  private final List<Future<?>> writers = new ArrayList<>();

  private Workload(Shop shop, long snapshotRows) {
    this.shop = shop;
    this.snapshotRows = snapshotRows;
  }

  /** Starts the writers. */
  static Workload start(Shop shop, long snapshotRows) {
    Workload workload = new Workload(shop, snapshotRows);
    for (int writer = 0; writer < WRITERS; writer++) {
      int number = writer;
      workload.writers.add(
          workload.threads.submit(
              () -> {
                workload.write(number);
                return null;
              }));
    }
    return workload;
  }

  ChangeCounts counts() {
    return counts;
  }

  /** Adds a column to a table that is being written, which the writers then fill. */
  void addColumn() throws SQLException {
    try (Session session = new Session(shop.connect(), counts)) {
      session.command(ChangeKind.ADDED_COLUMN, "ALTER TABLE shop.products ADD COLUMN origin text");
      session.commit();
    }
    columnAdded.set(true);
  }

  /** Throws if a writer has ended before its time. */
  void check() {
    if (!stop.get() && writers.stream().anyMatch(Future::isDone)) {
      finish();
      throw new IllegalStateException("A writer of the workload ended before its time.");
    }
  }

  /**
   * Ends the writing; returns when the last transaction has committed.
   *
   * @throws IllegalStateException if a writer failed
   */
  void finish() {
    stop.set(true);
    for (Future<?> writer : writers) {
      try {
        writer.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(
            "A writer of the workload failed: " + e.getCause().getMessage(), e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("The workload was interrupted.", e);
      }
    }
  }

  private void write(int number) throws SQLException {
    SplittableRandom random = new SplittableRandom(20260101L + number);
    LongSupplier newKey = nextKey::getAndIncrement;
    try (Session session = new Session(shop.connect(), counts)) {
      CatalogueWrites catalogue =
          new CatalogueWrites(
              session,
              random,
              share(number, ShopTable.PRODUCTS.rowsOf(snapshotRows), random),
              share(number, ShopTable.CUSTOMERS.rowsOf(snapshotRows), random),
              newKey);
      TradeWrites trade =
          new TradeWrites(
              session,
              random,
              share(number, ShopTable.ORDERS.rowsOf(snapshotRows), random),
              "warehouse-" + number,
              newKey);
      List<Write> writes = writes(catalogue, trade);
      boolean originWritten = false;
      int done = 0;
      while (!stop.get() || done < writes.size()) {
        (done < writes.size() ? writes.get(done) : writes.get(random.nextInt(writes.size()))).run();
        done++;
        if (number == 0 && (done == writes.size() || done % 250 == 0)) {
          trade.startPromotionsOver();
        }
        if (columnAdded.get() && (!originWritten || random.nextInt(10) == 0)) {
          catalogue.setOrigin();
          originWritten = true;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      if (columnAdded.get() && !originWritten) {
        catalogue.setOrigin();
      }
    }
  }

  private static List<Write> writes(CatalogueWrites catalogue, TradeWrites trade) {
    return List.of(
        trade::placeOrder,
        trade::placeOrder,
        catalogue::addProduct,
        catalogue::addCustomer,
        trade::logEvent,
        catalogue::changePrice,
        catalogue::changePrice,
        catalogue::changePriceTwiceAtOnce,
        catalogue::changeDescription,
        catalogue::changeCustomer,
        catalogue::changeAvatar,
        catalogue::renumberProduct,
        catalogue::renumberCustomer,
        catalogue::deleteProduct,
        catalogue::reinsertProduct,
        catalogue::replaceProductAtOnce,
        catalogue::deleteCustomer,
        trade::payOrder,
        trade::moveOrder,
        trade::changeItems,
        trade::renumberItems,
        trade::replaceItem,
        trade::deleteOrder,
        trade::recount,
        trade::promote,
        trade::changePromotions);
  }

  /** Up to 2000 keys of the snapshot that are this writer's. */
  private static Keys<Long> share(int number, long rows, SplittableRandom random) {
    Keys<Long> keys = new Keys<>(random);
    for (long key = number + 1L; key <= Math.min(rows, KEYS_PER_WRITER * WRITERS); key += WRITERS) {
      keys.add(key);
    }
    return keys;
  }

  @Override
  public void close() {
    stop.set(true);
    threads.shutdownNow();
  }

  /** One transaction or a few. */
  @FunctionalInterface
  private interface Write {
    void run() throws SQLException;
  }
}
