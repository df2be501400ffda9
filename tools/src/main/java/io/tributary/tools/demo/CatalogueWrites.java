package io.tributary.tools.demo;

import static io.tributary.tools.demo.ChangeKind.DELETE;
import static io.tributary.tools.demo.ChangeKind.INSERT;
import static io.tributary.tools.demo.ChangeKind.KEY_CHANGE;
import static io.tributary.tools.demo.ChangeKind.KEY_CHANGE_KEEPING_LARGE_VALUE;
import static io.tributary.tools.demo.ChangeKind.REINSERT;
import static io.tributary.tools.demo.ChangeKind.UPDATE;
import static io.tributary.tools.demo.ChangeKind.UPDATE_KEEPING_LARGE_VALUE;
import static io.tributary.tools.demo.ChangeKind.UPDATE_OF_LARGE_VALUE;
import static io.tributary.tools.demo.ChangeKind.WRITE_TO_ADDED_COLUMN;

import java.sql.SQLException;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** What one writer does to products and customers: the tables with large values. */
final class CatalogueWrites {
  private static final String INSERT_PRODUCT =
      """
      INSERT INTO shop.products (product_id, sku, name, description, attributes, price, weight_kg,
        rating, active, tags, size_codes, created_at, updated_at, available_from)
      SELECT ?, gen_random_uuid(), 'New product', repeat(md5(random()::text), 90),
        jsonb_build_object('new', true, 'ratio', 0.1), 9.99, NULL, random(), true,
        ARRAY['new'], ARRAY[1, 2, 3], localtimestamp, now(), current_date
      """;
  private static final String INSERT_CUSTOMER =
      """
      INSERT INTO shop.customers
      SELECT ?, gen_random_uuid(), 'new@example.com', 'New Customer', date '1990-05-17', NULL,
        ARRAY['+33 1'], decode(repeat(md5(random()::text), 160), 'hex'), now()
      """;
  private static final String UPDATE_PRICE =
      "UPDATE shop.products SET price = round((random() * 1000)::numeric, 2), updated_at = now()"
          + " WHERE product_id = ?";

  private final Session session;
  private final SplittableRandom random;
  private final Keys<Long> products;
  private final Keys<Long> customers;
  private final Keys<Long> deletedProducts;
  private final LongSupplier newKey;

  CatalogueWrites(
      Session session,
      SplittableRandom random,
      Keys<Long> products,
      Keys<Long> customers,
      LongSupplier newKey) {
    this.session = session;
    this.random = random;
    this.products = products;
    this.customers = customers;
    this.deletedProducts = new Keys<>(random);
    this.newKey = newKey;
  }

  void addProduct() throws SQLException {
    long product = newKey.getAsLong();
    session.change(INSERT, INSERT_PRODUCT, product);
    products.add(product);
    session.commit();
  }

  void addCustomer() throws SQLException {
    long customer = newKey.getAsLong();
    session.change(INSERT, INSERT_CUSTOMER, customer);
    customers.add(customer);
    session.commit();
  }

  void changePrice() throws SQLException {
    session.change(UPDATE_KEEPING_LARGE_VALUE, UPDATE_PRICE, products.any());
    session.commit();
  }

  void changePriceTwiceAtOnce() throws SQLException {
    long product = products.any();
    session.change(UPDATE_KEEPING_LARGE_VALUE, UPDATE_PRICE, product);
    session.change(UPDATE_KEEPING_LARGE_VALUE, UPDATE_PRICE, product);
    session.commit();
  }

  void changeDescription() throws SQLException {
    long product = products.any();
    session.change(
        UPDATE_OF_LARGE_VALUE,
        "UPDATE shop.products SET description = repeat(md5(random()::text), 70 + ?)"
            + " WHERE product_id = ?",
        random.nextInt(60),
        product);
    if (random.nextBoolean()) {
      session.change(UPDATE_KEEPING_LARGE_VALUE, UPDATE_PRICE, product);
    }
    session.commit();
  }

  void changeCustomer() throws SQLException {
    long customer = customers.any();
    session.change(
        UPDATE,
        "UPDATE shop.customers SET newsletter = CASE WHEN newsletter THEN NULL ELSE true END,"
            + " email = 'mail' || ? || '@example.org' WHERE customer_id = ?",
        random.nextInt(1_000_000),
        customer);
    session.commit();
  }

  void changeAvatar() throws SQLException {
    session.change(
        UPDATE_OF_LARGE_VALUE,
        "UPDATE shop.customers SET avatar = decode(repeat(md5(random()::text), 200), 'hex')"
            + " WHERE customer_id = ?",
        customers.any());
    session.commit();
  }

  /** The row moves with its description, which the log does not repeat. */
  void renumberProduct() throws SQLException {
    long old = products.take();
    long moved = newKey.getAsLong();
    if (random.nextBoolean()) {
      session.change(UPDATE_KEEPING_LARGE_VALUE, UPDATE_PRICE, old);
    }
    session.change(
        KEY_CHANGE_KEEPING_LARGE_VALUE,
        "UPDATE shop.products SET product_id = ? WHERE product_id = ?",
        moved,
        old);
    if (random.nextBoolean()) {
      session.change(UPDATE_KEEPING_LARGE_VALUE, UPDATE_PRICE, moved);
    }
    session.commit();
    products.add(moved);
    if (random.nextInt(3) == 0) {
      deletedProducts.add(old);
    }
  }

  void renumberCustomer() throws SQLException {
    long old = customers.take();
    long moved = newKey.getAsLong();
    session.change(
        KEY_CHANGE,
        "UPDATE shop.customers SET customer_id = ?,"
            + " avatar = decode(repeat(md5(random()::text), 180), 'hex') WHERE customer_id = ?",
        moved,
        old);
    session.commit();
    customers.add(moved);
  }

  void deleteProduct() throws SQLException {
    long product = products.take();
    session.change(DELETE, "DELETE FROM shop.products WHERE product_id = ?", product);
    session.commit();
    deletedProducts.add(product);
  }

  void deleteCustomer() throws SQLException {
    session.change(DELETE, "DELETE FROM shop.customers WHERE customer_id = ?", customers.take());
    session.commit();
  }

  /** A key comes back, as another row. */
  void reinsertProduct() throws SQLException {
    if (deletedProducts.isEmpty()) {
      deleteProduct();
    }
    long product = deletedProducts.take();
    session.change(REINSERT, INSERT_PRODUCT, product);
    session.commit();
    products.add(product);
  }

  void replaceProductAtOnce() throws SQLException {
    long product = products.any();
    session.change(DELETE, "DELETE FROM shop.products WHERE product_id = ?", product);
    session.change(REINSERT, INSERT_PRODUCT, product);
    session.change(UPDATE_KEEPING_LARGE_VALUE, UPDATE_PRICE, product);
    session.commit();
  }

  void setOrigin() throws SQLException {
    session.change(
        WRITE_TO_ADDED_COLUMN,
        "UPDATE shop.products SET origin = 'country ' || ? WHERE product_id = ?",
        random.nextInt(200),
        products.any());
    session.commit();
  }
}
