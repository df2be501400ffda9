package io.tributary.bigquery.table;

import static io.tributary.bigquery.table.PlannedTable.ID;
import static io.tributary.bigquery.table.PlannedTable.TABLE;
import static io.tributary.bigquery.table.PlannedTable.options;
import static io.tributary.bigquery.table.PlannedTable.outcome;
import static io.tributary.bigquery.table.PlannedTable.plan;
import static io.tributary.bigquery.table.PlannedTable.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bigquery.config.ColumnSettings;
import io.tributary.bigquery.config.Conflict;
import io.tributary.bigquery.config.Encoding;
import io.tributary.bigquery.config.Lossy;
import io.tributary.bigquery.config.TableOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done about a column whose type is not the wanted one. */
final class PlannedTypesTest {
  /**
   * Present type, wanted type (with the other types that its values fit into), policy, and what is
   * done: nothing, widen to a type, add a column, rewrite, or stop.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INT64            | INT64                | FAIL        | nothing",
        "INT64            | NUMERIC              | FAIL        | widen NUMERIC",
        "INT64            | NUMERIC or INT64     | FAIL        | widen NUMERIC",
        "INT64            | BIGNUMERIC           | FAIL        | widen BIGNUMERIC",
        "INT64            | NUMERIC(10, 2)       | FAIL        | widen NUMERIC(21, 2)",
        "INT64            | BIGNUMERIC(60, 30)   | FAIL        | widen BIGNUMERIC(60, 30)",
        "INT64            | FLOAT64              | FAIL        | stop",
        "INT64            | FLOAT64              | NEW_COLUMN  | add c_float64 FLOAT64",
        "INT64            | FLOAT64              | RECREATE    | rewrite FLOAT64",
        "INT64            | FLOAT64 or INT64     | FAIL        | nothing",
        "INT64            | STRING               | FAIL        | stop",
        "INT64            | STRING               | DEAD_LETTER | nothing",
        "INT64            | STRING               | NEW_COLUMN  | add c_string STRING",
        "INT64            | STRING               | RECREATE    | rewrite STRING",
        "NUMERIC          | INT64                | FAIL        | stop",
        "NUMERIC          | INT64 or NUMERIC     | FAIL        | nothing",
        "NUMERIC          | BIGNUMERIC           | FAIL        | widen BIGNUMERIC",
        "NUMERIC          | BIGNUMERIC(38, 20)   | FAIL        | widen BIGNUMERIC(49, 20)",
        "NUMERIC          | FLOAT64              | FAIL        | stop",
        "NUMERIC(10, 2)   | NUMERIC(12, 2)       | FAIL        | widen NUMERIC(12, 2)",
        "NUMERIC(10, 2)   | NUMERIC(8, 4)        | FAIL        | widen NUMERIC(12, 4)",
        "NUMERIC(10, 2)   | NUMERIC(8, 1)        | FAIL        | nothing",
        "NUMERIC(10, 2)   | NUMERIC              | FAIL        | widen NUMERIC",
        "NUMERIC(38, 9)   | BIGNUMERIC(76, 38)   | FAIL        | widen BIGNUMERIC(76, 38)",
        "NUMERIC          | NUMERIC(10, 2)       | FAIL        | nothing",
        "BIGNUMERIC       | NUMERIC              | FAIL        | stop",
        "BIGNUMERIC       | NUMERIC or BIGNUMERIC| FAIL        | nothing",
        "FLOAT64          | NUMERIC              | FAIL        | stop",
        "STRING(5)        | STRING(7)            | FAIL        | widen STRING(7)",
        "STRING(7)        | STRING(5)            | FAIL        | nothing",
        "STRING(7)        | STRING               | FAIL        | widen STRING",
        "STRING           | STRING(7)            | FAIL        | nothing",
        "BYTES(5)         | BYTES                | FAIL        | widen BYTES",
        "STRING           | JSON or STRING       | FAIL        | nothing",
        "STRING           | INT64                | FAIL        | stop",
        "DATE             | DATETIME             | FAIL        | stop",
        "DATE             | TIMESTAMP            | NEW_COLUMN  | add c_timestamp TIMESTAMP",
        "ARRAY<INT64>     | ARRAY<NUMERIC>       | FAIL        | stop",
        "ARRAY<INT64>     | ARRAY<NUMERIC>       | RECREATE    | rewrite ARRAY<NUMERIC>",
        "ARRAY<INT64>     | ARRAY<NUMERIC> or INT64 | FAIL      | stop",
        "ARRAY<INT64>     | ARRAY<NUMERIC> or INT64 | NEW_COLUMN | add c_numeric ARRAY<NUMERIC>",
        "ARRAY<NUMERIC>   | ARRAY<INT64> or NUMERIC | FAIL      | nothing",
        "ARRAY<STRING(5)> | ARRAY<STRING>        | FAIL        | widen ARRAY<STRING>",
        "ARRAY<INT64>     | INT64                | FAIL        | stop",
        "ARRAY<INT64>     | ARRAY<STRING>        | RECREATE    | rewrite ARRAY<STRING>",
        "ARRAY<STRING>    | ARRAY<INT64>         | RECREATE    | nothing",
        "STRING           | INT64                | RECREATE    | nothing",
        "STRING           | BYTES                | RECREATE    | nothing",
        "BYTES            | STRING               | RECREATE    | rewrite STRING",
        "DATE             | STRING(7)            | RECREATE    | rewrite STRING",
        "DATE             | STRING or DATE       | RECREATE    | rewrite STRING",
        "DATE             | STRING or DATE       | FAIL        | nothing",
        "DATE             | DATETIME             | RECREATE    | rewrite DATETIME",
        "DATETIME         | DATE                 | RECREATE    | nothing",
        "DATETIME         | TIMESTAMP            | RECREATE    | rewrite TIMESTAMP",
        "BOOL             | DATE                 | RECREATE    | rewrite STRING",
        "FLOAT64          | DATE                 | RECREATE    | rewrite STRING",
        "FLOAT64          | INT64                | RECREATE    | nothing",
        "JSON             | INT64                | RECREATE    | rewrite STRING",
        "GEOGRAPHY        | INT64                | RECREATE    | stop",
        "STRING           | ARRAY<INT64>         | RECREATE    | stop",
        "INT64            | ARRAY<INT64>         | FAIL        | stop",
        "INT64            | ARRAY<INT64>         | DEAD_LETTER | nothing",
        "JSON             | ARRAY<INT64>         | FAIL        | nothing",
        "RANGE<DATE>      | RANGE<TIMESTAMP>     | FAIL        | stop",
      })
  void bringsTypesTogether(String present, String wanted, Conflict policy, String outcome) {
    Column there = TypeText.column(present).withName("c");
    String[] types = wanted.split(" or ", -1);
    Column asked = TypeText.column(types[0]).withName("C");
    if (types.length > 1) {
      asked =
          asked.withDetails(
              asked.details().withAlternatives(Set.of(TypeText.column(types[1]).type())));
    }
    assertThat(outcome(there, asked, options(policy))).isEqualTo(outcome.trim());
  }

  @Test
  void widensToFloatingPointOnlyByALossyChoice() {
    ColumnSettings rounding =
        new ColumnSettings(
            Optional.empty(), false, false, Optional.empty(), Lossy.ROUND, Encoding.BYTES);
    TableOptions options = options(Conflict.FAIL, field -> rounding);
    Column wanted = Column.nullable("c", ColumnType.FLOAT64);
    for (ColumnType present : List.of(ColumnType.INT64, ColumnType.NUMERIC)) {
      assertThat(outcome(Column.nullable("c", present), wanted, options))
          .isEqualTo("widen FLOAT64");
    }
  }

  @Test
  void theColumnSetAsideIsTreatedAsAnyOther() {
    TableOptions options = options(Conflict.NEW_COLUMN);
    Column present = Column.nullable("c", ColumnType.DATE);
    Column aside = Column.nullable("c_string", ColumnType.STRING);
    Shape shape = new Shape(List.of(ID, Column.nullable("c", ColumnType.STRING)), List.of("id"));
    assertThat(TablePlanner.plan(TABLE, table(ID, present, aside), shape, options)).isEmpty();
    Column taken = Column.nullable("c_string", ColumnType.BOOL);
    assertThatThrownBy(() -> TablePlanner.plan(TABLE, table(ID, present, taken), shape, options))
        .hasMessageContaining("TRIB-410");
  }

  @ParameterizedTest
  @CsvSource({"FAIL, TRIB-410", "NEW_COLUMN, TRIB-410"})
  void theTypeOfAKeyNeverVaries(Conflict policy, String code) {
    Shape shape = new Shape(List.of(Column.required("id", ColumnType.NUMERIC)), List.of("id"));
    assertThatThrownBy(() -> TablePlanner.plan(TABLE, table(ID), shape, options(policy)))
        .hasMessageContaining(code);
  }

  @Test
  void theTypeOfAColumnThatOrdersTheTableNeverVaries() {
    Traits traits = new Traits("TABLE", List.of("C"), Optional.empty(), Map.of(), "", "");
    TableSchema schema =
        new TableSchema(
            TABLE,
            List.of(ID, Column.nullable("c", ColumnType.INT64), TablePlanner.METADATA_COLUMN),
            List.of("id"),
            traits,
            "e");
    assertThatThrownBy(
            () -> plan(Optional.of(schema), ID, Column.nullable("c", ColumnType.NUMERIC)))
        .hasMessageContaining("TRIB-410");
  }
}
