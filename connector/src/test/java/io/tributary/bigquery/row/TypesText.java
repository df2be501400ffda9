package io.tributary.bigquery.row;

import io.tributary.bigquery.table.Column;

/** The sentences of the page of types. */
final class TypesText {
  static final String START =
      """
      # Types

      How every type of a source arrives through Debezium or Connect, and what it becomes. A column that does not exist
      is made with the type below. A value that its column cannot hold exactly is refused: its record is bad and goes to
      the dead letter queue. A column's option `lossy` chooses otherwise: `null` stores NULL, `clamp` the nearest value that
      fits, `round` fewer digits, and `string-twin` stores NULL and the exact text in a second column, named like the first
      with `_text` behind. Each use is counted. Text that is no valid Unicode is refused even by `string-twin`. A column's
      option `type` gives it another type; any column may be STRING. An empty setting means any, or the default.

      Wire forms are protobuf's: DATE is days since 1970-01-01, TIMESTAMP microseconds since then, TIME and DATETIME are
      packed into bit fields, NUMERIC and BIGNUMERIC are little-endian numbers of 10^-9 and 10^-38, INTERVAL is text
      `Y-M D H:M:S.F`, RANGE a message of `start` and `end` of which an unbounded one is absent.
      """;

  static final String SCHEMALESS =
      """

      ## Schemaless JSON

      | Source type | BigQuery type | Into a column that exists |
      |---|---|---|
      | string | STRING | also DATE, TIME, DATETIME, TIMESTAMP, INTERVAL, GEOGRAPHY, JSON, and BYTES from base64; where the column's `type` is chosen, also NUMERIC, BIGNUMERIC, INT64, FLOAT64 and BOOL |
      | number without a point | INT64 | also NUMERIC, BIGNUMERIC, FLOAT64, BOOL for 0 and 1, and DATE for days |
      | number with a point | FLOAT64 | also NUMERIC, BIGNUMERIC |
      | true, false | BOOL | also INT64 |
      | array of one kind of single values | ARRAY | NULL items are refused |
      | any other array, object | JSON | also STRING |
      | null, empty array | no column | NULL |

      Nothing tells bytes from text here, and a decimal of `decimal.handling.mode=precise` is bytes: it becomes STRING, as its
      base64. With the `type` NUMERIC most of them would be refused, but base64 that is all digits reads as another number.
      Sources without schemas need `decimal.handling.mode=string`.
      """;

  static final String HAZARDS =
      """
      The sink cannot repair what is lost before Kafka. It warns once for each column that arrives in one of these forms, and
      counts it (metric `hazards`).
      """;

  static final String UNWARNED =
      """

      Of these there is no sign in the schema, and no warning:

      | What is lost or invented | What avoids it |
      |---|---|
      | A numeric, bit varying, path, polygon, geometry or vector that an update left out of line may arrive as NULL. | `REPLICA IDENTITY FULL`, or the reselect post-processor |
      | NaN and infinity of a precise numeric arrive as NULL, after a warning in the source's log. | `decimal.handling.mode=string`, or `event.converting.failure.handling.mode=fail` |
      | Arrays of two dimensions arrive as an array of NULLs, which is refused, or of the names of Java's classes. | a column of type jsonb |
      | NaN and infinity in real, double precision and `decimal.handling.mode=double` are 0 behind Connect's JSON converter, and so is -0. | Avro |
      | Items of time[] have milliseconds. Arrays with a NULL among enums, ltree, tsvector or vectors do not arrive. | a column of type jsonb |
      | Arrays of intervals, money, composites, domains, bit varying, xml, points, names and sparsevec do not arrive. | a column of type jsonb |
      | A sparsevec of more than 32767 dimensions arrives as NULL, after a warning in the source's log. | `event.converting.failure.handling.mode=fail` |
      | Types that Debezium does not know do not arrive. | `include.unknown.datatypes=true` |
      | Dates before Christ and infinite dates differ between snapshot and log; infinite ones are known in both. | no such dates |
      | Dates before 1582-10-15 may be shifted by days in snapshots and in arrays, as the Julian calendar has them. | no such dates |
      | An infinite interval arrives as one of no time. | no such intervals |
      | A stored generated column arrives in a snapshot, but not from the log. | `column.exclude.list` of it |
      | `before` holds invented values beside the key. The sink does not read it. | |
      | A zero date of MySQL arrives as NULL, or as 1970-01-01 in a NOT NULL column. | `time.precision.mode=structured`, which refuses it |
      | tinyint(1) of MySQL arrives as a number in a snapshot, and may arrive as a boolean from the log. | the TinyIntOneToBooleanConverter, or `column` option `type` |
      | Years 1 to 99 of MySQL arrive as 1970 to 2069. | `enable.time.adjuster=false` |
      | A datetime of MySQL outside the years 1678 to 2261 arrives as another one in nanoseconds. | `time.precision.mode=adaptive_time_microseconds` |
      | bit varying loses leading zeros. | a column of type text |
      """;

  private TypesText() {}

  static String holds(Column column) {
    return switch (column.type()) {
      case INT64 -> "-2^63 to 2^63-1";
      case FLOAT64 -> "doubles, NaN and infinity";
      case BOOL -> "true, false";
      case STRING -> "valid Unicode";
      case BYTES -> "any";
      case NUMERIC -> "29 digits before the point, 9 after it";
      case BIGNUMERIC -> "38 digits after the point, up to 5.7e38";
      case DATE, DATETIME, TIMESTAMP -> "years 1 to 9999" + fraction(column);
      case TIME -> "00:00 to 23:59:59.999999";
      case JSON -> "exact numbers, unique names, 500 levels";
      case GEOGRAPHY -> "longitude and latitude";
      case INTERVAL -> "±10000 years, ±3660000 days, ±87840000 hours; microseconds";
      case RANGE_DATE, RANGE_DATETIME, RANGE_TIMESTAMP -> "not empty; years 1 to 9999";
      case STRUCT -> "as its fields";
    };
  }

  private static String fraction(Column column) {
    return switch (column.type()) {
      case DATE -> "";
      default -> ", microseconds";
    };
  }
}
