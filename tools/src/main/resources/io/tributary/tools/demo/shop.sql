-- The shop of the demo. Large values are stored out of line and uncompressed (EXTERNAL), so that
-- PostgreSQL leaves them out of the log whenever an update does not touch them.
CREATE SCHEMA shop;

CREATE TYPE shop.order_status AS ENUM ('placed', 'paid', 'shipped', 'returned');

CREATE TABLE shop.customers (
  customer_id bigint PRIMARY KEY,
  external_id uuid NOT NULL,
  email text NOT NULL,
  full_name text,
  birth_date date,
  newsletter boolean DEFAULT true,
  phone_numbers text[] NOT NULL,
  avatar bytea,
  registered_at timestamptz NOT NULL
);
ALTER TABLE shop.customers ALTER COLUMN avatar SET STORAGE EXTERNAL;

CREATE TABLE shop.products (
  product_id bigint PRIMARY KEY,
  sku uuid NOT NULL,
  name text NOT NULL,
  description text,
  attributes jsonb,
  price numeric(12, 2) NOT NULL,
  weight_kg numeric(10, 4),
  rating double precision,
  active boolean NOT NULL,
  tags text[] NOT NULL,
  size_codes int[] NOT NULL,
  created_at timestamp NOT NULL,
  updated_at timestamptz,
  available_from date
);
ALTER TABLE shop.products ALTER COLUMN description SET STORAGE EXTERNAL;

CREATE TABLE shop.orders (
  order_id bigint NOT NULL,
  placed_on date NOT NULL,
  customer_id bigint NOT NULL,
  status shop.order_status NOT NULL,
  total numeric(14, 2) NOT NULL,
  note text DEFAULT 'none',
  paid_at timestamptz,
  PRIMARY KEY (order_id, placed_on)
) PARTITION BY RANGE (placed_on);
CREATE TABLE shop.orders_2026_h1 PARTITION OF shop.orders
  FOR VALUES FROM ('2026-01-01') TO ('2026-07-01');
CREATE TABLE shop.orders_2026_h2 PARTITION OF shop.orders
  FOR VALUES FROM ('2026-07-01') TO ('2027-01-01');
CREATE TABLE shop.orders_other PARTITION OF shop.orders DEFAULT;

-- no foreign keys: the workload changes keys and truncates on purpose
CREATE TABLE shop.order_items (
  order_id bigint NOT NULL,
  line_no int NOT NULL,
  product_id bigint NOT NULL,
  quantity smallint NOT NULL,
  unit_price numeric(12, 2) NOT NULL,
  discount_rate real,
  gift boolean NOT NULL,
  PRIMARY KEY (order_id, line_no)
);

CREATE TABLE shop.inventory (
  warehouse text NOT NULL,
  product_id bigint NOT NULL,
  quantity int NOT NULL,
  bin_codes int[] NOT NULL,
  counted_at timestamp,
  PRIMARY KEY (warehouse, product_id)
);

CREATE TABLE shop.events (
  event_id uuid PRIMARY KEY,
  kind text NOT NULL,
  customer_id bigint,
  payload jsonb NOT NULL,
  occurred_at timestamptz(3) NOT NULL
);

CREATE TABLE shop.promotions (
  code text PRIMARY KEY,
  percent numeric(5, 2) NOT NULL,
  starts_on date NOT NULL,
  ends_on date,
  banner text
);

-- partitioned tables are published through their root, or their leaves would be tables of their own
CREATE PUBLICATION tributary_shop FOR TABLES IN SCHEMA shop
  WITH (publish_via_partition_root = true);
