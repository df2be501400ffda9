package io.tributary.bigquery.bigquery;

import com.google.api.services.bigquery.model.Clustering;
import com.google.api.services.bigquery.model.EncryptionConfiguration;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableConstraints;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TimePartitioning;
import io.tributary.bigquery.config.PartitionChoice;
import io.tributary.bigquery.table.Step;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.table.TableSchema;
import io.tributary.bigquery.table.Traits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tables in the form of BigQuery's REST service, and back. */
final class TableBodies {
  private TableBodies() {}

  static Table body(Step.CreateTable step) {
    TableId id = step.table();
    Traits traits = step.traits();
    Table table =
        new Table()
            .setTableReference(
                new TableReference()
                    .setProjectId(id.project())
                    .setDatasetId(id.dataset())
                    .setTableId(id.table()))
            .setSchema(
                new com.google.api.services.bigquery.model.TableSchema()
                    .setFields(Fields.fields(step.columns())))
            .setDescription(traits.description())
            .setLabels(traits.labels());
    if (!step.primaryKey().isEmpty()) {
      table.setTableConstraints(
          new TableConstraints()
              .setPrimaryKey(new TableConstraints.PrimaryKey().setColumns(step.primaryKey())));
    }
    if (!traits.clustering().isEmpty()) {
      table.setClustering(new Clustering().setFields(traits.clustering()));
    }
    traits.partitioning().map(TableBodies::partitioning).ifPresent(table::setTimePartitioning);
    if (!traits.kmsKey().isEmpty()) {
      table.setEncryptionConfiguration(
          new EncryptionConfiguration().setKmsKeyName(traits.kmsKey()));
    }
    return table;
  }

  static TableSchema schema(TableId id, Table table) {
    TableConstraints constraints = table.getTableConstraints();
    TableConstraints.PrimaryKey key = constraints == null ? null : constraints.getPrimaryKey();
    return new TableSchema(
        id,
        table.getSchema() == null ? List.of() : Fields.columns(table.getSchema().getFields()),
        key == null ? List.of() : listed(key.getColumns()),
        traits(table),
        table.getEtag());
  }

  private static Traits traits(Table table) {
    Clustering clustering = table.getClustering();
    EncryptionConfiguration encryption = table.getEncryptionConfiguration();
    return new Traits(
        table.getType() == null ? Traits.NONE.kind() : table.getType(),
        clustering == null ? List.of() : listed(clustering.getFields()),
        Optional.ofNullable(table.getTimePartitioning()).map(TableBodies::choice),
        table.getLabels() == null ? Map.of() : table.getLabels(),
        text(table.getDescription()),
        encryption == null ? "" : text(encryption.getKmsKeyName()));
  }

  private static TimePartitioning partitioning(PartitionChoice choice) {
    TimePartitioning partitioning = new TimePartitioning().setType(choice.granularity().name());
    choice.column().ifPresent(partitioning::setField);
    choice.expiration().map(Duration::toMillis).ifPresent(partitioning::setExpirationMs);
    return partitioning;
  }

  private static PartitionChoice choice(TimePartitioning partitioning) {
    return new PartitionChoice(
        Optional.ofNullable(partitioning.getField()),
        PartitionChoice.Granularity.valueOf(partitioning.getType()),
        Optional.ofNullable(partitioning.getExpirationMs())
            .filter(millis -> millis > 0)
            .map(Duration::ofMillis));
  }

  private static List<String> listed(List<String> names) {
    return names == null ? List.of() : names;
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }
}
