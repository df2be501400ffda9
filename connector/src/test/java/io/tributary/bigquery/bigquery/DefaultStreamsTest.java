package io.tributary.bigquery.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.row.MetadataWriter;
import io.tributary.bigquery.row.RowLayout;
import io.tributary.bigquery.table.Answer;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import io.tributary.bigquery.table.Step;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.table.Traits;
import io.tributary.bigquery.write.AppendOutcome;
import io.tributary.bigquery.write.RowStream;
import io.tributary.emulator.BigQueryEmulator;
import io.tributary.emulator.EmulatorOptions;
import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.DatasetRef;
import io.tributary.emulator.faults.CallMatch;
import io.tributary.emulator.faults.Failure;
import io.tributary.emulator.faults.Fault;
import io.tributary.emulator.write.AppendRecord;
import io.tributary.emulator.write.WriteChoices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of many tables' default streams over few connections. */
final class DefaultStreamsTest {
  private static final RowLayout NARROW = layout("id", "name");
  private static final RowLayout WIDE = layout("id", "name", "later");

  private BigQueryEmulator emulator;
  private BigQueryWarehouse warehouse;

  @BeforeEach
  void start() {
    start(WriteChoices.defaults());
  }

  private void start(WriteChoices choices) {
    emulator =
        BigQueryEmulator.start(
            EmulatorOptions.builder().project("local").writeChoices(choices).build());
    emulator.engine().createDataset(DatasetDefinition.of(new DatasetRef("local", "ds")));
    warehouse = BigQueryWarehouse.connect(new PlainService("local", "ds").at(emulator), 2);
  }

  @AfterEach
  void close() {
    warehouse.close();
    emulator.close();
  }

  @Test
  void manyTablesShareTheConnectionsThatAreAllowed() {
    List<CompletableFuture<AppendOutcome>> answers = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      RowStream stream = created("t" + i);
      answers.add(stream.append(List.of(row(NARROW, 1, "a"))));
      answers.add(stream.append(List.of(row(NARROW, 2, "b"), row(NARROW, 3, "c"))));
    }

    assertThat(answers).map(DefaultStreamsTest::outcome).containsOnly(new AppendOutcome.Accepted());
    assertThat(connections()).hasSize(2);
    for (int i = 0; i < 12; i++) {
      assertThat(texts("t" + i)).containsExactly("1|a", "2|b", "3|c");
    }
  }

  @Test
  void aSuccessThatTellsOfAChangedSchemaCountsOnce() {
    RowStream stream = created("t");
    assertThat(outcome(stream.append(List.of(row(NARROW, 1, "a"))))).isEqualTo(accepted());
    addColumn("t");

    assertThat(outcome(stream.append(List.of(row(NARROW, 2, "b"))))).isEqualTo(accepted());
    assertThat(texts("t")).containsExactly("1|a", "2|b");
    assertThat(emulator.appendLog()).extracting(AppendRecord::outcome).containsExactly("OK", "OK");
  }

  @Test
  void rowsOfAnotherSchemaAreReadByIt() {
    for (WriteChoices.LaterSchema meaning : WriteChoices.LaterSchema.values()) {
      close();
      start(WriteChoices.defaults().withLaterSchema(meaning));
      RowStream narrow = created("t");
      assertThat(outcome(narrow.append(List.of(row(NARROW, 1, "a"))))).isEqualTo(accepted());
      addColumn("t");
      RowStream wide = warehouse.openDefault(table("t"), WIDE.descriptor());

      assertThat(outcome(wide.append(List.of(row(WIDE, 2, "b"))))).isEqualTo(accepted());
      assertThat(outcome(narrow.append(List.of(row(NARROW, 3, "c"))))).isEqualTo(accepted());
      assertThat(read("SELECT id, later FROM ds.t")).containsExactly("1|null", "2|b", "3|null");
    }
  }

  @Test
  void aLostAnswerIsToldAndTheNextRequestFindsANewConnection() {
    RowStream stream = created("t");
    Fault lost = emulator.faults().loseAnswer(CallMatch.of("AppendRows").nth(1));

    assertThat(outcome(stream.append(List.of(row(NARROW, 1, "a")))))
        .isInstanceOf(AppendOutcome.TryAgain.class);
    assertThat(outcome(stream.append(List.of(row(NARROW, 1, "a"))))).isEqualTo(accepted());
    assertThat(lost.fired()).isEqualTo(1);
    assertThat(texts("t")).containsExactly("1|a", "1|a");
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID_ARGUMENT, Refused, BIGQUERY_UNAVAILABLE",
    "PERMISSION_DENIED, Unseen, PERMISSION_DENIED"
  })
  void aRefusalIsToldToItsOwnRequestOnly(
      io.grpc.Status.Code code, String own, ErrorCode ofTheOther) {
    List<String> names = inOnePlace(2);
    RowStream bad = created(names.get(0));
    RowStream good = created(names.get(1));
    assertThat(outcome(bad.append(List.of(row(NARROW, 1, "a"))))).isEqualTo(accepted());
    Failure lasting = new Failure(code, 400, "invalid", "told to");
    Fault held =
        emulator
            .faults()
            .delay(
                CallMatch.of("AppendRows")
                    .onStream(s -> s.contains("/" + names.get(0) + "/"))
                    .nth(1),
                Duration.ofMinutes(1));
    Fault refused =
        emulator
            .faults()
            .fail(
                CallMatch.of("AppendRows")
                    .onStream(s -> s.contains("/" + names.get(0) + "/"))
                    .nth(1),
                lasting);

    CompletableFuture<AppendOutcome> first = bad.append(List.of(row(NARROW, 2, "b")));
    CompletableFuture<AppendOutcome> second = good.append(List.of(row(NARROW, 1, "c")));
    held.release();

    assertThat(outcome(first).getClass().getSimpleName()).isEqualTo(own);
    assertThat(outcome(second))
        .isInstanceOf(AppendOutcome.TryAgain.class)
        .hasFieldOrPropertyWithValue("lasting", ofTheOther);
    assertThat(refused.fired()).isEqualTo(1);
    assertThat(outcome(good.append(List.of(row(NARROW, 1, "c"))))).isEqualTo(accepted());
  }

  @Test
  void badRowsAreNamedAndTheConnectionGoesOn() {
    RowStream stream = created("t");

    AppendOutcome outcome =
        outcome(stream.append(List.of(row(NARROW, 1, "a"), row(NARROW, null, "secret"))));

    assertThat(outcome)
        .isEqualTo(new AppendOutcome.RowsRejected(Map.of(1, "Field value of id cannot be empty.")));
    assertThat(outcome(stream.append(List.of(row(NARROW, 1, "a"))))).isEqualTo(accepted());
    assertThat(connections()).hasSize(1);
  }

  @Test
  void aColumnThatTheWritePathDoesNotSeeIsToldApart() {
    created("t");
    RowStream wide = warehouse.openDefault(table("t"), WIDE.descriptor());

    assertThat(outcome(wide.append(List.of(row(WIDE, 1, "a")))))
        .isInstanceOf(AppendOutcome.SchemaBehind.class);
    addColumn("t");
    assertThat(outcome(wide.append(List.of(row(WIDE, 1, "a"))))).isEqualTo(accepted());
  }

  private RowStream created(String name) {
    Step create =
        new Step.CreateTable(
            table(name),
            List.of(
                Column.required("id", ColumnType.INT64),
                Column.nullable("name", ColumnType.STRING)),
            List.of("id"),
            Traits.NONE);
    assertThat(warehouse.apply(create)).isInstanceOf(Answer.Ok.class);
    return warehouse.openDefault(table(name), NARROW.descriptor());
  }

  private void addColumn(String name) {
    Step add =
        new Step.AddColumns(table(name), List.of(Column.nullable("later", ColumnType.STRING)));
    assertThat(warehouse.apply(add)).isInstanceOf(Answer.Ok.class);
  }

  /** Names of tables that share a place among two. */
  private static List<String> inOnePlace(int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; names.size() < count; i++) {
      String stream = table("n" + i).path() + "/streams/_default";
      if (Math.floorMod(stream.hashCode(), 2) == 0) {
        names.add("n" + i);
      }
    }
    return names;
  }

  private static TableId table(String name) {
    return new TableId("local", "ds", name);
  }

  private static RowLayout layout(String... names) {
    List<Column> columns = new ArrayList<>();
    for (String name : names) {
      ColumnType type = name.equals("id") ? ColumnType.INT64 : ColumnType.STRING;
      columns.add(Column.nullable(name, type));
    }
    return RowLayout.of(columns, List.of());
  }

  private static ByteString row(RowLayout layout, Integer id, String text) {
    Long number = id == null ? null : Long.valueOf(id);
    MetadataWriter row = new MetadataWriter(layout).start(null).int64("id", number);
    boolean wide = layout.metadata().size() > 2;
    return row.string(wide ? "later" : "name", text).finish();
  }

  private List<String> connections() {
    return emulator.appendLog().stream().map(AppendRecord::connection).distinct().toList();
  }

  private List<String> texts(String name) {
    return read("SELECT id, name FROM ds." + name);
  }

  private List<String> read(String sql) {
    Answer<List<List<String>>> answer = warehouse.read(sql);
    assertThat(answer).isInstanceOf(Answer.Ok.class);
    return ((Answer.Ok<List<List<String>>>) answer)
        .value().stream().map(cells -> cells.get(0) + "|" + cells.get(1)).sorted().toList();
  }

  private static AppendOutcome accepted() {
    return new AppendOutcome.Accepted();
  }

  private static AppendOutcome outcome(CompletableFuture<AppendOutcome> future) {
    return future.orTimeout(30, TimeUnit.SECONDS).join();
  }
}
