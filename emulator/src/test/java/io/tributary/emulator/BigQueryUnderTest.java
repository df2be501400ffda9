package io.tributary.emulator;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.Dataset;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.PrimaryKey;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TableConstraints;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.write.WriteLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The BigQuery that the tests talk to through Google's own clients: one emulator for all of them,
 * or whatever {@link ContractTarget} names.
 */
public final class BigQueryUnderTest implements AutoCloseable {
  private static final ContractTarget TARGET = ContractTarget.of(System.getenv());
  public static final String PROJECT = TARGET.project();
  public static final String DATASET = TARGET.dataset();

  /** Of the emulator small enough that a test exceeds it quickly. */
  public static final int APPEND_LIMIT = (TARGET.isEmulator() ? 2 : 20) * 1024 * 1024;

  // java.util.logging forgets loggers, and their levels, that nobody holds
  private static final Logger CLIENT_LOG = Logger.getLogger("com.google.cloud.bigquery.storage.v1");

  private final AtomicInteger names = new AtomicInteger();
  private final BigQueryEmulator emulator;
  private final BigQuery rest;
  private final BigQueryWriteClient write;
  private final String dataset;
  private final Consumer<BigQueryUnderTest> end;

  private BigQueryUnderTest(
      BigQueryEmulator emulator, ContractTarget target, Consumer<BigQueryUnderTest> end) {
    CLIENT_LOG.setLevel(Level.OFF);
    this.end = end;
    this.emulator = emulator;
    rest = target.connectRest();
    write = target.connectWrite();
    dataset = target.dataset();
    if (rest.getDataset(dataset) == null) {
      rest.create(DatasetInfo.of(dataset));
    }
  }

  /** An emulator of its own, for a test that needs other options than the rest. */
  public static BigQueryUnderTest start(EmulatorOptions.Builder options) {
    BigQueryEmulator emulator = BigQueryEmulator.start(options.project(PROJECT).build());
    return new BigQueryUnderTest(
        emulator,
        ContractTarget.at(PROJECT, DATASET, emulator.restUrl(), emulator.grpcEndpoint()),
        bigQuery -> emulator.close());
  }

  /** The clients of a server that keeps nothing of what a test makes there. */
  static BigQueryUnderTest at(ContractTarget target) {
    return new BigQueryUnderTest(null, target, BigQueryUnderTest::deleteDatasets);
  }

  /** The clients of an emulator in a process of its own. */
  static BigQueryUnderTest at(String restUrl, String grpcEndpoint) {
    return new BigQueryUnderTest(
        null, ContractTarget.at(PROJECT, DATASET, restUrl, grpcEndpoint), bigQuery -> {});
  }

  /** The emulator itself; only for tests marked {@code @EmulatorOnly}. */
  public BigQueryEmulator emulator() {
    return Objects.requireNonNull(emulator, "the test needs @EmulatorOnly");
  }

  public BigQuery rest() {
    return rest;
  }

  public BigQueryWriteClient write() {
    return write;
  }

  public StreamWriter writer(String stream, Message message) {
    try {
      return StreamWriter.newBuilder(stream, write).setWriterSchema(message.schema()).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public RawConnection connect() {
    return new RawConnection(write);
  }

  /** Whether it is the emulator, which may refuse what BigQuery does. */
  public boolean isEmulator() {
    return emulator != null;
  }

  /** A dataset no other test uses, which goes with this. */
  public String newDataset() {
    String name = DATASET + "_" + names.incrementAndGet();
    rest.create(DatasetInfo.of(name));
    return name;
  }

  /** A name no other test uses. */
  public TableId newName() {
    return TableId.of(PROJECT, DATASET, "t" + names.incrementAndGet());
  }

  public TableId newTable(Field... fields) {
    TableId table = newName();
    rest.create(TableInfo.of(table, StandardTableDefinition.of(Schema.of(fields))));
    return table;
  }

  public TableId newKeyedTable(List<String> key, Field... fields) {
    TableId table = newName();
    TableConstraints constraints =
        TableConstraints.newBuilder()
            .setPrimaryKey(PrimaryKey.newBuilder().setColumns(key).build())
            .build();
    rest.create(
        TableInfo.of(
            table,
            StandardTableDefinition.newBuilder()
                .setSchema(Schema.of(fields))
                .setTableConstraints(constraints)
                .build()));
    return table;
  }

  /** The rows of a query, each as its cells' texts in one line. */
  public List<String> query(String sql) {
    try {
      List<String> lines = new ArrayList<>();
      rest.query(QueryJobConfiguration.of(sql))
          .iterateAll()
          .forEach(
              row ->
                  lines.add(
                      row.stream()
                          .map(cell -> cell.isNull() ? "NULL" : cell.getStringValue())
                          .collect(Collectors.joining(" "))));
      return lines;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The table's name as statements write it. */
  public static String sql(TableId table) {
    return "`%s.%s.%s`".formatted(PROJECT, table.getDataset(), table.getTable());
  }

  public List<FieldValueList> rows(TableId table) {
    List<FieldValueList> rows = new ArrayList<>();
    rest.listTableData(table).iterateAll().forEach(rows::add);
    return rows;
  }

  /** The first column of all rows as text, in order. */
  public List<String> firstColumn(TableId table) {
    return rows(table).stream()
        .map(row -> row.get(0).isNull() ? "NULL" : row.get(0).getStringValue())
        .sorted(Comparator.comparingInt(String::length).thenComparing(text -> text))
        .toList();
  }

  public static TableRef ref(TableId table) {
    return new TableRef(PROJECT, table.getDataset(), table.getTable());
  }

  public static String path(TableId table) {
    return "projects/%s/datasets/%s/tables/%s"
        .formatted(PROJECT, table.getDataset(), table.getTable());
  }

  public static String defaultStream(TableId table) {
    return path(table) + "/streams/_default";
  }

  /** Deletes the dataset, and those whose names begin with its name. */
  private void deleteDatasets() {
    for (Dataset one : rest.listDatasets().iterateAll()) {
      if (one.getDatasetId().getDataset().startsWith(dataset)) {
        one.delete(BigQuery.DatasetDeleteOption.deleteContents());
      }
    }
  }

  @Override
  public void close() {
    write.close();
    end.accept(this);
  }

  /** Hands the one emulator of the test run to tests that ask for it. */
  public static final class Shared implements ParameterResolver, BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
      shared(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == BigQueryUnderTest.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return shared(context);
    }

    private static BigQueryUnderTest open() {
      return TARGET.isEmulator()
          ? start(
              EmulatorOptions.builder()
                  .limits(new WriteLimits(APPEND_LIMIT, WriteLimits.SERVICE.idle())))
          : at(TARGET);
    }

    private static BigQueryUnderTest shared(ExtensionContext context) {
      return context
          .getStore(StoreScope.LAUNCHER_SESSION, ExtensionContext.Namespace.GLOBAL)
          .computeIfAbsent(BigQueryUnderTest.class, type -> open(), BigQueryUnderTest.class);
    }
  }
}
