package io.tributary.bigquery.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bigquery.table.Column.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TablePlannerTest {
  private static final TableId TABLE = new TableId("p", "d", "t");
  private static final Column ID = Column.required("id", ColumnType.INT64);
  private static final Column NAME = Column.nullable("name", ColumnType.STRING);
  private static final Column TAGS = Column.repeated("tags", ColumnType.STRING);

  @Test
  void createsATableWithItsKeyAndClustering() {
    Shape shape =
        new Shape(List.of(ID, Column.required("name", ColumnType.STRING), TAGS), List.of("id"));
    List<Step> steps = TablePlanner.plan(TABLE, Optional.empty(), shape);
    assertThat(steps)
        .containsExactly(
            new Step.CreateTable(
                TABLE,
                List.of(ID, NAME, TAGS, TablePlanner.METADATA_COLUMN),
                List.of("id"),
                List.of("id"),
                null,
                null,
                Map.of(),
                ""));
  }

  @Test
  void asksNothingOfATableThatFits() {
    assertThat(
            TablePlanner.plan(TABLE, table(ID, NAME), new Shape(List.of(ID, NAME), List.of("id"))))
        .isEmpty();
  }

  @Test
  void addsWhatIsMissingAsNullableAndComparesNamesWithoutCase() {
    Shape shape =
        new Shape(
            List.of(
                ID,
                Column.nullable("NAME", ColumnType.STRING),
                Column.required("age", ColumnType.INT64)),
            List.of("id"));
    assertThat(TablePlanner.plan(TABLE, table(ID, NAME), shape))
        .containsExactly(
            new Step.AddColumns(TABLE, List.of(Column.nullable("age", ColumnType.INT64))));
  }

  @Test
  void relaxesAColumnThatMayNowBeNull() {
    Shape shape = new Shape(List.of(ID, NAME), List.of("id"));
    assertThat(TablePlanner.plan(TABLE, table(ID, NAME.withMode(Mode.REQUIRED)), shape))
        .containsExactly(new Step.RelaxColumns(TABLE, List.of("name")));
  }

  @Test
  void keepsColumnsThatTheSourceDropped() {
    assertThat(
            TablePlanner.plan(TABLE, table(ID, NAME, TAGS), new Shape(List.of(ID), List.of("id"))))
        .isEmpty();
  }

  @Test
  void givesAForeignTableTheMetadataColumn() {
    Optional<TableSchema> foreign =
        Optional.of(new TableSchema(TABLE, List.of(ID), List.of("id"), Map.of(), "e"));
    assertThat(TablePlanner.plan(TABLE, foreign, new Shape(List.of(ID), List.of("id"))))
        .containsExactly(new Step.AddColumns(TABLE, List.of(TablePlanner.METADATA_COLUMN)));
  }

  @Test
  void refusesATableWithAnotherKey() {
    Optional<TableSchema> keyless =
        Optional.of(new TableSchema(TABLE, List.of(ID), List.of(), Map.of(), "e"));
    assertThatThrownBy(
            () -> TablePlanner.plan(TABLE, keyless, new Shape(List.of(ID), List.of("id"))))
        .hasMessageContaining("TRIB-405");
  }

  @Test
  void refusesNamesThatTheSinkUses() {
    for (String name : List.of("change_metadata", "trib_kind", "Trib_Whatever")) {
      Shape shape = new Shape(List.of(ID, Column.nullable(name, ColumnType.STRING)), List.of("id"));
      assertThatThrownBy(() -> TablePlanner.plan(TABLE, Optional.empty(), shape))
          .hasMessageContaining(name);
    }
  }

  @Test
  void refusesKeysOfTypesThatBigQueryHasNoKeysOf() {
    Shape shape = new Shape(List.of(Column.required("id", ColumnType.FLOAT64)), List.of("id"));
    assertThatThrownBy(() -> TablePlanner.plan(TABLE, Optional.empty(), shape))
        .hasMessageContaining("FLOAT64");
  }

  private static Optional<TableSchema> table(Column... columns) {
    List<Column> all = new ArrayList<>(List.of(columns));
    all.add(TablePlanner.METADATA_COLUMN);
    return Optional.of(new TableSchema(TABLE, all, List.of("id"), Map.of(), "e"));
  }
}
