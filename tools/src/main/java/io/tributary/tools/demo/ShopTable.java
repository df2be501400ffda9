package io.tributary.tools.demo;

import io.tributary.tools.verify.SourceTable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The tables of the shop, with their share of the snapshot and the SQL that fills it. */
enum ShopTable {
  CUSTOMERS(
      12,
      """
      SELECT i, md5('customer' || i)::uuid, 'customer' || i || '@example.com',
        CASE WHEN i % 9 <> 0 THEN 'Zoë Åström ' || i END,
        CASE WHEN i % 4 <> 0 THEN date '1950-01-01' + (i * 37 % 20000)::int END,
        CASE WHEN i % 7 <> 0 THEN i % 2 = 0 END,
        CASE WHEN i % 3 = 0 THEN '{}' ELSE ARRAY['+49 30 ' || i, '+44 20 ' || i] END,
        CASE WHEN i % 3 <> 0 THEN decode(repeat(md5('avatar' || i), 160), 'hex') END,
        timestamptz '2025-01-01 00:00:00Z' + i * interval '97.000123 seconds'
      FROM generate_series(1::bigint, ?) i
      """),
  PRODUCTS(
      8,
      """
      SELECT i, md5('product' || i)::uuid, 'Product "' || i || '" \\ № ' || i,
        repeat(md5('description' || i), 90),
        CASE WHEN i % 11 <> 0 THEN
          jsonb_build_object('color', (ARRAY['red', 'blå', 'grün'])[1 + i % 3], 'weight', i * 0.25,
            'nested', jsonb_build_object('list', jsonb_build_array(i, null, true))) END,
        (i % 100000) / 100.0, CASE WHEN i % 5 <> 0 THEN i / 10000.0 END,
        CASE WHEN i % 6 <> 0 THEN i / 7.0 END, i % 8 <> 0,
        ARRAY['tag' || i % 10, 'a,b "c" {d}'], ARRAY[i % 50, -(i % 7)]::int[],
        timestamp '2025-06-01 00:00:00' + i * interval '61.5 seconds',
        CASE WHEN i % 4 <> 0 THEN timestamptz '2025-07-01 00:00:00Z' + i * interval '1 minute' END,
        CASE WHEN i % 10 <> 0 THEN date '2026-01-01' + (i % 400)::int END
      FROM generate_series(1::bigint, ?) i
      """),
  ORDERS(
      25,
      """
      SELECT i, date '2025-11-01' + (i % 450)::int, 1 + i * 7 % 1000,
        (ARRAY['placed', 'paid', 'shipped', 'returned'])[1 + i % 4]::shop.order_status,
        i * 1.37 % 5000, CASE WHEN i % 3 = 0 THEN NULL ELSE 'leave at the door ' || i END,
        CASE WHEN i % 2 = 0 THEN timestamptz '2026-01-01 08:00:00Z' + i * interval '1 second' END
      FROM generate_series(1::bigint, ?) i
      """),
  ORDER_ITEMS(
      33,
      """
      SELECT 1 + i / 3, 1 + i % 3, 1 + i * 13 % 1000, 1 + i % 9, (i % 20000) / 100.0,
        CASE WHEN i % 4 = 0 THEN (i % 30) / 100.0 END, i % 17 = 0
      FROM generate_series(0::bigint, ? - 1) i
      """),
  INVENTORY(
      10,
      """
      SELECT 'warehouse-' || i % 4, 1 + i / 4, i % 500, ARRAY[i % 90, i % 13]::int[],
        CASE WHEN i % 5 <> 0 THEN timestamp '2026-02-28 23:59:59.999999' - i * interval '1 hour' END
      FROM generate_series(0::bigint, ? - 1) i
      """),
  EVENTS(
      12,
      """
      SELECT md5('event' || i)::uuid, (ARRAY['view', 'search', 'login'])[1 + i % 3],
        CASE WHEN i % 6 <> 0 THEN 1 + i % 1000 END,
        jsonb_build_object('path', '/p/' || i, 'ms', i * 3 % 977, 'tags', jsonb_build_array('x', i)),
        timestamptz '2026-03-01 00:00:00Z' + i * interval '0.123 seconds'
      FROM generate_series(1::bigint, ?) i
      """),
  // beyond the hundred, because it is truncated
  PROMOTIONS(
      1,
      """
      SELECT 'PROMO-' || lpad(i::text, 6, '0'), i % 70 + 0.5, date '2026-01-01' + (i % 300)::int,
        CASE WHEN i % 2 = 0 THEN date '2026-12-31' END, 'Save now ' || i
      FROM generate_series(1::bigint, ?) i
      """);

  private final int percent;
  private final String fill;

  ShopTable(int percent, String fill) {
    this.percent = percent;
    this.fill = fill;
  }

  /** The table's name in PostgreSQL and BigQuery. */
  String tableName() {
    return name().toLowerCase(Locale.ROOT);
  }

  SourceTable source() {
    return new SourceTable("shop", tableName());
  }

  /** Inserts as many rows as its one parameter says. */
  String fillStatement() {
    return "INSERT INTO shop." + tableName() + "\n" + fill;
  }

  /** How many of {@code all} rows of the snapshot this table gets; at least 20. */
  long rowsOf(long all) {
    return Math.max(20, (all * percent + 99) / 100);
  }

  static List<SourceTable> sources() {
    return Arrays.stream(values()).map(ShopTable::source).toList();
  }
}
