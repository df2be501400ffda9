package io.tributary.bigquery.write;

import static java.util.stream.Collectors.joining;

import io.tributary.bigquery.config.PartitionChoice;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import io.tributary.bigquery.table.Sql;
import io.tributary.bigquery.table.Step;
import io.tributary.bigquery.table.TableSchema;
import io.tributary.bigquery.table.Traits;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** The script that writes a table anew from its own rows, with other types or another key. Pure. */
final class RewriteScript {
  /** In the message of a script that met rows without the new key. */
  static final String BAD_KEY = "tributary: the new key is NULL in a row, or stands in several";

  private static final BigDecimal DAY_MILLIS = BigDecimal.valueOf(86_400_000);

  /** Another task was first: the job does nothing. */
  private static final String NOTHING = "SELECT 1";

  private final TableSchema present;
  private final Step.Recreate wanted;

  /**
   * @param present the table as it is
   */
  RewriteScript(TableSchema present, Step.Recreate wanted) {
    this.present = present;
    this.wanted = wanted;
  }

  String text() {
    if (done()) {
      return NOTHING;
    }
    String name = Sql.name(present.id());
    return keyCheck(name)
        + "CREATE OR REPLACE TABLE "
        + name
        + " ("
        + wanted.columns().stream().map(RewriteScript::column).collect(joining(", "))
        + ", PRIMARY KEY ("
        + names(wanted.primaryKey())
        + ") NOT ENFORCED)"
        + order(wanted.traits())
        + " AS SELECT "
        + wanted.columns().stream().map(this::value).collect(joining(", "))
        + " FROM "
        + name;
  }

  private boolean done() {
    List<String> key = wanted.primaryKey();
    return present.primaryKey().size() == key.size()
        && String.join(",", present.primaryKey()).equalsIgnoreCase(String.join(",", key))
        && wanted.columns().stream()
            .allMatch(
                column ->
                    present
                        .column(column.name())
                        .filter(there -> there.fullType().equals(column.fullType()))
                        .isPresent());
  }

  private String keyCheck(String name) {
    String keys = names(wanted.primaryKey());
    String missing =
        wanted.primaryKey().stream()
            .map(key -> Sql.name(key) + " IS NULL")
            .collect(joining(" OR "));
    return "IF (SELECT COUNT(*) FROM "
        + name
        + " WHERE "
        + missing
        + ") + (SELECT COUNT(*) FROM (SELECT 1 FROM "
        + name
        + " GROUP BY "
        + keys
        + " HAVING COUNT(*) > 1)) > 0 THEN RAISE USING MESSAGE = '"
        + BAD_KEY
        + "'; END IF;\n";
  }

  private String value(Column column) {
    Column there = present.column(column.name()).orElseThrow(() -> impossible(column));
    if (!Conversion.possible(there, column)) {
      throw impossible(column);
    }
    String quoted = Sql.name(there.name());
    return Conversion.of(quoted, there, column) + " AS " + Sql.name(column.name());
  }

  private SinkException impossible(Column column) {
    return new SinkException(
        ErrorCode.SCHEMA_CONFLICT,
        "Column "
            + column.name()
            + " of "
            + present.id()
            + " cannot be written anew as "
            + column.fullType()
            + ".");
  }

  private static String column(Column column) {
    String mode = column.mode() == Column.Mode.REQUIRED ? " NOT NULL" : "";
    String description = column.details().description();
    String options =
        description.isEmpty() ? "" : " OPTIONS(description = " + Sql.text(description) + ")";
    return Sql.name(column.name()) + " " + column.fullType() + mode + options;
  }

  private String order(Traits traits) {
    String order = traits.partitioning().map(this::partitions).orElse("");
    if (!traits.clustering().isEmpty()) {
      order += " CLUSTER BY " + names(traits.clustering());
    }
    List<String> options = new ArrayList<>();
    traits
        .partitioning()
        .flatMap(PartitionChoice::expiration)
        .ifPresent(
            life ->
                options.add(
                    "partition_expiration_days = "
                        + BigDecimal.valueOf(life.toMillis())
                            .divide(DAY_MILLIS, MathContext.DECIMAL64)
                            .toPlainString()));
    if (!traits.labels().isEmpty()) {
      String labels =
          traits.labels().entrySet().stream()
              .map(
                  label -> "(" + Sql.text(label.getKey()) + ", " + Sql.text(label.getValue()) + ")")
              .collect(joining(", "));
      options.add("labels = [" + labels + "]");
    }
    if (!traits.description().isEmpty()) {
      options.add("description = " + Sql.text(traits.description()));
    }
    if (!traits.kmsKey().isEmpty()) {
      String key = traits.kmsKey().replaceAll("/cryptoKeyVersions/.*", "");
      options.add("kms_key_name = " + Sql.text(key));
    }
    return options.isEmpty() ? order : order + " OPTIONS(" + String.join(", ", options) + ")";
  }

  /** Rows of a table that is partitioned by the time of ingestion would all move to today. */
  private String partitions(PartitionChoice choice) {
    String column =
        choice
            .column()
            .orElseThrow(
                () ->
                    new SinkException(
                        ErrorCode.SCHEMA_CONFLICT,
                        "A table that is partitioned by the time of ingestion cannot be written anew."));
    ColumnType type = present.column(column).orElseThrow().type();
    String by = Sql.name(column);
    boolean daily = choice.granularity() == PartitionChoice.Granularity.DAY;
    if (type == ColumnType.DATE && daily) {
      return " PARTITION BY " + by;
    }
    return " PARTITION BY " + type + "_TRUNC(" + by + ", " + choice.granularity() + ")";
  }

  private static String names(List<String> names) {
    return names.stream().map(Sql::name).collect(joining(", "));
  }
}
