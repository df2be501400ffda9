package io.tributary.bigquery.table;

/** BigQuery's column types, spelled as in GoogleSQL. */
public enum ColumnType {
  INT64,
  FLOAT64,
  BOOL,
  STRING,
  BYTES,
  NUMERIC,
  BIGNUMERIC,
  DATE,
  TIME,
  DATETIME,
  TIMESTAMP,
  JSON,
  GEOGRAPHY,
  INTERVAL,
  RANGE,
  STRUCT;

  /**
   * Whether BigQuery accepts a column of this type in a primary key (page "Use primary and foreign
   * keys").
   */
  public boolean keyable() {
    return switch (this) {
      case BIGNUMERIC, BOOL, BYTES, DATE, DATETIME, INT64, NUMERIC, STRING, TIMESTAMP -> true;
      case FLOAT64, TIME, JSON, GEOGRAPHY, INTERVAL, RANGE, STRUCT -> false;
    };
  }
}
