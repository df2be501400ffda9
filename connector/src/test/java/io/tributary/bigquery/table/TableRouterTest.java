package io.tributary.bigquery.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bigquery.change.Origin;
import io.tributary.bigquery.error.SinkException;
import java.util.Optional;
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
    assertThat(router(template).route(origin("p.sales.orders", "shop", "sales", "orders")))
        .isEqualTo(new TableId("proj", "ds", expected));
  }

  @Test
  void readsSchemaAndTableFromTheTopicOfFlattenedRecords() {
    assertThat(router("${source.schema}_${source.table}").route(flat("p.sales.orders")).table())
        .isEqualTo("sales_orders");
  }

  @Test
  void refusesTwoSourceTablesInOneDestination() {
    TableRouter router = router("${source.table}");
    router.route(origin("p.a.t", "db", "a", "t"));
    assertThatThrownBy(() -> router.route(origin("p.b.t", "db", "b", "t")))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("TRIB-406")
        .hasMessageContaining("db.a.t")
        .hasMessageContaining("table.name.template");
  }

  @Test
  void letsPartitionsOfOneTableMeetWhenTheTemplateNamesTheTopic() {
    TableRouter router = router("${topic}");
    assertThat(router.route(origin("orders", "db", "s", "orders_2025")))
        .isEqualTo(router.route(origin("orders", "db", "s", "orders_2026")));
  }

  @Test
  void refusesAVariableThatTheRecordDoesNotTell() {
    assertThatThrownBy(() -> router("${source.db}").route(flat("orders")))
        .hasMessageContaining("source.db");
  }

  private static TableRouter router(String template) {
    return new TableRouter("proj", "ds", template);
  }

  private static Origin origin(String topic, String db, String schema, String table) {
    return new Origin(topic, Optional.of(db), Optional.of(schema), Optional.of(table));
  }

  private static Origin flat(String topic) {
    return new Origin(topic, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
