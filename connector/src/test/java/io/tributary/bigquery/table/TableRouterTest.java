package io.tributary.bigquery.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bigquery.change.Origin;
import io.tributary.bigquery.config.TableChoices;
import io.tributary.bigquery.error.SinkException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TableRouterTest {
  @ParameterizedTest
  @CsvSource({
    "${source.table}, orders",
    "${source.schema}_${source.table}, sales_orders",
    "${source.db}.${source.table}, shop_orders",
    "${topic}, p_sales_orders",
    "raw_${source.table}, raw_orders"
  })
  void fillsTheTemplateFromTheSource(String template, String expected) {
    assertThat(router(template).route(origin("p.sales.orders", "shop", "sales", "orders")).table())
        .isEqualTo(new TableId("proj", "ds", expected));
  }

  @Test
  void readsSchemaAndTableFromTheTopicOfFlattenedRecords() {
    assertThat(
            router("${source.schema}_${source.table}")
                .route(flat("p.sales.orders"))
                .table()
                .table())
        .isEqualTo("sales_orders");
  }

  @Test
  void refusesTwoSourceTablesInOneDestination() {
    TableRouter router = router("${source.table}");
    router.route(origin("p.a.t", "db", "a", "t")).table();
    assertThatThrownBy(() -> router.route(origin("p.b.t", "db", "b", "t")).table())
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("TRIB-406")
        .hasMessageContaining("db.a.t")
        .hasMessageContaining("table.name.template");
  }

  @Test
  void letsPartitionsOfOneTableMeetWhenTheTemplateNamesTheTopic() {
    TableRouter router = router("${topic}");
    assertThat(router.route(origin("orders", "db", "s", "orders_2025")).table())
        .isEqualTo(router.route(origin("orders", "db", "s", "orders_2026")).table());
  }

  @ParameterizedTest
  @CsvSource({
    "raw_${source.schema}, raw_sales",
    "${source.db}, my_shop",
    "${topic}, p_sales_orders",
    "all, all"
  })
  void fillsTheTemplateOfTheDataset(String template, String expected) {
    TableRouter router = new TableRouter("proj", template, "t", TableChoices.NONE);

    assertThat(
            router.route(origin("p.sales.orders", "my-shop", "sales", "orders")).table().dataset())
        .isEqualTo(expected);
  }

  @Test
  void datasetsTellTablesApart() {
    TableRouter router =
        new TableRouter("proj", "${source.schema}", "${source.table}", TableChoices.NONE);

    assertThat(router.route(origin("p.a.t", "db", "a", "t")).table())
        .isNotEqualTo(router.route(origin("p.b.t", "db", "b", "t")).table());
    assertThatThrownBy(() -> router.route(origin("q.a.t", "other", "a", "t")).table())
        .hasMessageContaining("TRIB-406");
  }

  @Test
  void refusesNamesThatDifferByCaseAlone() {
    TableRouter router = router("${source.table}");
    router.route(origin("p.a.t", "db", "a", "Orders")).table();

    assertThatThrownBy(() -> router.route(origin("p.a.t", "db", "a", "orders")).table())
        .hasMessageContaining("TRIB-406");
  }

  @Test
  void refusesNamesThatBecomeOne() {
    TableRouter router = router("${source.table}");
    router.route(origin("p.a.t", "db", "a", "a:b")).table();

    assertThatThrownBy(() -> router.route(origin("p.a.t", "db", "a", "a/b")).table())
        .hasMessageContaining("TRIB-406");
  }

  @Test
  void aDeleteThatTellsItsTopicOnlyBelongsToTheTopicsTable() {
    for (boolean deleteFirst : new boolean[] {true, false}) {
      TableRouter router = router("${source.table}");
      Origin row = origin("p.sales.orders", "shop", "sales", "orders");
      Origin delete = flat("p.sales.orders");
      router.route(deleteFirst ? delete : row).table();

      assertThat(router.route(deleteFirst ? row : delete).table().table()).isEqualTo("orders");
      assertThatThrownBy(
              () -> router.route(origin("p.old.orders", "shop", "old", "orders")).table())
          .hasMessageContaining("TRIB-406");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "orders, orders",
    "Bestellung größe, Bestellung größe",
    "注文, 注文",
    "a-b_c‿d, a-b_c‿d",
    "e\u0301, e\u0301",
    "a.b$c`d, a_b_c_d",
    "'a	b', a_b",
    "😀, _"
  })
  void namesOfTablesAreMadeLegal(String name, String expected) {
    assertThat(TableNames.table(name)).isEqualTo(expected);
  }

  @Test
  void longNamesStayApart() {
    String start = "ä".repeat(600);

    assertThat(TableNames.table(start + "a").getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(1_024);
    assertThat(TableNames.table(start + "a")).isNotEqualTo(TableNames.table(start + "b"));
    assertThat(TableNames.table("a".repeat(1_024))).isEqualTo("a".repeat(1_024));
    assertThat(TableNames.dataset("é-1")).isEqualTo("__1");
  }

  @Test
  void noTwoDestinationsShareAStagingTable() {
    assertThat(
            Stream.of(
                    new TableId("p", "s", "a"),
                    new TableId("p", "s", "-d-a"),
                    new TableId("p", "d", "a"),
                    new TableId("p", "d_a", "a"),
                    new TableId("p", "d", "a-a"),
                    new TableId("p", "d_", "a"),
                    new TableId("p", "d", "_a"))
                .map(table -> StagingTable.of(table, "s")))
        .doesNotHaveDuplicates();
  }

  @Test
  void refusesAVariableThatTheRecordDoesNotTell() {
    assertThatThrownBy(() -> router("${source.db}").route(flat("orders")).table())
        .hasMessageContaining("source.db");
  }

  private static TableRouter router(String template) {
    return new TableRouter("proj", "ds", template, TableChoices.NONE);
  }

  private static Origin origin(String topic, String db, String schema, String table) {
    return new Origin(topic, Optional.of(db), Optional.of(schema), Optional.of(table));
  }

  private static Origin flat(String topic) {
    return new Origin(topic, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
