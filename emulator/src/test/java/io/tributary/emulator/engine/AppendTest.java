package io.tributary.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.ColumnType;
import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.DatasetRef;
import io.tributary.emulator.catalog.Mode;
import io.tributary.emulator.catalog.TableDefinition;
import io.tributary.emulator.catalog.TableRef;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is appended is what is read, in every shape a column can have. */
class AppendTest {
  private static final TableRef TABLE = new DatasetRef("p", "d").table("t");

  /** More than DuckDB handles at once. */
  private static final int MANY = 5_000;

  private static final Map<ColumnType, List<Object>> VALUES =
      Map.ofEntries(
          Map.entry(ColumnType.INT64, List.of(Long.MIN_VALUE, 0L, Long.MAX_VALUE)),
          Map.entry(ColumnType.FLOAT64, List.of(-1.5, Double.NaN, Double.NEGATIVE_INFINITY)),
          Map.entry(ColumnType.BOOL, List.of(true, false)),
          Map.entry(
              ColumnType.STRING,
              List.of("", "NULL", "it's \"quoted\" \\n", "[a, b]", "\u0000é😀", "x".repeat(300))),
          Map.entry(ColumnType.BYTES, List.of(new byte[0], new byte[] {0, -1, 39})),
          Map.entry(
              ColumnType.NUMERIC,
              List.of(
                  new BigDecimal("-99999999999999999999999999999.999999999"),
                  new BigDecimal("1.500000000"))),
          Map.entry(
              ColumnType.BIGNUMERIC,
              List.of(new BigDecimal("-0.00000000000000000000000000000000000001"), BigDecimal.TEN)),
          Map.entry(
              ColumnType.DATE,
              List.of(LocalDate.parse("0001-01-01"), LocalDate.parse("9999-12-31"))),
          Map.entry(ColumnType.TIME, List.of(LocalTime.MIN, LocalTime.parse("23:59:59.999999"))),
          Map.entry(
              ColumnType.DATETIME,
              List.of(
                  LocalDateTime.parse("0001-01-01T00:00:00.000001"),
                  LocalDateTime.parse("9999-12-31T23:59:59.999999"))),
          Map.entry(
              ColumnType.TIMESTAMP,
              List.of(
                  Instant.parse("0001-01-01T00:00:00.000001Z"),
                  Instant.parse("9999-12-31T23:59:59.999999Z"))),
          Map.entry(ColumnType.JSON, List.of("{\"a\":[1,null]}")),
          Map.entry(ColumnType.GEOGRAPHY, List.of("POINT(1 2)")),
          Map.entry(ColumnType.INTERVAL, List.of("1-2 -3 4:5:6.789")));

  private Engine engine;

  @BeforeEach
  void open() {
    engine = Engine.open(null, Clock.systemUTC());
    engine.createDataset(DatasetDefinition.of(TABLE.datasetRef()));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private void append(List<Column> columns, List<Object[]> rows) {
    engine.append(TABLE, List.of(new RowBatch(columns, rows)));
  }

  private List<Object[]> rows() {
    return engine.readTable(TABLE, null, 0, MANY).rows();
  }

  /** Arrays as lists, which have an equality. */
  private static Object plain(Object value) {
    if (value instanceof Object[] fields) {
      return Arrays.stream(fields).map(AppendTest::plain).toList();
    } else if (value instanceof List<?> items) {
      return items.stream().map(AppendTest::plain).toList();
    }
    return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"RANGE", "STRUCT"})
  void keepsArraysOfEveryType(ColumnType type) {
    Column array = Column.of("a", type, Mode.REPEATED);
    Column inside = Column.struct("s", Mode.NULLABLE, List.of(Column.nullable("v", type), array));
    List<Column> columns = List.of(array, inside, inside.withName("l").withMode(Mode.REPEATED));
    engine.createTable(TableDefinition.of(TABLE, columns));
    List<Object> values = VALUES.get(type);
    Object[] full = {values.get(0), values};
    Object[] bare = {null, List.of()};
    List<Object[]> rows =
        List.of(
            new Object[] {values, full, List.of(full, bare, full)},
            new Object[] {List.of(), bare, List.of()},
            new Object[] {values.subList(0, 1), null, List.of(new Object[][] {bare})});
    append(columns, rows);
    assertThat(plain(rows())).isEqualTo(plain(rows));
  }

  @Test
  void keepsManyRowsOfManyItems() {
    Column tags = Column.of("tags", ColumnType.STRING, Mode.REPEATED);
    Column item =
        Column.struct("item", Mode.NULLABLE, List.of(Column.nullable("n", ColumnType.INT64), tags));
    List<Column> columns =
        List.of(Column.nullable("id", ColumnType.INT64), tags, item.withMode(Mode.REPEATED));
    engine.createTable(TableDefinition.of(TABLE, columns));
    List<Object[]> rows = new ArrayList<>();
    for (long id = 0; id < MANY; id++) {
      List<Object> texts = new ArrayList<>();
      List<Object> items = new ArrayList<>();
      // one row alone has more items than DuckDB handles at once
      for (long i = 0; i < (id == 7 ? MANY : id % 9); i++) {
        texts.add("tag '" + id + "' of row " + i);
        items.add(new Object[] {i % 4 == 0 ? null : i, i % 3 == 0 ? List.of() : List.of("é" + i)});
      }
      rows.add(new Object[] {id, texts, items});
    }
    append(columns, rows);
    assertThat(plain(rows())).isEqualTo(plain(rows));
  }

  /** An ARRAY is never NULL in a table: NULL is stored as an empty one. */
  @Test
  void storesAnAbsentArrayAsAnEmptyOne() {
    Column array = Column.of("a", ColumnType.STRING, Mode.REPEATED);
    List<Column> columns =
        List.of(array, Column.struct("s", Mode.NULLABLE, List.of(array.withName("b"))));
    engine.createTable(TableDefinition.of(TABLE, columns));
    append(columns, List.<Object[]>of(new Object[] {null, new Object[] {null}}));
    assertThat(
            engine
                .run(
                    QueryRequest.of(
                        "p", "SELECT COUNT(*) FROM d.t WHERE a IS NOT NULL AND s.b IS NOT NULL"))
                .rows()
                .rows()
                .get(0))
        .containsExactly(1L);
  }

  /**
   * BigQuery raises an error if a stored ARRAY would have a NULL element
   * (https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#array_nulls).
   */
  @Test
  void refusesAnArrayWithAnAbsentItem() {
    List<Column> columns = List.of(Column.of("a", ColumnType.STRING, Mode.REPEATED));
    engine.createTable(TableDefinition.of(TABLE, columns));
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      rows.add(new Object[] {List.of("fine")});
    }
    rows.add(new Object[] {Arrays.asList("x", null)});
    assertThatThrownBy(() -> append(columns, rows)).hasMessageContaining("null element");
    assertThat(engine.rowCount(TABLE)).isZero();
  }

  /** A writer that knows fewer columns goes on while others are added; the new ones are NULL. */
  @Test
  void appendsWhileColumnsAreAdded() throws Exception {
    List<Column> columns = List.of(Column.nullable("id", ColumnType.INT64));
    engine.createTable(TableDefinition.of(TABLE, columns));
    AtomicBoolean altered = new AtomicBoolean();
    CompletableFuture<Long> appended =
        CompletableFuture.supplyAsync(
            () -> {
              long rows = 0;
              while (!altered.get()) {
                append(columns, List.<Object[]>of(new Object[] {rows}, new Object[] {rows}));
                rows += 2;
              }
              return rows;
            });
    try {
      for (int i = 0; i < 20; i++) {
        engine.run(QueryRequest.of("p", "ALTER TABLE d.t ADD COLUMN c" + i + " STRING"));
      }
    } finally {
      altered.set(true);
    }
    long rows = appended.get(30, TimeUnit.SECONDS);
    assertThat(engine.rowCount(TABLE)).isEqualTo(rows);
  }

  /** As rows of a pending stream are, when their table's schema changes before the commit. */
  @ParameterizedTest
  @EnumSource(
      value = ColumnType.class,
      names = {"INT64", "INTERVAL"})
  void rowsTakenBeforeAFieldWasAddedInsideAStructLackIt(ColumnType added) {
    List<Column> before = List.of(nested(Mode.NULLABLE, "s"), nested(Mode.REPEATED, "l"));
    engine.createTable(TableDefinition.of(TABLE, before));
    List<Column> after =
        List.of(
            nested(Mode.NULLABLE, "s", Column.nullable("b", added)),
            nested(Mode.REPEATED, "l", Column.nullable("b", added)));
    engine.updateTable(TABLE, TableDefinition.of(TABLE, after), null);
    Object[] old = {1L};
    append(before, List.<Object[]>of(new Object[] {old, Collections.singletonList(old)}));
    assertThat(plain(rows().get(0)))
        .isEqualTo(List.of(Arrays.asList(1L, null), List.of(Arrays.asList(1L, null))));
  }

  private static Column nested(Mode mode, String name, Column... more) {
    List<Column> fields = new ArrayList<>(List.of(Column.nullable("a", ColumnType.INT64)));
    fields.addAll(List.of(more));
    return Column.struct(name, mode, fields);
  }
}
