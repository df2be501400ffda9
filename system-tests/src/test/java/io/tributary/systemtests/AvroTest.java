package io.tributary.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryJobConfiguration;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Debezium writes Avro, Tributary reads it, and a schema registry is between them. */
@ExtendWith(SharedPipeline.class)
final class AvroTest {
  private static final Duration DEADLINE = Duration.ofSeconds(90);
  private static final List<String> TABLES = List.of("parcels");

  private final Pipeline pipeline;
  private AvroRegistry registry;

  AvroTest(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  @BeforeEach
  void start() throws Exception {
    registry = AvroRegistry.start();
    pipeline.createDataset("avro");
    execute(
        "CREATE SCHEMA avro",
        """
        CREATE TABLE avro.parcels (
          id bigint PRIMARY KEY, price numeric(10,2), wide numeric(38,18), loose numeric,
          sent timestamptz, made timestamp, day date, clock time, raw bytea, tags text[],
          counts bigint[], data jsonb, ref uuid, ratio float8, ok boolean,
          rank int, big text)""",
        "ALTER TABLE avro.parcels ALTER COLUMN big SET STORAGE EXTERNAL",
        """
        INSERT INTO avro.parcels VALUES (
          1, -12345678.90, 12345678901234567890.123456789012345678, 0.000000000000000000000001,
          '2024-02-29 23:59:59.999999+05:30', '1969-12-31 23:59:59.000001', '0001-01-01',
          '23:59:59.999999', '\\x00ff10', ARRAY['a', 'ß, "x"', ''], ARRAY[-1, 9223372036854775807],
          '{"b": [1, null, 2.50], "a": "ü"}', '0b0e1a5c-98a3-4f7c-9a0b-1f2e3d4c5b6a',
          0.1, true, NULL, repeat('x', 5000))""",
        "INSERT INTO avro.parcels (id, rank) SELECT i, NULL FROM generate_series(2, 30) AS i");
  }

  @AfterEach
  void stop() {
    pipeline.stop("avro");
    registry.close();
  }

  @Test
  void valuesArriveExactlyAndTheTableFollowsTheSource() throws Exception {
    Map<String, String> avro =
        Map.of(
            "key.converter", "io.apicurio.registry.utils.converter.AvroConverter",
            "key.converter.apicurio.registry.url", registry.url(),
            "key.converter.apicurio.registry.auto-register", "true",
            "value.converter", "io.apicurio.registry.utils.converter.AvroConverter",
            "value.converter.apicurio.registry.url", registry.url(),
            "value.converter.apicurio.registry.auto-register", "true",
            "schema.name.adjustment.mode", "avro",
            "field.name.adjustment.mode", "avro");
    pipeline.startSource("avro", 3, avro);
    pipeline.startSink("avro", 2, avro);
    pipeline.awaitEqual("avro", TABLES, DEADLINE);

    execute(
        "UPDATE avro.parcels SET price = 0.01 WHERE id = 1",
        "UPDATE avro.parcels SET big = repeat('y', 6000), rank = id WHERE id % 3 = 0",
        "UPDATE avro.parcels SET ok = false WHERE id % 6 = 0",
        "DELETE FROM avro.parcels WHERE id % 5 = 0",
        "ALTER TABLE avro.parcels ADD COLUMN note text",
        "UPDATE avro.parcels SET note = 'n' || id WHERE id % 2 = 1",
        "INSERT INTO avro.parcels (id, note) VALUES (5, 'back'), (31, NULL)");
    pipeline.awaitEqual("avro", TABLES, DEADLINE);

    assertThat(
            row(
                """
                SELECT CAST(price AS STRING), CAST(wide AS STRING), CAST(loose AS STRING),
                  CAST(UNIX_MICROS(sent) AS STRING), CAST(made AS STRING), CAST(day AS STRING),
                  CAST(clock AS STRING), TO_HEX(raw), ARRAY_TO_STRING(tags, '|'),
                  CAST(counts[OFFSET(1)] AS STRING), TO_JSON_STRING(data), ref,
                  CAST(ratio AS STRING), CAST(ok AS STRING), CAST(rank AS STRING),
                  CAST(LENGTH(big) AS STRING), note
                FROM avro.parcels WHERE id = 1"""))
        .containsExactly(
            "0.01",
            "12345678901234567890.123456789012345678",
            "0.000000000000000000000001",
            "1709231399999999",
            "1969-12-31 23:59:59.000001",
            "0001-01-01",
            "23:59:59.999999",
            "00ff10",
            "a|ß, \"x\"|",
            "9223372036854775807",
            "{\"a\":\"ü\",\"b\":[1,null,2.5]}",
            "0b0e1a5c-98a3-4f7c-9a0b-1f2e3d4c5b6a",
            "0.1",
            "true",
            null,
            "5000",
            "n1");
    assertThat(row("SELECT COUNT(*), COUNT(rank), COUNT(price) FROM avro.parcels"))
        .containsExactly("26", "8", "1");
    assertThat(registry.schemas())
        .as("the schemas of the rows before and after the column was added")
        .filteredOn(schema -> schema.contains("before") && schema.contains("ratio"))
        .hasSize(2);
    assertThat(registry.lookups()).as("schemas that the sink asked for").isPositive();
  }

  private List<String> row(String query) throws InterruptedException {
    FieldValueList values =
        pipeline.bigQuery().query(QueryJobConfiguration.of(query)).iterateAll().iterator().next();
    return values.stream().map(value -> (String) value.getValue()).toList();
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = pipeline.database();
        Statement sql = connection.createStatement()) {
      for (String statement : statements) {
        sql.execute(statement);
      }
    }
  }
}
