package io.tributary.bigquery.change;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * What an envelope's {@code source} tells; everything may be null.
 *
 * @param file name of the file of MySQL's or MariaDB's log
 * @param place where in that file
 */
record SourceBlock(
    String connector,
    String database,
    String schema,
    String table,
    String snapshot,
    String sequence,
    Long lsn,
    Long transaction,
    String file,
    Long place,
    Long timeMicros) {

  static SourceBlock of(Map<?, ?> source) {
    return new SourceBlock(
        text(source.get("connector")),
        text(source.get("db")),
        text(source.get("schema")),
        text(source.get("table")),
        text(source.get("snapshot")),
        text(source.get("sequence")),
        number(source.get("lsn")),
        number(source.get("txId")),
        text(source.get("file")),
        number(source.get("pos")),
        micros(number(source.get("ts_us")), number(source.get("ts_ms"))));
  }

  /** The fields that a source schema has, looked up once. */
  static final class Fields {
    private final String connector;
    private final String database;
    private final String schemaName;
    private final String table;
    private final String snapshot;
    private final String sequence;
    private final String lsn;
    private final String transaction;
    private final String file;
    private final String place;
    private final String micros;
    private final String millis;

    Fields(Schema schema) {
      connector = present(schema, "connector");
      database = present(schema, "db");
      schemaName = present(schema, "schema");
      table = present(schema, "table");
      snapshot = present(schema, "snapshot");
      sequence = present(schema, "sequence");
      lsn = present(schema, "lsn");
      transaction = present(schema, "txId");
      file = present(schema, "file");
      place = present(schema, "pos");
      micros = present(schema, "ts_us");
      millis = present(schema, "ts_ms");
    }

    SourceBlock read(Struct source) {
      return new SourceBlock(
          text(value(source, connector)),
          text(value(source, database)),
          text(value(source, schemaName)),
          text(value(source, table)),
          text(value(source, snapshot)),
          text(value(source, sequence)),
          number(value(source, lsn)),
          number(value(source, transaction)),
          text(value(source, file)),
          number(value(source, place)),
          micros(number(value(source, micros)), number(value(source, millis))));
    }

    private static String present(Schema schema, String name) {
      return schema.field(name) == null ? null : name;
    }

    private static Object value(Struct struct, String name) {
      return name == null ? null : struct.getWithoutDefault(name);
    }
  }

  static String text(Object value) {
    return value instanceof String text ? text : null;
  }

  static Long number(Object value) {
    return value instanceof Number number ? (Long) number.longValue() : null;
  }

  private static Long micros(Long micros, Long millis) {
    if (micros != null || millis == null) {
      return micros;
    }
    return millis * 1_000L;
  }
}
