package io.tributary.bigquery.row;

import static io.tributary.bigquery.row.Debezium.int32;
import static io.tributary.bigquery.row.Debezium.int64;
import static io.tributary.bigquery.row.Debezium.string;
import static io.tributary.bigquery.row.Debezium.typed;
import static io.tributary.bigquery.row.TypeEntry.DEFAULT;
import static io.tributary.bigquery.row.TypeEntry.PROPAGATED;
import static io.tributary.bigquery.row.TypeEntry.row;
import static io.tributary.bigquery.row.TypeEntry.structured;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/** PostgreSQL's dates, times, timestamps and intervals in each of Debezium's modes. */
final class PostgresTimeTable {
  private PostgresTimeTable() {}

  static List<TypeEntry> entries() {
    Schema date = int32("time.Date").build();
    Map<String, Object> day = Map.of("year", 2020, "month", 2, "day", 29);
    Struct infinite = Debezium.structured("Date", Map.of("specialValue", "POSITIVE_INFINITY"));
    Struct late = Debezium.structured("Timestamp", Map.of("year", 10_000, "month", 1, "day", 1));
    return List.of(
        row("date", "`time.precision.mode` of numbers", date, 0)
            .refuses(2_932_897, -735_160, 2_146_033_979, -2_147_472_691, -622_191_234, -625_821_272)
            .note("infinity and years before Christ are refused; a snapshot sends 44 BC as 44 AD"),
        row(
            "date",
            "`time.precision.mode=connect`",
            org.apache.kafka.connect.data.Date.SCHEMA,
            date(0)),
        row(
                "date",
                "`time.precision.mode=isostring`",
                string("time.IsoDate").build(),
                "2020-02-29Z")
            .refuses("+5877611-06-21Z"),
        structured("date", "Date", day).refuses(infinite),
        row("time(0..3)", "`time.precision.mode=adaptive`", int32("time.Time").build(), 1)
            .refuses(86_400_000),
        row(
                "time",
                "`adaptive`, `adaptive_time_microseconds`, `microseconds`",
                int64("time.MicroTime").build(),
                1L)
            .refuses(86_400_000_000L)
            .note("24:00:00 is beyond TIME; may be INTERVAL"),
        row("time", "`time.precision.mode=nanoseconds`", int64("time.NanoTime").build(), 1_000L)
            .refuses(86_400_000_000_000L, 1L),
        row("time", "`time.precision.mode=connect`", Time.SCHEMA, date(0))
            .refuses(date(86_400_000)),
        row(
            "time",
            "`time.precision.mode=isostring`",
            string("time.IsoTime").build(),
            "01:02:03.456789Z"),
        structured("time", "Time", Map.of("hour", 1)),
        row("timetz", DEFAULT, string("time.ZonedTime").build(), "19:32:03.4Z")
            .note("in UTC; the zone is lost"),
        structured("timetz", "ZonedTime", Map.of("hour", 1, "offsetSeconds", 3_600)).note("in UTC"),
        row(
                "timestamp(0..3)",
                "`time.precision.mode=adaptive`",
                int64("time.Timestamp").build(),
                1L)
            .refuses(9_223_372_036_825_200_000L, -9_223_372_036_832_400_000L),
        row(
                "timestamp",
                "`adaptive`, `adaptive_time_microseconds`, `microseconds`",
                int64("time.MicroTimestamp").build(),
                1L)
            .refuses(Long.MAX_VALUE, Long.MIN_VALUE, 253_402_300_800_000_000L),
        row(
                "timestamp",
                "`time.precision.mode=nanoseconds`",
                int64("time.NanoTimestamp").build(),
                1_000L)
            .refuses(Long.MAX_VALUE, 1L)
            .note("years outside 1677 to 2262 arrive as NULL"),
        row(
                "timestamp",
                "`time.precision.mode=connect`, " + PROPAGATED,
                typed(Timestamp.builder(), "TIMESTAMP"),
                date(0))
            .refuses(date(Long.MAX_VALUE))
            .note("microseconds are lost at the source"),
        row("timestamp", "`time.precision.mode=connect`", Timestamp.SCHEMA, date(0))
            .refuses(date(Long.MAX_VALUE))
            .note("microseconds are lost at the source; may be DATETIME"),
        row(
                "timestamp",
                "`time.precision.mode=isostring`",
                string("time.IsoTimestamp").build(),
                "2020-02-29T01:02:03Z")
            .refuses("+292278994-08-16T23:00:00Z"),
        structured("timestamp", "Timestamp", day).refuses(late),
        row(
                "timestamptz",
                DEFAULT,
                string("time.ZonedTimestamp").build(),
                "2020-02-29T10:00:00.000001Z")
            .refuses(
                "infinity", "-infinity", "-0043-03-15T00:00:00.000000Z", "+99999-12-31T00:00:00Z"),
        structured("timestamptz", "ZonedTimestamp", day),
        row(
                "interval",
                "`interval.handling.mode=string`",
                string("time.Interval").build(),
                "P1Y2M3DT4H5M6.78S")
            .refuses("P10001Y0M0DT0H0M0S"),
        row("interval", "`interval.handling.mode=numeric`", int64("time.MicroDuration").build(), 1L)
            .refuses(Long.MAX_VALUE)
            .note(
                "the exact microseconds as hours, minutes and seconds; months and days are lost at the source"),
        structured("interval", "Duration", Map.of("years", 1)));
  }

  private static Date date(long millis) {
    return Date.from(Instant.ofEpochMilli(millis));
  }
}
