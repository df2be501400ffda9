package io.tributary.bigquery.table;

import static io.tributary.bigquery.table.PlannedTable.ID;
import static io.tributary.bigquery.table.PlannedTable.TABLE;
import static io.tributary.bigquery.table.PlannedTable.options;
import static io.tributary.bigquery.table.PlannedTable.plan;
import static io.tributary.bigquery.table.PlannedTable.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bigquery.config.Conflict;
import io.tributary.bigquery.table.Column.Mode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which columns a table gets or keeps, and which tables and keys are refused. */
final class TablePlannerTest {
  private static final Column NAME = Column.nullable("name", ColumnType.STRING);
  private static final Column TAGS = Column.repeated("tags", ColumnType.STRING);

  @Test
  void asksNothingOfATableThatFits() {
    assertThat(plan(table(ID, NAME), ID, NAME)).isEmpty();
  }

  @Test
  void addsWhatIsMissingAsNullableAndComparesNamesWithoutCase() {
    assertThat(
            plan(
                table(ID, NAME),
                ID,
                Column.nullable("NAME", ColumnType.STRING),
                Column.required("age", ColumnType.INT64)))
        .containsExactly(
            new Step.AddColumns(TABLE, List.of(Column.nullable("age", ColumnType.INT64))));
  }

  @Test
  void relaxesAColumnThatMayNowBeNull() {
    assertThat(plan(table(ID, NAME.withMode(Mode.REQUIRED)), ID, NAME))
        .containsExactly(new Step.RelaxColumns(TABLE, List.of("name")));
  }

  @Test
  void keepsColumnsThatTheSourceDropped() {
    assertThat(plan(table(ID, NAME, TAGS), ID, TAGS)).isEmpty();
    assertThat(plan(table(ID, NAME.withMode(Mode.REQUIRED), TAGS), ID, TAGS))
        .containsExactly(new Step.RelaxColumns(TABLE, List.of("name")));
    assertThat(plan(table(ID, NAME.withMode(Mode.REQUIRED)), ID)).as("a delete").isEmpty();
  }

  @Test
  void adoptsATableThatFits() {
    assertThat(plan(foreign("TABLE", List.of("id"), ID, NAME), ID, NAME))
        .containsExactly(new Step.AddColumns(TABLE, List.of(TablePlanner.METADATA_COLUMN)));
    assertThat(plan(foreign("TABLE", List.of(), ID, NAME), ID, NAME))
        .containsExactly(
            new Step.AddPrimaryKey(TABLE, List.of("id")),
            new Step.AddColumns(TABLE, List.of(TablePlanner.METADATA_COLUMN)));
  }

  @Test
  void refusesTablesThatCannotBeAdopted() {
    assertThatThrownBy(() -> plan(foreign("VIEW", List.of(), ID, NAME), ID, NAME))
        .hasMessageContaining("TRIB-405")
        .hasMessageContaining("VIEW");
    assertThatThrownBy(() -> plan(foreign("EXTERNAL", List.of(), ID), ID))
        .hasMessageContaining("EXTERNAL");
    Column required = Column.required("loaded_at", ColumnType.TIMESTAMP);
    assertThatThrownBy(() -> plan(foreign("TABLE", List.of("id"), ID, required), ID, NAME))
        .hasMessageContaining("REQUIRED columns loaded_at");
    assertThatThrownBy(() -> plan(foreign("TABLE", List.of(), NAME), ID, NAME))
        .hasMessageContaining("lacks the key column id");
    Column text = Column.nullable("name", ColumnType.INT64);
    assertThatThrownBy(() -> plan(foreign("TABLE", List.of("id"), ID, text), ID, NAME))
        .hasMessageContaining("TRIB-410");
  }

  @Test
  void refusesATableWithAnotherKeyUnlessItMayBeWrittenAnew() {
    Optional<TableSchema> other = foreign("TABLE", List.of("name"), ID, NAME);
    assertThatThrownBy(() -> plan(other, ID, NAME)).hasMessageContaining("TRIB-405");
    List<Step> steps =
        TablePlanner.plan(
            TABLE,
            table(ID, NAME),
            new Shape(List.of(ID, NAME.withMode(Mode.REQUIRED)), List.of("name")),
            options(Conflict.RECREATE));
    assertThat(steps)
        .containsExactly(
            new Step.Recreate(
                TABLE,
                List.of(
                    ID.withMode(Mode.NULLABLE),
                    NAME.withMode(Mode.REQUIRED),
                    TablePlanner.METADATA_COLUMN),
                List.of("name"),
                Traits.NONE));
  }

  @Test
  void doesNotWriteATableAnewThatWouldLoseAPolicyTag() {
    Column guarded =
        Column.nullable("name", ColumnType.DATE)
            .withDetails(Details.NONE.withPolicyTag("projects/p/taxonomies/1/policyTags/2"));
    Shape shape = new Shape(List.of(ID, NAME), List.of("id"));
    assertThatThrownBy(
            () -> TablePlanner.plan(TABLE, table(ID, guarded), shape, options(Conflict.RECREATE)))
        .hasMessageContaining("policy tag");
  }

  @Test
  void refusesNamesThatTheSinkUses() {
    for (String name : List.of("change_metadata", "trib_kind", "Trib_Whatever")) {
      assertThatThrownBy(() -> plan(Optional.empty(), ID, Column.nullable(name, ColumnType.STRING)))
          .hasMessageContaining(name);
    }
  }

  @Test
  void refusesKeysOfTypesThatBigQueryHasNoKeysOf() {
    assertThatThrownBy(() -> plan(Optional.empty(), Column.required("id", ColumnType.FLOAT64)))
        .hasMessageContaining("FLOAT64");
  }

  private static Optional<TableSchema> foreign(String kind, List<String> key, Column... columns) {
    Traits traits = new Traits(kind, List.of(), Optional.empty(), Map.of(), "", "");
    return Optional.of(new TableSchema(TABLE, List.of(columns), key, traits, "e"));
  }
}
