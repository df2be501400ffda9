package io.tributary.emulator.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Clustering;
import com.google.cloud.bigquery.EncryptionConfiguration;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.PolicyTags;
import com.google.cloud.bigquery.PrimaryKey;
import com.google.cloud.bigquery.RangePartitioning;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableConstraints;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.TimePartitioning;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.RawRest;
import io.tributary.emulator.RawRest.Reply;
import io.tributary.emulator.Refusal;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.Sources;
import io.tributary.emulator.contract.Standing;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What tables.insert takes, keeps and refuses. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class TableDefinitionTest {
  private static final Field ID = Field.of("id", StandardSQLTypeName.INT64);
  private static final Field DAY = Field.of("day", StandardSQLTypeName.DATE);

  private final BigQueryUnderTest bigQuery;
  private final RawRest raw;

  TableDefinitionTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
    this.raw = new RawRest(bigQuery);
  }

  private StandardTableDefinition made(StandardTableDefinition.Builder definition) {
    TableId table = bigQuery.newName();
    bigQuery.rest().create(TableInfo.of(table, definition.build()));
    return bigQuery.rest().getTable(table).getDefinition();
  }

  private void refused(StandardTableDefinition.Builder definition) {
    Refusal refused =
        Refusal.of(
            () -> bigQuery.rest().create(TableInfo.of(bigQuery.newName(), definition.build())));
    assertThat(refused.code()).isEqualTo(400);
    assertThat(refused.reason()).isEqualTo("invalid");
  }

  private static StandardTableDefinition.Builder of(Field... fields) {
    return StandardTableDefinition.newBuilder().setSchema(Schema.of(fields));
  }

  private static Clustering clustering(String... fields) {
    return Clustering.newBuilder().setFields(List.of(fields)).build();
  }

  private static TableConstraints key(String... columns) {
    return TableConstraints.newBuilder()
        .setPrimaryKey(PrimaryKey.newBuilder().setColumns(List.of(columns)).build())
        .build();
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "A table keeps its description, friendly name, labels and time of expiration.",
      source = Sources.REST_TABLES)
  void keepsWhatDescribesIt() {
    TableId table = bigQuery.newName();
    long expiration = System.currentTimeMillis() + 3_600_000;
    bigQuery
        .rest()
        .create(
            TableInfo.newBuilder(table, of(ID).build())
                .setDescription("described")
                .setFriendlyName("A table")
                .setLabels(Map.of("env", "test"))
                .setExpirationTime(expiration)
                .build());
    Table made = bigQuery.rest().getTable(table);
    assertThat(made.getDescription()).isEqualTo("described");
    assertThat(made.getFriendlyName()).isEqualTo("A table");
    assertThat(made.getLabels()).containsOnly(Map.entry("env", "test"));
    assertThat(made.getExpirationTime()).isEqualTo(expiration);
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "A description has at most 16,384 characters for a table and 1,024 for a column.",
      source = Sources.QUOTAS)
  void descriptionsHaveALimit() {
    TableId table = bigQuery.newName();
    TableInfo info = TableInfo.of(table, of(ID).build());
    TableInfo tooLong = info.toBuilder().setDescription("x".repeat(16_385)).build();
    assertThat(Refusal.of(() -> bigQuery.rest().create(tooLong)).code()).isEqualTo(400);
    bigQuery.rest().create(info.toBuilder().setDescription("x".repeat(16_384)).build());
    refused(of(ID.toBuilder().setDescription("x".repeat(1025)).build()));
    made(of(ID.toBuilder().setDescription("x".repeat(1024)).build()));
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "Labels of a table have the same form as those of a dataset.",
      source = Sources.REST_TABLES)
  void labelsHaveAForm() {
    TableInfo info =
        TableInfo.newBuilder(bigQuery.newName(), of(ID).build())
            .setLabels(Map.of("Upper", "x"))
            .build();
    assertThat(Refusal.of(() -> bigQuery.rest().create(info)).code()).isEqualTo(400);
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "A table is clustered by up to four top-level columns that are not repeated.",
      source = Sources.CLUSTERED_TABLES)
  void clusteringHasLimits() {
    Field[] five =
        IntStream.range(0, 5)
            .mapToObj(i -> Field.of("c" + i, StandardSQLTypeName.STRING))
            .toArray(Field[]::new);
    assertThat(
            made(of(five).setClustering(clustering("c3", "c1", "c0", "c2")))
                .getClustering()
                .getFields())
        .containsExactly("c3", "c1", "c0", "c2");
    refused(of(five).setClustering(clustering("c0", "c1", "c2", "c3", "c4")));
    refused(of(ID).setClustering(clustering("none")));
    refused(
        of(ID.toBuilder().setMode(Field.Mode.REPEATED).build()).setClustering(clustering("id")));
    refused(of(Field.of("f", StandardSQLTypeName.FLOAT64)).setClustering(clustering("f")));
    refused(of(Field.of("j", StandardSQLTypeName.JSON)).setClustering(clustering("j")));
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says =
          "A table is partitioned by hour, day, month or year of a DATE, DATETIME or TIMESTAMP"
              + " column or of the time of ingestion, and says so.",
      source = Sources.PARTITIONED_TABLES)
  void partitionsByTime() {
    TimePartitioning byDay =
        TimePartitioning.newBuilder(TimePartitioning.Type.MONTH)
            .setField("day")
            .setExpirationMs(86_400_000L)
            .build();
    TimePartitioning kept = made(of(ID, DAY).setTimePartitioning(byDay)).getTimePartitioning();
    assertThat(kept.getType()).isEqualTo(TimePartitioning.Type.MONTH);
    assertThat(kept.getField()).isEqualTo("day");
    assertThat(kept.getExpirationMs()).isEqualTo(86_400_000L);
    TimePartitioning ingestion =
        made(of(ID).setTimePartitioning(TimePartitioning.of(TimePartitioning.Type.HOUR)))
            .getTimePartitioning();
    assertThat(ingestion.getType()).isEqualTo(TimePartitioning.Type.HOUR);
    assertThat(ingestion.getField()).isNull();
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says =
          "A column that partitions has to exist, be no array, and be of a type that can: DATE"
              + " not by hour, INT64 only in ranges.",
      source = Sources.PARTITIONED_TABLES)
  void partitioningNeedsAFittingColumn() {
    refused(of(ID).setTimePartitioning(byDayOf("none")));
    refused(of(ID).setTimePartitioning(byDayOf("id")));
    refused(of(Field.of("s", StandardSQLTypeName.STRING)).setTimePartitioning(byDayOf("s")));
    refused(
        of(DAY.toBuilder().setMode(Field.Mode.REPEATED).build())
            .setTimePartitioning(byDayOf("day")));
    refused(
        of(DAY)
            .setTimePartitioning(
                TimePartitioning.newBuilder(TimePartitioning.Type.HOUR).setField("day").build()));
    refused(of(DAY).setRangePartitioning(ranges("day")));
  }

  private static TimePartitioning byDayOf(String field) {
    return TimePartitioning.newBuilder(TimePartitioning.Type.DAY).setField(field).build();
  }

  private static RangePartitioning ranges(String field) {
    return RangePartitioning.newBuilder()
        .setField(field)
        .setRange(
            RangePartitioning.Range.newBuilder().setStart(0L).setEnd(100L).setInterval(10L).build())
        .build();
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "A table is partitioned by ranges of an INT64 column.",
      source = Sources.PARTITIONED_TABLES)
  void partitionsByRanges() {
    RangePartitioning kept = made(of(ID).setRangePartitioning(ranges("id"))).getRangePartitioning();
    assertThat(kept.getField()).isEqualTo("id");
    assertThat(kept.getRange().getStart()).isEqualTo(0);
    assertThat(kept.getRange().getEnd()).isEqualTo(100);
    assertThat(kept.getRange().getInterval()).isEqualTo(10);
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "A table keeps the name of its customer-managed encryption key.",
      source = "https://cloud.google.com/bigquery/docs/customer-managed-encryption")
  void keepsItsEncryptionKey() {
    TableId table = bigQuery.newName();
    String key = "projects/p/locations/us/keyRings/r/cryptoKeys/k";
    bigQuery
        .rest()
        .create(
            TableInfo.newBuilder(table, of(ID).build())
                .setEncryptionConfiguration(
                    EncryptionConfiguration.newBuilder().setKmsKeyName(key).build())
                .build());
    assertThat(bigQuery.rest().getTable(table).getEncryptionConfiguration().getKmsKeyName())
        .isEqualTo(key);
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "A column keeps its policy tag.",
      source = "https://cloud.google.com/bigquery/docs/column-level-security")
  void columnsKeepTheirPolicyTags() {
    String tag = "projects/p/locations/us/taxonomies/1/policyTags/2";
    Field tagged =
        ID.toBuilder()
            .setPolicyTags(PolicyTags.newBuilder().setNames(List.of(tag)).build())
            .build();
    assertThat(made(of(tagged)).getSchema().getFields().get("id").getPolicyTags().getNames())
        .containsExactly(tag);
  }

  @Test
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "tables.insert and tables.patch accept maxStaleness and drop it; only DDL sets it.",
      source = "https://github.com/flink-connector-gcp/flink-connector-gcp/tree/main/docs/adr")
  void maxStalenessIsDropped() {
    TableId table = bigQuery.newName();
    String body =
        "{\"tableReference\":{\"tableId\":\"%s\"},\"maxStaleness\":\"0-0 0 0:10:0\","
                .formatted(table.getTable())
            + "\"schema\":{\"fields\":[{\"name\":\"id\",\"type\":\"INT64\"}]}}";
    Reply made = raw.post("/datasets/" + table.getDataset() + "/tables", body);
    assertThat(made.status()).isEqualTo(200);
    assertThat(made.body().has("maxStaleness")).isFalse();
    Reply patched =
        raw.send(
            "PATCH", RawRest.path(table), "{\"maxStaleness\":\"0-0 0 0:20:0\"}".getBytes(UTF_8));
    assertThat(patched.status()).isEqualTo(200);
    assertThat(raw.get(RawRest.path(table)).body().has("maxStaleness")).isFalse();
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "tables.insert takes a primary key of up to 16 columns, which tables.get shows.",
      source = Sources.PRIMARY_KEYS)
  @Behaviour(
      area = Area.TABLES,
      says =
          "A primary key has no columns of type FLOAT64, TIME, JSON, GEOGRAPHY, INTERVAL, RANGE"
              + " or STRUCT, no arrays, and none that the table lacks.",
      source = Sources.PRIMARY_KEYS)
  @Behaviour(
      area = Area.TABLES,
      says = "A column of a primary key has no default value.",
      source = Sources.PRIMARY_KEYS)
  void primaryKeysHaveLimits() {
    Field[] many =
        IntStream.range(0, 17)
            .mapToObj(i -> Field.of("k" + i, StandardSQLTypeName.STRING))
            .toArray(Field[]::new);
    String[] names = IntStream.range(0, 17).mapToObj(i -> "k" + i).toArray(String[]::new);
    String[] sixteen = List.of(names).subList(0, 16).toArray(String[]::new);
    assertThat(
            made(of(many).setTableConstraints(key(sixteen)))
                .getTableConstraints()
                .getPrimaryKey()
                .getColumns())
        .containsExactly(sixteen);
    refused(of(many).setTableConstraints(key(names)));
    refused(of(ID).setTableConstraints(key("none")));
    for (StandardSQLTypeName type :
        List.of(
            StandardSQLTypeName.FLOAT64,
            StandardSQLTypeName.TIME,
            StandardSQLTypeName.JSON,
            StandardSQLTypeName.GEOGRAPHY,
            StandardSQLTypeName.INTERVAL)) {
      refused(of(Field.of("k", type)).setTableConstraints(key("k")));
    }
    refused(of(Field.of("k", StandardSQLTypeName.STRUCT, ID)).setTableConstraints(key("k")));
    refused(of(ID.toBuilder().setMode(Field.Mode.REPEATED).build()).setTableConstraints(key("id")));
    refused(
        of(ID.toBuilder().setDefaultValueExpression("1").build()).setTableConstraints(key("id")));
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says =
          "A column's default value expression is kept, and refused if it is no expression or"
              + " not of the column's type.",
      source = Sources.DEFAULT_VALUES)
  void defaultsAreChecked() {
    assertThat(
            made(of(ID.toBuilder().setDefaultValueExpression("6 * 7").build()))
                .getSchema()
                .getFields()
                .get("id")
                .getDefaultValueExpression())
        .isEqualTo("6 * 7");
    for (String wrong : List.of("6 *", "no_such_column", "DATE '2020-01-01'")) {
      TableInfo info =
          TableInfo.of(
              bigQuery.newName(),
              of(ID.toBuilder().setDefaultValueExpression(wrong).build()).build());
      assertThat(Refusal.of(() -> bigQuery.rest().create(info)).code()).as(wrong).isEqualTo(400);
    }
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "Schemas are answered with the older names of types: INTEGER, FLOAT, BOOLEAN, RECORD.",
      source = Sources.REST_TABLES)
  void typesHaveTheirOlderNames() {
    TableId table =
        bigQuery.newTable(
            ID,
            Field.of("f", StandardSQLTypeName.FLOAT64),
            Field.of("b", StandardSQLTypeName.BOOL),
            Field.of("r", StandardSQLTypeName.STRUCT, ID));
    assertThat(raw.get(RawRest.path(table)).body().at("/schema/fields").findValuesAsText("type"))
        .containsExactly("INTEGER", "FLOAT", "BOOLEAN", "RECORD", "INTEGER");
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "Tables with foreign keys.",
      source = Sources.PRIMARY_KEYS,
      standing = Standing.NOT_SUPPORTED)
  @Behaviour(
      area = Area.TABLES,
      says = "Tables with a default collation, a default rounding mode or resource tags.",
      source = Sources.REST_TABLES,
      standing = Standing.NOT_SUPPORTED)
  @Behaviour(
      area = Area.TABLES,
      says = "External tables, materialized views and snapshots.",
      source = Sources.REST_TABLES,
      standing = Standing.NOT_SUPPORTED)
  @io.tributary.emulator.contract.EmulatorOnly
  void refusesWhatItDoesNotKeep() {
    for (String option :
        List.of(
            "\"tableConstraints\":{\"foreignKeys\":[{\"name\":\"f\"}]}",
            "\"defaultCollation\":\"und:ci\"",
            "\"defaultRoundingMode\":\"ROUND_HALF_EVEN\"",
            "\"resourceTags\":{\"a/b\":\"c\"}",
            "\"externalDataConfiguration\":{\"sourceFormat\":\"CSV\"}",
            "\"materializedView\":{\"query\":\"SELECT 1\"}",
            "\"snapshotDefinition\":{\"snapshotTime\":\"x\"}")) {
      Reply refused =
          raw.post(
              "/datasets/" + BigQueryUnderTest.DATASET + "/tables",
              "{\"tableReference\":{\"tableId\":\"refused\"},%s}".formatted(option));
      assertThat(refused.status()).as(option).isEqualTo(501);
      assertThat(refused.reason()).as(option).isEqualTo("notImplemented");
    }
  }
}
