package io.tributary.bigquery.table;

import io.tributary.bigquery.config.PartitionChoice;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What belongs to a table beside its columns and key.
 *
 * @param kind what BigQuery calls it: TABLE, VIEW, EXTERNAL, …
 * @param partitioning by time; empty also where it is partitioned by a number
 * @param kmsKey resource name of the key that encrypts it, or empty
 */
public record Traits(
    String kind,
    List<String> clustering,
    Optional<PartitionChoice> partitioning,
    Map<String, String> labels,
    String description,
    String kmsKey) {
  /** A plain table. */
  public static final Traits NONE =
      new Traits("TABLE", List.of(), Optional.empty(), Map.of(), "", "");

  public Traits {
    clustering = List.copyOf(clustering);
    labels = sorted(labels);
  }

  public Traits withLabels(Map<String, String> newLabels) {
    return new Traits(kind, clustering, partitioning, newLabels, description, kmsKey);
  }

  public boolean isTable() {
    return kind.equals("TABLE");
  }

  /** Whether the column's type is fixed, because the table's order depends on it. */
  boolean orderedBy(String column) {
    return clustering.stream().anyMatch(column::equalsIgnoreCase)
        || partitioning
            .flatMap(PartitionChoice::column)
            .filter(column::equalsIgnoreCase)
            .isPresent();
  }

  /** Spelled the same way by every task. */
  private static SortedMap<String, String> sorted(Map<String, String> labels) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }
}
