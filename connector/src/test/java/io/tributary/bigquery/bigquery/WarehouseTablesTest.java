package io.tributary.bigquery.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.config.PartitionChoice;
import io.tributary.bigquery.config.Problem;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.table.Answer;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import io.tributary.bigquery.table.Step;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.table.TableSchema;
import io.tributary.bigquery.table.Traits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tables are made, described and changed in the emulator, and their dataset is checked. */
final class WarehouseTablesTest {
  @RegisterExtension static final EmulatedShop SHOP = new EmulatedShop();

  private BigQueryWarehouse warehouse;
  private TableId table;

  @BeforeEach
  void connect() {
    warehouse = SHOP.warehouse();
    table = SHOP.table();
  }

  @Test
  void createsATableOnceAndDescribesIt() {
    Step create =
        new Step.CreateTable(
            table,
            List.of(
                Column.required("id", ColumnType.INT64),
                Column.nullable("name", ColumnType.STRING),
                Column.repeated("tags", ColumnType.STRING),
                Column.nullable("at", ColumnType.TIMESTAMP),
                Column.struct(
                    "change_metadata", List.of(Column.nullable("position", ColumnType.BYTES)))),
            List.of("id"),
            new Traits(
                "TABLE",
                List.of("id"),
                Optional.of(
                    new PartitionChoice(
                        Optional.of("at"),
                        PartitionChoice.Granularity.HOUR,
                        Optional.of(Duration.ofMillis(Duration.ofDays(2).toMillis())))),
                Map.of("origin", "shop"),
                "public.orders",
                ""));

    assertThat(warehouse.describe(table)).isEqualTo(new Answer.Ok<>(Optional.empty()));
    assertThat(warehouse.apply(create)).isInstanceOf(Answer.Ok.class);
    assertThat(warehouse.apply(create)).isInstanceOf(Answer.Ok.class);

    TableSchema schema = described();
    assertThat(schema.columns()).isEqualTo(((Step.CreateTable) create).columns());
    assertThat(schema.primaryKey()).containsExactly("id");
    assertThat(schema.labels()).containsEntry("origin", "shop");
    assertThat(schema.etag()).isNotBlank();
  }

  @Test
  void aTableInAnAbsentDatasetIsRefused() {
    Answer<Void> answer =
        warehouse.apply(EmulatedShop.create(new TableId(table.project(), "absent", table.table())));

    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.DATASET_MISSING));
  }

  @Test
  void changesATableRepeatably() {
    SHOP.createTable();
    Step add = new Step.AddColumns(table, List.of(Column.nullable("note", ColumnType.STRING)));
    Step relax = new Step.RelaxColumns(table, List.of("ID"));

    for (int i = 0; i < 2; i++) {
      assertThat(warehouse.apply(add)).isInstanceOf(Answer.Ok.class);
      assertThat(warehouse.apply(relax)).isInstanceOf(Answer.Ok.class);
      assertThat(warehouse.apply(new Step.SetLabel(table, "chain", "" + i)))
          .isInstanceOf(Answer.Ok.class);
    }

    assertThat(described().columns())
        .containsExactly(
            Column.nullable("id", ColumnType.INT64),
            Column.nullable("name", ColumnType.STRING),
            Column.nullable("note", ColumnType.STRING));
    assertThat(described().labels())
        .containsExactlyInAnyOrderEntriesOf(Map.of("a", "b", "chain", "1"));
  }

  @Test
  void theCheckAgreesWithTheEmulator() {
    assertThat(
            ServiceCheck.run(
                SHOP.settings("shop", Optional.of("US")), ServiceCheckTest.naming("shop")))
        .isEmpty();
    assertThat(
            ServiceCheck.run(
                SHOP.settings("absent", Optional.empty()), ServiceCheckTest.naming("absent")))
        .extracting(Problem::key)
        .containsExactly("dataset");
  }

  private TableSchema described() {
    return EmulatedShop.ok(warehouse.describe(table)).orElseThrow();
  }
}
