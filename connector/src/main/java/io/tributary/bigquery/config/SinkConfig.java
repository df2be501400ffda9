package io.tributary.bigquery.config;

import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;

/** A connector's configuration, parsed and checked once. Holds no raw values. */
public final class SinkConfig {
  private final ServiceSettings service;
  private final NamingSettings naming;
  private final OrderSettings order;
  private final WriteSettings write;
  private final TableChoices tables;
  private final Secret salt;
  private final List<KafkaColumn> kafka;
  private final Encoding binary;

  private SinkConfig(Values values, List<Wish> wishes, int tasks) {
    service = service(values);
    naming =
        new NamingSettings(
            service.project(),
            service.dataset(),
            service.stagingDataset(),
            values.optional(Keys.DATASET_NAME_TEMPLATE).orElse(service.dataset()),
            values.text(Keys.TABLE_NAME_TEMPLATE),
            values.flag(Keys.AUTO_CREATE_TABLES),
            values.flag(Keys.AUTO_CREATE_DATASETS));
    order =
        new OrderSettings(
            OrderSettings.By.valueOf(constant(values.text(Keys.ORDER_BY))),
            values.number(Keys.SOURCE_EPOCH),
            values.texts(Keys.SOURCE_RESTARTS).stream().map(Instant::parse).toList(),
            values.text(Keys.KEY_FIELD),
            values.texts(Keys.UNAVAILABLE_PLACEHOLDERS));
    write = write(values, tasks);
    tables = new Overrides(wishes, preset(values));
    salt = new Secret(values.secret(Keys.HASH_SALT));
    binary = OptionValues.encoding(values.text(Keys.SOURCE_BINARY_MODE));
    kafka =
        values.texts(Keys.KAFKA_COLUMNS).stream()
            .map(word -> KafkaColumn.valueOf(constant(word)))
            .sorted()
            .toList();
  }

  /** All keys, for Connect's validation and for the documentation. */
  public static ConfigDef definition() {
    return Definition.build();
  }

  /**
   * Parses a connector's properties.
   *
   * @throws SinkException with {@link ErrorCode#CONFIG_INVALID}, naming every problem found
   */
  public static SinkConfig parse(Map<String, String> raw) {
    List<Problem> problems = new ArrayList<>(valueProblems(raw));
    if (problems.isEmpty()) {
      problems.addAll(problems(raw));
    }
    if (problems.isEmpty()) {
      return new SinkConfig(
          new Values(definition().parse(raw)), new OverrideKeys(raw).wishes(), tasks(raw));
    }
    throw new SinkException(
        ErrorCode.CONFIG_INVALID,
        problems.stream().map(Problem::message).collect(Collectors.joining(" ")));
  }

  /**
   * Problems between keys and of keys with patterns. Those of other single values are told by
   * {@link #definition()}'s own validation; while there are any, this answers nothing.
   */
  public static List<Problem> problems(Map<String, String> raw) {
    if (!valueProblems(raw).isEmpty()) {
      return List.of();
    }
    OverrideKeys overrides = new OverrideKeys(raw);
    List<Problem> problems = new ArrayList<>(overrides.problems());
    problems.addAll(CrossChecks.of(new Values(definition().parse(raw)), overrides.wishes()));
    LostRecords.check(raw).ifPresent(problems::add);
    return List.copyOf(problems);
  }

  public ServiceSettings service() {
    return service;
  }

  public NamingSettings naming() {
    return naming;
  }

  public OrderSettings order() {
    return order;
  }

  public WriteSettings write() {
    return write;
  }

  /** What is said of each table. Thread-safe. */
  public TableChoices tables() {
    return tables;
  }

  /** What goes into every hash before the value. */
  public Secret salt() {
    return salt;
  }

  /** How the source sends bytes. */
  public Encoding binary() {
    return binary;
  }

  /** Which columns tell where a record stands. */
  public List<KafkaColumn> kafka() {
    return kafka;
  }

  private static TableOptions preset(Values values) {
    return new TableOptions(
        OptionValues.mode(values.text(Keys.WRITE_MODE)),
        values.flag(Keys.HISTORY),
        new CdcOptions(
            OptionValues.unavailable(values.text(Keys.CDC_UNAVAILABLE)),
            OptionValues.truncates(values.text(Keys.CDC_TRUNCATE)),
            OptionValues.interval(values.text(Keys.MAX_STALENESS))),
        OptionValues.deletes(values.text(Keys.DELETE_MODE)),
        OptionValues.conflict(values.text(Keys.SCHEMA_CONFLICT)),
        Optional.empty(),
        List.of(),
        OptionValues.labels(values.text(Keys.LABELS)),
        Optional.empty(),
        values.optional(Keys.KMS_KEY),
        List.of(),
        values.optional(Keys.ORDER_FIELD),
        ColumnChoices.NONE);
  }

  private static List<Problem> valueProblems(Map<String, String> raw) {
    List<Problem> problems = new ArrayList<>();
    for (ConfigValue value : definition().validate(raw)) {
      for (String message : value.errorMessages()) {
        problems.add(
            new Problem(value.name(), message, "See this key in the configuration reference."));
      }
    }
    return problems;
  }

  private static ServiceSettings service(Values values) {
    String project = values.text(Keys.PROJECT);
    String dataset = values.text(Keys.DATASET);
    return new ServiceSettings(
        project,
        dataset,
        values.optional(Keys.STAGING_DATASET).orElse(dataset),
        values.optional(Keys.LOCATION),
        values.optional(Keys.JOB_PROJECT).orElse(project),
        values.optional(Keys.QUOTA_PROJECT),
        new CredentialSettings(source(values), values.optional(Keys.CREDENTIALS_IMPERSONATE)),
        endpoints(values));
  }

  private static CredentialSettings.Source source(Values values) {
    return switch (values.text(Keys.CREDENTIALS_MODE)) {
      case Keys.MODE_NONE -> new CredentialSettings.Source.None();
      case Keys.MODE_FILE ->
          new CredentialSettings.Source.KeyFile(values.text(Keys.CREDENTIALS_FILE));
      case Keys.MODE_JSON ->
          new CredentialSettings.Source.KeyJson(new Secret(values.secret(Keys.CREDENTIALS_JSON)));
      default -> new CredentialSettings.Source.ApplicationDefault();
    };
  }

  private static Endpoints endpoints(Values values) {
    if (values.flag(Keys.ENDPOINT_REGIONAL)) {
      String region = values.text(Keys.LOCATION).toLowerCase(Locale.ROOT);
      return new Endpoints(
          Optional.of("https://bigquery." + region + ".rep.googleapis.com"),
          Optional.of("bigquerystorage." + region + ".rep.googleapis.com:443"),
          false);
    }
    return new Endpoints(
        values.optional(Keys.ENDPOINT_REST),
        values.optional(Keys.ENDPOINT_GRPC),
        values.flag(Keys.ENDPOINT_PLAINTEXT));
  }

  private static WriteSettings write(Values values, int tasks) {
    return new WriteSettings(
        values.millis(Keys.FLUSH_INTERVAL_MS),
        values.number(Keys.FLUSH_BYTES),
        (int) values.number(Keys.APPEND_BYTES),
        values.number(Keys.BUFFER_BYTES),
        (int) values.number(Keys.THREADS),
        Duration.ofHours(values.number(Keys.TOMBSTONE_RETENTION_HOURS)),
        values.millis(Keys.INCOMPLETE_WAIT_MS),
        WriteSettings.Incomplete.valueOf(constant(values.text(Keys.INCOMPLETE_POLICY))),
        values.millis(Keys.RETRY_DEADLINE_MS),
        values.millis(Keys.SCHEMA_PROPAGATION_TIMEOUT_MS),
        streams(values.number(Keys.STREAMS_PER_HOUR), tasks),
        (int) values.number(Keys.CDC_CONNECTIONS));
  }

  /** Connect's own key, which it hands on to every task. */
  private static int tasks(Map<String, String> raw) {
    String text = raw.getOrDefault(Keys.TASKS_MAX, "1");
    return (Integer) ConfigDef.parseType(Keys.TASKS_MAX, text, ConfigDef.Type.INT);
  }

  /** A task's share for a period. */
  private static int streams(long ofAllPerHour, int tasks) {
    long periods = Duration.ofHours(1).dividedBy(WriteSettings.STREAMS_PERIOD);
    return (int) Math.max(1, ofAllPerHour / periods / tasks);
  }

  private static String constant(String word) {
    return word.replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
