package io.tributary.bigquery.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.config.CdcOptions;
import io.tributary.bigquery.config.ColumnChoices;
import io.tributary.bigquery.config.Conflict;
import io.tributary.bigquery.config.Deletes;
import io.tributary.bigquery.config.TableOptions;
import io.tributary.bigquery.config.WriteMode;
import io.tributary.bigquery.error.SinkException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table with a key, and what the planner makes of the columns that are wanted of it. */
final class PlannedTable {
  static final TableId TABLE = new TableId("p", "d", "t");
  static final Column ID = Column.required("id", ColumnType.INT64);

  private PlannedTable() {}

  /** What is done to a column that is there, or beside it, so that the wanted one fits. */
  static String outcome(Column present, Column wanted, TableOptions options) {
    Shape shape = new Shape(List.of(ID, wanted), List.of("id"));
    List<Step> steps;
    try {
      steps = TablePlanner.plan(TABLE, table(ID, present), shape, options);
    } catch (SinkException stop) {
      assertThat(stop)
          .hasMessageContaining("TRIB-410")
          .hasMessageContaining("Column c ")
          .hasMessageContaining(present.typeText())
          .hasMessageContaining(wanted.typeText());
      return "stop";
    }
    if (steps.isEmpty()) {
      return "nothing";
    }
    assertThat(steps).hasSize(1);
    if (steps.get(0) instanceof Step.WidenColumn widen) {
      return "widen " + widen.column().fullType();
    } else if (steps.get(0) instanceof Step.AddColumns add) {
      return "add " + add.columns().get(0).name() + " " + add.columns().get(0).fullType();
    }
    Step.Recreate recreate = (Step.Recreate) steps.get(0);
    assertThat(recreate.columns()).hasSize(3);
    return "rewrite " + recreate.columns().get(1).fullType();
  }

  /** Without any options. */
  static List<Step> plan(Optional<TableSchema> actual, Column... wanted) {
    return TablePlanner.plan(
        TABLE, actual, new Shape(List.of(wanted), List.of("id")), TableOptions.NONE);
  }

  /** A table of the sink, as it is described. */
  static Optional<TableSchema> table(Column... columns) {
    List<Column> all = new ArrayList<>(List.of(columns));
    all.add(TablePlanner.METADATA_COLUMN);
    return Optional.of(new TableSchema(TABLE, all, List.of("id"), Map.of(), "e"));
  }

  static TableOptions options(Conflict conflict) {
    return options(conflict, ColumnChoices.NONE);
  }

  static TableOptions options(Conflict conflict, ColumnChoices columns) {
    return options(WriteMode.MERGE, conflict, columns);
  }

  static TableOptions options(WriteMode mode, Conflict conflict, ColumnChoices columns) {
    return new TableOptions(
        mode,
        false,
        CdcOptions.NONE,
        Deletes.HARD,
        conflict,
        Optional.empty(),
        List.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        columns);
  }
}
