package io.tributary.bigquery.table;

import static io.tributary.bigquery.table.PlannedTable.ID;
import static io.tributary.bigquery.table.PlannedTable.TABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bigquery.config.CdcOptions;
import io.tributary.bigquery.config.ColumnChoices;
import io.tributary.bigquery.config.Conflict;
import io.tributary.bigquery.config.Deletes;
import io.tributary.bigquery.config.PartitionChoice;
import io.tributary.bigquery.config.TableOptions;
import io.tributary.bigquery.config.WriteMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a table gets beside its columns, when it is created and when it lives. */
final class PlannedOptionsTest {
  private static final Column NAME = Column.nullable("name", ColumnType.STRING);
  private static final Column TAGS = Column.repeated("tags", ColumnType.STRING);

  @Test
  void createsATableWithItsKeyAndClustering() {
    Shape shape =
        new Shape(List.of(Column.required("name", ColumnType.STRING), ID, TAGS), List.of("id"));
    assertThat(TablePlanner.plan(TABLE, Optional.empty(), shape, TableOptions.NONE))
        .containsExactly(
            new Step.CreateTable(
                TABLE,
                List.of(NAME, ID, TAGS, TablePlanner.METADATA_COLUMN),
                List.of("id"),
                new Traits("TABLE", List.of("id"), Optional.empty(), Map.of(), "", "")));
  }

  @Test
  void createsATableAsConfigured() {
    PartitionChoice daily =
        new PartitionChoice(
            Optional.of("AT"), PartitionChoice.Granularity.DAY, Optional.of(Duration.ofDays(9)));
    TableOptions options =
        new TableOptions(
            WriteMode.MERGE,
            false,
            CdcOptions.NONE,
            Deletes.HARD,
            Conflict.FAIL,
            Optional.of(daily),
            List.of("NAME", "id"),
            Map.of("team", "shop"),
            Optional.of("orders"),
            Optional.of("projects/p/keys/k"),
            List.of(),
            Optional.empty(),
            ColumnChoices.NONE);
    Column at = Column.nullable("at", ColumnType.TIMESTAMP);
    Shape shape = new Shape(List.of(ID, NAME, at), List.of("id"));
    Step.CreateTable create =
        (Step.CreateTable) TablePlanner.plan(TABLE, Optional.empty(), shape, options).get(0);
    assertThat(create.traits())
        .isEqualTo(
            new Traits(
                "TABLE",
                List.of("name", "id"),
                Optional.of(
                    new PartitionChoice(
                        Optional.of("at"), daily.granularity(), daily.expiration())),
                Map.of("team", "shop"),
                "orders",
                "projects/p/keys/k"));
    Shape timeless = new Shape(List.of(ID, NAME), List.of("id"));
    assertThatThrownBy(() -> TablePlanner.plan(TABLE, Optional.empty(), timeless, options))
        .hasMessageContaining("no column AT");
    Shape textual =
        new Shape(List.of(ID, NAME, Column.nullable("at", ColumnType.STRING)), List.of("id"));
    assertThatThrownBy(() -> TablePlanner.plan(TABLE, Optional.empty(), textual, options))
        .hasMessageContaining("cannot be partitioned by column at");
  }

  @Test
  void changesTheOptionsOfALiveTableThatCanBeChanged() {
    PartitionChoice forNine = byIngestion(Optional.of(Duration.ofDays(9)));
    TableOptions options =
        new TableOptions(
            WriteMode.MERGE,
            false,
            CdcOptions.NONE,
            Deletes.HARD,
            Conflict.FAIL,
            Optional.of(forNine),
            List.of("name"),
            Map.of("team", "shop", "tier", "1"),
            Optional.of("orders"),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            ColumnChoices.NONE);
    Traits before =
        new Traits(
            "TABLE",
            List.of("id"),
            Optional.of(byIngestion(Optional.empty())),
            Map.of("team", "shop", "other", "x"),
            "",
            "");
    Step.SetTraits step =
        new Step.SetTraits(
            TABLE, Map.of("tier", "1"), Optional.of("orders"), Optional.of(Duration.ofDays(9)));
    assertThat(planWith(before, options)).containsExactly(step);
    Traits after =
        new Traits(
            "TABLE",
            List.of("id"),
            Optional.of(forNine),
            Map.of("team", "shop", "other", "x", "tier", "1"),
            "orders",
            "");
    assertThat(planWith(after, options)).isEmpty();
    TableSchema schema = new TableSchema(TABLE, List.of(ID), List.of("id"), after, "e");
    assertThat(LiveOptions.remarks(schema, options))
        .containsExactly("is clustered by [id] and not by [name]");
    TableSchema plain = new TableSchema(TABLE, List.of(ID), List.of("id"), Map.of(), "e");
    assertThat(LiveOptions.remarks(plain, options))
        .hasSize(2)
        .contains("is partitioned in no such way and not by DAY of ingestion");
  }

  private static PartitionChoice byIngestion(Optional<Duration> life) {
    return new PartitionChoice(Optional.empty(), PartitionChoice.Granularity.DAY, life);
  }

  private static List<Step> planWith(Traits traits, TableOptions options) {
    TableSchema schema =
        new TableSchema(
            TABLE, List.of(ID, TablePlanner.METADATA_COLUMN), List.of("id"), traits, "e");
    return TablePlanner.plan(
        TABLE, Optional.of(schema), new Shape(List.of(ID), List.of("id")), options);
  }
}
