package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.DatasetRef;
import java.util.List;

/**
 * A statement or a script to run.
 *
 * @param project where unqualified datasets are looked up
 * @param defaultDataset where unqualified tables are looked up, or null
 * @param dryRun analyse only
 * @param location named in "not found" errors; null means {@code US}
 * @param cancellation stops the run; never null
 */
public record QueryRequest(
    String sql,
    String project,
    DatasetRef defaultDataset,
    List<QueryParameter> parameters,
    boolean dryRun,
    String location,
    CancellationSignal cancellation) {

  public QueryRequest {
    parameters = parameters == null ? List.of() : List.copyOf(parameters);
    location = location == null ? "US" : location;
    cancellation = cancellation == null ? new CancellationSignal() : cancellation;
  }

  /** The same, only analysed. */
  public QueryRequest dry() {
    return new QueryRequest(
        sql, project, defaultDataset, parameters, true, location, new CancellationSignal());
  }

  /** A plain run without parameters. */
  public static QueryRequest of(String project, String sql) {
    return new QueryRequest(sql, project, null, List.of(), false, null, null);
  }
}
