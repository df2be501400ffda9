package io.tributary.bigquery.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.config.ServiceSettings;
import io.tributary.bigquery.table.Answer;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import io.tributary.bigquery.table.Step;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.table.Traits;
import io.tributary.emulator.BigQueryEmulator;
import io.tributary.emulator.EmulatorOptions;
import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.DatasetRef;
import io.tributary.emulator.faults.Faults;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An emulator with one dataset for the tests of a class; each of them has the edge connected to it
 * over sockets, with Google's clients, and the name of a table of its own.
 */
final class EmulatedShop
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  private static final String PROJECT = "shop-project";

  private BigQueryEmulator emulator;
  private BigQueryWarehouse warehouse;
  private TableId table;
  private int tables;

  @Override
  public void beforeAll(ExtensionContext context) {
    emulator = BigQueryEmulator.start(EmulatorOptions.defaults());
    emulator.engine().createDataset(DatasetDefinition.of(new DatasetRef(PROJECT, "shop")));
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    warehouse = BigQueryWarehouse.connect(settings("shop", Optional.empty()), 2);
    table = new TableId(PROJECT, "shop", "t" + ++tables);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    emulator.faults().clear();
    warehouse.close();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    emulator.close();
  }

  BigQueryWarehouse warehouse() {
    return warehouse;
  }

  TableId table() {
    return table;
  }

  Faults faults() {
    return emulator.faults();
  }

  ServiceSettings settings(String dataset, Optional<String> location) {
    return new PlainService(PROJECT, dataset).at(PlainService.endpoints(emulator), location);
  }

  /** Creates the table with the columns id and name. */
  void createTable() {
    assertThat(warehouse.apply(create(table))).isInstanceOf(Answer.Ok.class);
  }

  static Step create(TableId id) {
    return new Step.CreateTable(
        id,
        List.of(
            Column.required("id", ColumnType.INT64), Column.nullable("name", ColumnType.STRING)),
        List.of(),
        new Traits("TABLE", List.of(), Optional.empty(), Map.of("a", "b"), "plain", ""));
  }

  /** What is stored in the table. */
  List<String> ids() {
    return ok(warehouse.read("SELECT id FROM `" + table + "` ORDER BY id")).stream()
        .map(row -> row.get(0))
        .toList();
  }

  static <T> T ok(Answer<T> answer) {
    assertThat(answer).isInstanceOf(Answer.Ok.class);
    return ((Answer.Ok<T>) answer).value();
  }
}
