package io.tributary.bigquery.bigquery;

import com.google.api.client.util.Data;
import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.DatasetReference;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.table.Answer;
import io.tributary.bigquery.table.Step;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.table.TableSchema;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Table metadata over REST. A schema is changed only from the version that was read. */
final class TableCalls {
  private final Bigquery client;
  private final Optional<String> location;

  /**
   * @param location of datasets that are created; empty for BigQuery's own choice
   */
  TableCalls(Rest rest, Optional<String> location) {
    this.client = rest.client();
    this.location = location;
  }

  Answer<Optional<TableSchema>> describe(TableId id) {
    try {
      return new Answer.Ok<>(Optional.of(TableBodies.schema(id, get(id))));
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

  Answer<Void> apply(Step step) {
    if (step instanceof Step.CreateDataset create) {
      return createDataset(create.table());
    } else if (step instanceof Step.CreateTable create) {
      return createTable(create);
    } else if (step instanceof Step.AddColumns add) {
      return Rest.call(() -> addColumns(add));
    } else if (step instanceof Step.RelaxColumns relax) {
      return Rest.call(() -> relaxColumns(relax));
    } else if (step instanceof Step.SetLabel label) {
      Table change = new Table().setLabels(Map.of(label.key(), label.value()));
      return Rest.call(() -> patch(label.table(), change, null));
    } else if (step instanceof Step.SetTraits set) {
      return Rest.call(() -> setTraits(set));
    } else if (step instanceof Step.Describe describe) {
      return Rest.call(() -> describe(describe));
    }
    throw new IllegalArgumentException(step.getClass().getSimpleName() + " is a statement");
  }

  private Answer<Void> createDataset(TableId table) {
    Dataset dataset =
        new Dataset()
            .setDatasetReference(
                new DatasetReference().setProjectId(table.project()).setDatasetId(table.dataset()));
    location.ifPresent(dataset::setLocation);
    try {
      client.datasets().insert(table.project(), dataset).execute();
      return new Answer.Ok<>(null);
    } catch (IOException failure) {
      RestFault fault = RestFault.of(failure);
      return Outcomes.meaning(fault) == Outcomes.Meaning.DUPLICATE
          ? new Answer.Ok<>(null)
          : Outcomes.answer(fault);
    }
  }

  private Answer<Void> createTable(Step.CreateTable step) {
    TableId id = step.table();
    try {
      client.tables().insert(id.project(), id.dataset(), TableBodies.body(step)).execute();
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
    return Fields.add(fields, step.columns())
        ? patch(step.table(), new Table().setSchema(schema(fields)), current.getEtag())
        : null;
  }

  private Void relaxColumns(Step.RelaxColumns step) throws IOException {
    Table current = get(step.table());
    Set<String> wanted = step.columns().stream().map(Fields::folded).collect(Collectors.toSet());
    return Fields.relax(current.getSchema().getFields(), wanted, "")
        ? patch(step.table(), new Table().setSchema(current.getSchema()), current.getEtag())
        : null;
  }

  private Void describe(Step.Describe step) throws IOException {
    Table current = get(step.table());
    return Fields.describe(current.getSchema().getFields(), step)
        ? patch(step.table(), new Table().setSchema(current.getSchema()), current.getEtag())
        : null;
  }

  private Void setTraits(Step.SetTraits step) throws IOException {
    Table current = get(step.table());
    Table change = new Table();
    if (!step.labels().isEmpty()) {
      change.setLabels(step.labels());
    }
    step.description().ifPresent(change::setDescription);
    if (step.partitionLife().isPresent() && current.getTimePartitioning() != null) {
      Duration life = step.partitionLife().get();
      change.setTimePartitioning(
          current
              .getTimePartitioning()
              .clone()
              .setExpirationMs(life.isZero() ? Data.NULL_LONG : Long.valueOf(life.toMillis())));
    }
    return patch(step.table(), change, current.getEtag());
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

  private static com.google.api.services.bigquery.model.TableSchema schema(
      List<TableFieldSchema> fields) {
    return new com.google.api.services.bigquery.model.TableSchema().setFields(fields);
  }
}
