package io.tributary.bigquery.table;

/** BigQuery's column types. A range is a type of its own for each type of its ends. */
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
  RANGE_DATE,
  RANGE_DATETIME,
  RANGE_TIMESTAMP,
  STRUCT;

  /** The type as GoogleSQL spells it. */
  public String sql() {
    return switch (this) {
      case RANGE_DATE -> "RANGE<DATE>";
      case RANGE_DATETIME -> "RANGE<DATETIME>";
      case RANGE_TIMESTAMP -> "RANGE<TIMESTAMP>";
      default -> name();
    };
  }

  /**
   * Whether BigQuery changes a column of this type in place to one that holds every value of it.
   */
  public boolean growsInto(ColumnType wider) {
    return switch (this) {
      case INT64 -> wider == NUMERIC || wider == BIGNUMERIC;
      case NUMERIC -> wider == BIGNUMERIC;
      default -> false;
    };
  }

  /**
   * Whether BigQuery accepts a column of this type in a primary key (page "Use primary and foreign
   * keys").
   */
  public boolean keyable() {
    return switch (this) {
      case BIGNUMERIC, BOOL, BYTES, DATE, DATETIME, INT64, NUMERIC, STRING, TIMESTAMP -> true;
      case FLOAT64,
          TIME,
          JSON,
          GEOGRAPHY,
          INTERVAL,
          RANGE_DATE,
          RANGE_DATETIME,
          RANGE_TIMESTAMP,
          STRUCT ->
          false;
    };
  }
}
