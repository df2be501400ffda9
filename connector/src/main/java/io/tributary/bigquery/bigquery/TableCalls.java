package io.tributary.bigquery.bigquery;

import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.Clustering;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableConstraints;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TimePartitioning;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.table.Answer;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.Step;
import io.tributary.bigquery.table.TableAdmin;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.table.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Table metadata over REST. A schema is changed only from the version that was read. */
final class TableCalls implements TableAdmin {
  private final Bigquery client;

  TableCalls(Rest rest) {
    this.client = rest.client();
  }

  @Override
  public Answer<Optional<TableSchema>> describe(TableId id) {
    try {
      return new Answer.Ok<>(Optional.of(schema(id, get(id))));
    } catch (IOException failure) {
      RestFault fault = RestFault.of(failure);
      return Outcomes.meaning(fault) == Outcomes.Meaning.MISSING
          ? new Answer.Ok<>(Optional.empty())
          : Outcomes.answer(fault);
    } catch (IllegalArgumentException unknown) {
      return new Answer.Refused<>(
          ErrorCode.TABLE_UNFIT, "Table " + id + " has a column of a type that is not known.");
    }
  }

  @Override
  public Answer<Void> apply(Step step) {
    if (step instanceof Step.CreateTable create) {
      return create(create);
    }
    if (step instanceof Step.AddColumns add) {
      return Rest.call(() -> addColumns(add));
    }
    if (step instanceof Step.RelaxColumns relax) {
      return Rest.call(() -> relaxColumns(relax));
    }
    Step.SetLabel label = (Step.SetLabel) step;
    return Rest.call(
        () ->
            patch(label.table(), new Table().setLabels(Map.of(label.key(), label.value())), null));
  }

  private Answer<Void> create(Step.CreateTable step) {
    TableId id = step.table();
    Table table =
        new Table()
            .setTableReference(
                new TableReference()
                    .setProjectId(id.project())
                    .setDatasetId(id.dataset())
                    .setTableId(id.table()))
            .setSchema(schema(Fields.fields(step.columns())))
            .setDescription(step.description())
            .setLabels(step.labels());
    if (!step.primaryKey().isEmpty()) {
      table.setTableConstraints(
          new TableConstraints()
              .setPrimaryKey(new TableConstraints.PrimaryKey().setColumns(step.primaryKey())));
    }
    if (!step.clustering().isEmpty()) {
      table.setClustering(new Clustering().setFields(step.clustering()));
    }
    if (step.hourlyBy() != null) {
      table.setTimePartitioning(
          new TimePartitioning()
              .setType("HOUR")
              .setField(step.hourlyBy())
              .setExpirationMs(step.partitionLifeMs()));
    }
    try {
      client.tables().insert(id.project(), id.dataset(), table).execute();
      return new Answer.Ok<>(null);
    } catch (IOException failure) {
      RestFault fault = RestFault.of(failure);
      return switch (Outcomes.meaning(fault)) {
        case DUPLICATE -> new Answer.Ok<>(null);
        case MISSING ->
            new Answer.Refused<>(
                ErrorCode.DATASET_MISSING,
                "Table " + id + " cannot be created: " + fault.message());
        default -> Outcomes.answer(fault);
      };
    }
  }

  private Void addColumns(Step.AddColumns step) throws IOException {
    Table current = get(step.table());
    List<TableFieldSchema> fields = new ArrayList<>(current.getSchema().getFields());
    Set<String> present =
        fields.stream().map(field -> folded(field.getName())).collect(Collectors.toSet());
    List<Column> absent =
        step.columns().stream().filter(c -> !present.contains(folded(c.name()))).toList();
    if (absent.isEmpty()) {
      return null;
    }
    fields.addAll(Fields.fields(absent));
    return patch(step.table(), new Table().setSchema(schema(fields)), current.getEtag());
  }

  private Void relaxColumns(Step.RelaxColumns step) throws IOException {
    Table current = get(step.table());
    Set<String> wanted =
        step.columns().stream().map(TableCalls::folded).collect(Collectors.toSet());
    List<TableFieldSchema> required =
        current.getSchema().getFields().stream()
            .filter(field -> wanted.contains(folded(field.getName())))
            .filter(field -> "REQUIRED".equals(field.getMode()))
            .toList();
    if (required.isEmpty()) {
      return null;
    }
    required.forEach(field -> field.setMode("NULLABLE"));
    return patch(step.table(), new Table().setSchema(current.getSchema()), current.getEtag());
  }

  private Table get(TableId id) throws IOException {
    return client.tables().get(id.project(), id.dataset(), id.table()).setView("BASIC").execute();
  }

  private Void patch(TableId id, Table change, String etag) throws IOException {
    Bigquery.Tables.Patch request =
        client.tables().patch(id.project(), id.dataset(), id.table(), change);
    if (etag != null) {
      request.getRequestHeaders().setIfMatch(etag);
    }
    request.execute();
    return null;
  }

  private static TableSchema schema(TableId id, Table table) {
    TableConstraints constraints = table.getTableConstraints();
    TableConstraints.PrimaryKey key = constraints == null ? null : constraints.getPrimaryKey();
    return new TableSchema(
        id,
        table.getSchema() == null ? List.of() : Fields.columns(table.getSchema().getFields()),
        key == null || key.getColumns() == null ? List.of() : key.getColumns(),
        table.getLabels() == null ? Map.of() : table.getLabels(),
        table.getEtag());
  }

  private static com.google.api.services.bigquery.model.TableSchema schema(
      List<TableFieldSchema> fields) {
    return new com.google.api.services.bigquery.model.TableSchema().setFields(fields);
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
