package io.tributary.bigquery.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bigquery.config.CdcOptions;
import io.tributary.bigquery.config.ColumnChoices;
import io.tributary.bigquery.config.ColumnSettings;
import io.tributary.bigquery.config.Conflict;
import io.tributary.bigquery.config.Deletes;
import io.tributary.bigquery.config.Encoding;
import io.tributary.bigquery.config.Lossy;
import io.tributary.bigquery.config.PartitionChoice;
import io.tributary.bigquery.config.TableOptions;
import io.tributary.bigquery.config.WriteMode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.table.Column.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TablePlannerTest {
  private static final TableId TABLE = new TableId("p", "d", "t");
  private static final Column ID = Column.required("id", ColumnType.INT64);
  private static final Column NAME = Column.nullable("name", ColumnType.STRING);
  private static final Column TAGS = Column.repeated("tags", ColumnType.STRING);

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

  private static String outcome(Column present, Column wanted, TableOptions options) {
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

  private static List<Step> plan(Optional<TableSchema> actual, Column... wanted) {
    return TablePlanner.plan(
        TABLE, actual, new Shape(List.of(wanted), List.of("id")), TableOptions.NONE);
  }

  private static Optional<TableSchema> foreign(String kind, List<String> key, Column... columns) {
    Traits traits = new Traits(kind, List.of(), Optional.empty(), Map.of(), "", "");
    return Optional.of(new TableSchema(TABLE, List.of(columns), key, traits, "e"));
  }

  private static Optional<TableSchema> table(Column... columns) {
    List<Column> all = new ArrayList<>(List.of(columns));
    all.add(TablePlanner.METADATA_COLUMN);
    return Optional.of(new TableSchema(TABLE, all, List.of("id"), Map.of(), "e"));
  }

  private static TableOptions options(Conflict conflict) {
    return options(conflict, ColumnChoices.NONE);
  }

  private static TableOptions options(Conflict conflict, ColumnChoices columns) {
    return new TableOptions(
        WriteMode.MERGE,
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
