package io.tributary.bigquery.table;

import static io.tributary.bigquery.table.PlannedTable.ID;
import static io.tributary.bigquery.table.PlannedTable.TABLE;
import static io.tributary.bigquery.table.PlannedTable.options;
import static io.tributary.bigquery.table.PlannedTable.outcome;
import static io.tributary.bigquery.table.PlannedTable.plan;
import static io.tributary.bigquery.table.PlannedTable.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bigquery.config.Conflict;
import io.tributary.bigquery.config.TableOptions;
import io.tributary.bigquery.table.Column.Mode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is done about fields inside of structures. */
final class PlannedStructuresTest {
  @Test
  void addsRelaxesAndWidensFieldsInsideOfStructures() {
    Column present =
        Column.struct(
            "s",
            List.of(
                Column.nullable("a", ColumnType.INT64),
                Column.struct("t", List.of(Column.nullable("x", ColumnType.STRING)))));
    Column wanted =
        Column.struct(
            "s",
            List.of(
                Column.nullable("a", ColumnType.NUMERIC),
                Column.struct(
                    "t",
                    List.of(
                        Column.nullable("x", ColumnType.STRING),
                        Column.required("y", ColumnType.BOOL))),
                Column.nullable("b", ColumnType.DATE)));
    Column added =
        Column.struct(
            "s",
            List.of(
                Column.struct("t", List.of(Column.nullable("y", ColumnType.BOOL))),
                Column.nullable("b", ColumnType.DATE)));
    assertThat(plan(table(ID, present), ID, wanted))
        .containsExactly(
            new Step.AddColumns(TABLE, List.of(added)),
            new Step.WidenColumn(
                TABLE,
                Column.struct(
                    "s",
                    List.of(Column.nullable("a", ColumnType.NUMERIC), present.fields().get(1)))));
    Column array = present.withMode(Mode.REPEATED);
    assertThatThrownBy(() -> plan(table(ID, array), ID, wanted.withMode(Mode.REPEATED)))
        .as("BigQuery does not widen what arrays hold")
        .hasMessageContaining("TRIB-410");
    List<Column> grown = new ArrayList<>(wanted.fields());
    grown.set(0, present.fields().get(0));
    assertThat(plan(table(ID, array), ID, wanted.withFields(grown).withMode(Mode.REPEATED)))
        .containsExactly(new Step.AddColumns(TABLE, List.of(added.withMode(Mode.REPEATED))));
    Column strict = Column.struct("s", List.of(Column.required("a", ColumnType.INT64)));
    Column loose = Column.struct("s", List.of(Column.nullable("A", ColumnType.INT64)));
    assertThat(
            TablePlanner.plan(
                TABLE,
                table(ID, strict),
                new Shape(List.of(ID, loose), List.of("id")),
                TableOptions.NONE))
        .containsExactly(new Step.RelaxColumns(TABLE, List.of("s.a")));
  }

  @Test
  void aConflictInsideOfAStructureIsOneOfItsColumn() {
    Column present = Column.struct("c", List.of(Column.nullable("a", ColumnType.DATE)));
    Column wanted = Column.struct("c", List.of(Column.nullable("a", ColumnType.INT64)));
    assertThatThrownBy(() -> plan(table(ID, present), ID, wanted))
        .hasMessageContaining("STRUCT<`a` DATE>")
        .hasMessageContaining("STRUCT<`a` INT64>");
    assertThat(outcome(present, wanted, options(Conflict.NEW_COLUMN)))
        .as("but the field gets another beside it")
        .isEqualTo("add c STRUCT<`a_int64` INT64>");
    Column single = Column.nullable("c", ColumnType.INT64);
    assertThat(outcome(single, wanted, options(Conflict.NEW_COLUMN)))
        .isEqualTo("add c_struct STRUCT<`a` INT64>");
    Column other = Column.struct("c_struct", List.of(Column.nullable("a", ColumnType.DATE)));
    Shape shape = new Shape(List.of(ID, wanted), List.of("id"));
    Column further =
        Column.struct("c_struct", List.of(Column.nullable("a_int64", ColumnType.INT64)));
    assertThat(
            TablePlanner.plan(TABLE, table(ID, single, other), shape, options(Conflict.NEW_COLUMN)))
        .containsExactly(new Step.AddColumns(TABLE, List.of(further)));
  }

  @Test
  void aFieldIsSetAsideWhereItsStructureCannotBeStatedAnew() {
    Column guarded =
        Column.nullable("t", ColumnType.STRING).withDetails(Details.NONE.withPolicyTag("tag"));
    Column present = Column.struct("c", List.of(Column.nullable("a", ColumnType.INT64), guarded));
    Column wanted = Column.struct("c", List.of(Column.nullable("a", ColumnType.NUMERIC)));
    assertThat(outcome(present, wanted, options(Conflict.FAIL))).isEqualTo("stop");
    assertThat(outcome(present, wanted, options(Conflict.NEW_COLUMN)))
        .isEqualTo("add c STRUCT<`a_numeric` NUMERIC>");
  }
}
