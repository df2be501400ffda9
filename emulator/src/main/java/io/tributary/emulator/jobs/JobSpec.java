package io.tributary.emulator.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.emulator.catalog.DatasetRef;
import io.tributary.emulator.engine.QueryParameter;
import java.util.List;
import java.util.Map;

/**
 * A query job as asked for.
 *
 * @param parentId the script job this is a statement of, or null
 * @param defaultDataset where unqualified tables are looked up, or null
 * @param choices what becomes of the query's rows, and what it may cost
 * @param configuration the job's configuration as it is to be echoed
 */
public record JobSpec(
    String project,
    String location,
    String id,
    String parentId,
    String sql,
    DatasetRef defaultDataset,
    List<QueryParameter> parameters,
    boolean dryRun,
    Map<String, String> labels,
    QueryChoices choices,
    ObjectNode configuration) {

  public JobSpec {
    parameters = List.copyOf(parameters);
    labels = Map.copyOf(labels);
  }

  JobSpec child(String childId, String childSql) {
    return new JobSpec(
        project,
        location,
        childId,
        id,
        childSql,
        defaultDataset,
        parameters,
        false,
        labels,
        QueryChoices.NONE,
        configuration);
  }
}
