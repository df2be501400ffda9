package io.tributary.emulator.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Clustering;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldList;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.RawRest;
import io.tributary.emulator.Refusal;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.Sources;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which changes of a table's schema the REST API accepts. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class SchemaChangeTest {
  private static final String MEASURED =
      "https://github.com/flink-connector-gcp/flink-connector-gcp/blob/main/docs/content/docs/connectors/datastream/bigquery.md";

  private final BigQueryUnderTest bigQuery;
  private final TableId table;

  SchemaChangeTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
    this.table =
        bigQuery.newTable(
            field("id", StandardSQLTypeName.INT64, Field.Mode.REQUIRED),
            field("name", StandardSQLTypeName.STRING, Field.Mode.NULLABLE),
            field("tags", StandardSQLTypeName.STRING, Field.Mode.REPEATED),
            Field.newBuilder(
                    "inner",
                    StandardSQLTypeName.STRUCT,
                    field("a", StandardSQLTypeName.INT64, Field.Mode.NULLABLE))
                .setMode(Field.Mode.NULLABLE)
                .build());
  }

  private static Field field(String name, StandardSQLTypeName type, Field.Mode mode) {
    return Field.newBuilder(name, type).setMode(mode).build();
  }

  private FieldList fields() {
    return bigQuery.rest().getTable(table).getDefinition().getSchema().getFields();
  }

  private void change(Field... fields) {
    StandardTableDefinition definition = StandardTableDefinition.of(Schema.of(fields));
    bigQuery.rest().update(TableInfo.of(table, definition));
  }

  private Field[] with(String name, Field changed) {
    return fields().stream()
        .map(field -> field.getName().equals(name) ? changed : field)
        .toArray(Field[]::new);
  }

  private Field[] plus(int at, Field added) {
    List<Field> fields = new java.util.ArrayList<>(fields());
    fields.add(at, added);
    return fields.toArray(Field[]::new);
  }

  private void refused(String why, Field... fields) {
    assertThat(Refusal.of(() -> change(fields)))
        .isEqualTo(
            new Refusal(
                400,
                "invalid",
                "Provided Schema does not match Table %s. %s"
                    .formatted(BigQueryUnderTest.ref(table), why)));
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says =
          "tables.patch may add NULLABLE and REPEATED columns; old rows have NULL, or an empty"
              + " array, there.",
      source = Sources.MANAGING_SCHEMAS)
  void columnsMayBeAdded() {
    bigQuery.query("INSERT %s (id) VALUES (1)".formatted(BigQueryUnderTest.sql(table)));
    change(plus(4, field("more", StandardSQLTypeName.INT64, Field.Mode.NULLABLE)));
    change(plus(5, field("list", StandardSQLTypeName.INT64, Field.Mode.REPEATED)));
    assertThat(fields()).extracting(Field::getName).endsWith("more", "list");
    assertThat(
            bigQuery.query("SELECT more, ARRAY_LENGTH(list) FROM " + BigQueryUnderTest.sql(table)))
        .containsExactly("NULL 0");
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "A column added by tables.patch comes last, wherever the schema names it.",
      source = Sources.MANAGING_SCHEMAS)
  void addedColumnsComeLast() {
    change(plus(0, field("first", StandardSQLTypeName.INT64, Field.Mode.NULLABLE)));
    assertThat(fields())
        .extracting(Field::getName)
        .containsExactly("id", "name", "tags", "inner", "first");
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "tables.patch may add fields inside a RECORD, which DDL cannot.",
      source = MEASURED)
  void fieldsMayBeAddedInsideOfRecords() {
    bigQuery.query(
        "INSERT %s (id, `inner`) VALUES (1, STRUCT(2))".formatted(BigQueryUnderTest.sql(table)));
    Field wider =
        Field.newBuilder(
                "inner",
                StandardSQLTypeName.STRUCT,
                field("a", StandardSQLTypeName.INT64, Field.Mode.NULLABLE),
                field("b", StandardSQLTypeName.STRING, Field.Mode.NULLABLE))
            .setMode(Field.Mode.NULLABLE)
            .build();
    change(with("inner", wider));
    assertThat(
            bigQuery.query(
                "SELECT t.`inner`.a, t.`inner`.b FROM %s AS t"
                    .formatted(BigQueryUnderTest.sql(table))))
        .containsExactly("2 NULL");
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "tables.patch may relax a REQUIRED column to NULLABLE.",
      source = Sources.MANAGING_SCHEMAS)
  void requiredMayBecomeNullable() {
    change(with("id", field("id", StandardSQLTypeName.INT64, Field.Mode.NULLABLE)));
    assertThat(fields().get("id").getMode()).isEqualTo(Field.Mode.NULLABLE);
    bigQuery.query("INSERT %s (name) VALUES ('x')".formatted(BigQueryUnderTest.sql(table)));
    assertThat(bigQuery.query("SELECT id FROM " + BigQueryUnderTest.sql(table)))
        .containsExactly("NULL");
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "tables.patch may change the description and the default value of a column.",
      source = Sources.MANAGING_SCHEMAS)
  void descriptionsAndDefaultsMayChange() {
    change(
        with(
            "name",
            field("name", StandardSQLTypeName.STRING, Field.Mode.NULLABLE).toBuilder()
                .setDescription("a name")
                .setDefaultValueExpression("'nobody'")
                .build()));
    assertThat(fields().get("name").getDescription()).isEqualTo("a name");
    assertThat(fields().get("name").getDefaultValueExpression()).isEqualTo("'nobody'");
    bigQuery.query("INSERT %s (id) VALUES (1)".formatted(BigQueryUnderTest.sql(table)));
    assertThat(bigQuery.query("SELECT name FROM " + BigQueryUnderTest.sql(table)))
        .containsExactly("nobody");
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "tables.patch cannot leave a column out.",
      source = Sources.MANAGING_SCHEMAS)
  void columnsCannotBeLeftOut() {
    refused(
        "Field name is missing in new schema", fields().get(0), fields().get(2), fields().get(3));
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "tables.patch cannot change the type of a column, not even to a wider one.",
      source = Sources.MANAGING_SCHEMAS)
  void typesCannotChange() {
    refused(
        "Field id has changed type from INTEGER to FLOAT",
        with("id", field("id", StandardSQLTypeName.FLOAT64, Field.Mode.REQUIRED)));
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "tables.patch cannot change a mode but from REQUIRED to NULLABLE.",
      source = Sources.MANAGING_SCHEMAS)
  void modesCannotChange() {
    refused(
        "Field name has changed mode from NULLABLE to REQUIRED",
        with("name", field("name", StandardSQLTypeName.STRING, Field.Mode.REQUIRED)));
    refused(
        "Field tags has changed mode from REPEATED to NULLABLE",
        with("tags", field("tags", StandardSQLTypeName.STRING, Field.Mode.NULLABLE)));
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "tables.patch cannot add a REQUIRED column.",
      source = Sources.MANAGING_SCHEMAS)
  void requiredColumnsCannotBeAdded() {
    refused(
        "Cannot add required fields to an existing schema. (field: must)",
        plus(4, field("must", StandardSQLTypeName.INT64, Field.Mode.REQUIRED)));
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "A column with a default value cannot be added to a table in one step.",
      source = Sources.DEFAULT_VALUES)
  void columnsWithDefaultsCannotBeAdded() {
    Field added =
        Field.newBuilder("more", StandardSQLTypeName.INT64).setDefaultValueExpression("1").build();
    assertThat(Refusal.of(() -> change(plus(4, added))).code()).isEqualTo(400);
    change(plus(4, field("more", StandardSQLTypeName.INT64, Field.Mode.NULLABLE)));
    change(with("more", added));
    assertThat(fields().get("more").getDefaultValueExpression()).isEqualTo("1");
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "A refused change of a schema changes nothing, not even what else it asks for.",
      source = Sources.REST_TABLES + "/patch")
  @Behaviour(
      area = Area.PROPAGATION,
      says = "tables.get shows a change of the schema at once.",
      source = Sources.MANAGING_SCHEMAS)
  void aRefusedChangeChangesNothing() {
    String before = bigQuery.rest().getTable(table).getEtag();
    String patch =
        "{\"description\":\"new\",\"schema\":{\"fields\":[{\"name\":\"id\",\"type\":\"STRING\"}]}}";
    assertThat(
            new RawRest(bigQuery)
                .send("PATCH", RawRest.path(table), patch.getBytes(UTF_8))
                .status())
        .isEqualTo(400);
    assertThat(bigQuery.rest().getTable(table).getDescription()).isNull();
    assertThat(bigQuery.rest().getTable(table).getEtag()).isEqualTo(before);
    change(plus(4, field("more", StandardSQLTypeName.INT64, Field.Mode.NULLABLE)));
    assertThat(fields()).extracting(Field::getName).contains("more");
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "The clustering of a table may be changed, set and removed later.",
      source = Sources.CLUSTERED_TABLES)
  void clusteringMayChange() {
    cluster("{\"clustering\":{\"fields\":[\"id\"]}}");
    assertThat(clustering()).containsExactly("id");
    cluster("{\"clustering\":{\"fields\":[\"name\",\"id\"]}}");
    assertThat(clustering()).containsExactly("name", "id");
    cluster("{\"clustering\":null}");
    assertThat(clustering()).isEmpty();
  }

  private void cluster(String patch) {
    assertThat(
            new RawRest(bigQuery)
                .send("PATCH", RawRest.path(table), patch.getBytes(UTF_8))
                .status())
        .isEqualTo(200);
  }

  private List<String> clustering() {
    StandardTableDefinition definition = bigQuery.rest().getTable(table).getDefinition();
    Clustering clustering = definition.getClustering();
    return clustering == null ? List.of() : clustering.getFields();
  }

  @Test
  @Behaviour(
      area = Area.TABLES,
      says = "The partitioning of a table is fixed when it is made.",
      source = Sources.PARTITIONED_TABLES)
  void partitioningIsFixed() {
    String patch = "{\"timePartitioning\":{\"type\":\"DAY\"}}";
    assertThat(
            new RawRest(bigQuery)
                .send("PATCH", RawRest.path(table), patch.getBytes(UTF_8))
                .status())
        .isEqualTo(400);
  }
}
