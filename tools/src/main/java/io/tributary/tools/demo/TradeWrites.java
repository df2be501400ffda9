package io.tributary.tools.demo;

import static io.tributary.tools.demo.ChangeKind.DELETE;
import static io.tributary.tools.demo.ChangeKind.INSERT;
import static io.tributary.tools.demo.ChangeKind.KEY_CHANGE;
import static io.tributary.tools.demo.ChangeKind.REINSERT;
import static io.tributary.tools.demo.ChangeKind.TRUNCATE;
import static io.tributary.tools.demo.ChangeKind.UPDATE;

import java.sql.SQLException;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** What one writer does to orders, their items, inventory, events and promotions. */
final class TradeWrites {
  private static final String INSERT_ITEM =
      "INSERT INTO shop.order_items VALUES (?, ?, ?, ?, 19.90, 0.1, false)";
  private static final String INSERT_PROMOTION =
      """
      INSERT INTO shop.promotions VALUES ('LIVE-' || ?, 12.5, current_date, NULL, 'fresh')
      ON CONFLICT (code) DO NOTHING
      """;

  private final Session session;
  private final SplittableRandom random;
  private final Keys<Long> orders;
  private final String warehouse;
  private final LongSupplier newKey;

  /**
   * @param orders keys of orders that have an item with line number 1
   * @param warehouse the only one whose inventory this writer changes
   */
  TradeWrites(
      Session session,
      SplittableRandom random,
      Keys<Long> orders,
      String warehouse,
      LongSupplier newKey) {
    this.session = session;
    this.random = random;
    this.orders = orders;
    this.warehouse = warehouse;
    this.newKey = newKey;
  }

  /** An order with its items, the inventory that they take, and the event, all or nothing. */
  void placeOrder() throws SQLException {
    long order = newKey.getAsLong();
    session.change(
        INSERT,
        "INSERT INTO shop.orders VALUES (?, date '2026-01-01' + ?, ?, 'placed', 59.70, NULL, NULL)",
        order,
        random.nextInt(360),
        random.nextLong(1000));
    int lines = 1 + random.nextInt(4);
    for (int line = 1; line <= lines; line++) {
      session.change(INSERT, INSERT_ITEM, order, line, random.nextLong(1000), line);
    }
    takeFromInventory();
    insertEvent();
    session.commit();
    orders.add(order);
  }

  void logEvent() throws SQLException {
    insertEvent();
    session.commit();
  }

  private void insertEvent() throws SQLException {
    session.change(
        INSERT,
        "INSERT INTO shop.events VALUES (gen_random_uuid(), 'order', ?,"
            + " jsonb_build_object('at', clock_timestamp()::text, 'n', random()), now())",
        random.nextLong(1000));
  }

  void payOrder() throws SQLException {
    session.change(
        UPDATE,
        "UPDATE shop.orders SET status = 'paid', paid_at = now(), total = total + 0.01,"
            + " note = NULL WHERE order_id = ?",
        orders.any());
    session.commit();
  }

  /** The date is part of the key, and some dates lie in another partition. */
  void moveOrder() throws SQLException {
    session.change(
        KEY_CHANGE,
        "UPDATE shop.orders SET placed_on = placed_on + ? WHERE order_id = ?",
        60 + random.nextInt(200),
        orders.any());
    session.commit();
  }

  void changeItems() throws SQLException {
    session.change(
        UPDATE,
        "UPDATE shop.order_items SET quantity = quantity + 1, gift = NOT gift,"
            + " discount_rate = NULL WHERE order_id = ?",
        orders.any());
    session.commit();
  }

  void renumberItems() throws SQLException {
    session.change(
        KEY_CHANGE,
        "UPDATE shop.order_items SET line_no = line_no + ? WHERE order_id = ? AND line_no < 10",
        // a line number that no item of any order has had
        10 * (int) (newKey.getAsLong() - Workload.FIRST_NEW_KEY + 1),
        orders.any());
    session.commit();
  }

  void deleteOrder() throws SQLException {
    long order = orders.take();
    session.change(DELETE, "DELETE FROM shop.order_items WHERE order_id = ?", order);
    session.change(DELETE, "DELETE FROM shop.orders WHERE order_id = ?", order);
    session.commit();
  }

  void replaceItem() throws SQLException {
    long order = orders.any();
    int deleted =
        session.change(
            DELETE, "DELETE FROM shop.order_items WHERE order_id = ? AND line_no = 1", order);
    session.commit();
    session.change(
        deleted == 0 ? INSERT : REINSERT, INSERT_ITEM, order, 1, random.nextLong(1000), 2);
    session.commit();
  }

  private void takeFromInventory() throws SQLException {
    long from = random.nextLong(100);
    session.change(
        UPDATE,
        "UPDATE shop.inventory SET quantity = quantity - 1, counted_at = localtimestamp"
            + " WHERE warehouse = ? AND product_id BETWEEN ? AND ?",
        warehouse,
        from,
        from + 2);
  }

  void recount() throws SQLException {
    session.change(
        UPDATE,
        "UPDATE shop.inventory SET quantity = ?, bin_codes = ARRAY[?, 7]::int[], counted_at = NULL"
            + " WHERE warehouse = ? AND product_id = ?",
        random.nextInt(900),
        random.nextInt(90),
        warehouse,
        random.nextLong(100));
    session.commit();
  }

  void promote() throws SQLException {
    for (int i = 0; i < 3; i++) {
      session.change(INSERT, INSERT_PROMOTION, newKey.getAsLong());
    }
    session.commit();
  }

  void changePromotions() throws SQLException {
    session.change(
        UPDATE,
        "UPDATE shop.promotions SET percent = percent + 0.25, banner = NULL WHERE code IN"
            + " (SELECT code FROM shop.promotions ORDER BY code DESC LIMIT 2 FOR UPDATE SKIP LOCKED)");
    session.commit();
  }

  /** Other writers go on inserting before and after. */
  void startPromotionsOver() throws SQLException {
    session.command(TRUNCATE, "TRUNCATE shop.promotions");
    if (random.nextBoolean()) {
      session.commit();
    }
    for (int i = 0; i < 10; i++) {
      session.change(INSERT, INSERT_PROMOTION, newKey.getAsLong());
    }
    session.commit();
  }
}
