package io.tributary.bigquery.table;

import static io.tributary.bigquery.table.PlannedTable.ID;
import static io.tributary.bigquery.table.PlannedTable.TABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bigquery.config.ColumnChoices;
import io.tributary.bigquery.config.Conflict;
import io.tributary.bigquery.config.TableOptions;
import io.tributary.bigquery.config.WriteMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * BigQuery changes the type of a column only hours after the last row was streamed to its table
 * (page "Data definition language", ALTER COLUMN SET DATA TYPE).
 */
final class StreamedTablePlannerTest {
  private static final Column WHOLE = Column.nullable("n", ColumnType.INT64);
  private static final Column EXACT = Column.nullable("n", ColumnType.NUMERIC);

  @Test
  void whereRowsAreMergedTheColumnIsWidened() {
    assertThat(plan(WriteMode.MERGE, Conflict.FAIL))
        .containsExactly(new Step.WidenColumn(TABLE, EXACT));
  }

  @ParameterizedTest
  @EnumSource(names = {"CDC", "APPEND"})
  void whereRowsAreStreamedThatIsAConflict(WriteMode mode) {
    assertThatThrownBy(() -> plan(mode, Conflict.FAIL)).hasMessageContaining("TRIB-410");
    assertThat(plan(mode, Conflict.DEAD_LETTER)).isEmpty();
    assertThat(plan(mode, Conflict.NEW_COLUMN))
        .containsExactly(new Step.AddColumns(TABLE, List.of(EXACT.withName("n_numeric"))));
  }

  private static List<Step> plan(WriteMode mode, Conflict conflict) {
    TableOptions options = PlannedTable.options(mode, conflict, ColumnChoices.NONE);
    List<String> key = mode == WriteMode.APPEND ? List.of() : List.of("id");
    TableSchema there =
        new TableSchema(
            TABLE, List.of(ID, WHOLE, TablePlanner.metadata(options)), key, Map.of(), "e");
    Shape shape = new Shape(List.of(ID, EXACT), List.of("id"));
    return TablePlanner.plan(TABLE, Optional.of(there), shape, options);
  }
}
