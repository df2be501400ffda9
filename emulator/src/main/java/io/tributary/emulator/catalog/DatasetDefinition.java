package io.tributary.emulator.catalog;

import java.time.Instant;
import java.util.Map;

/**
 * Everything known about a dataset but its tables.
 *
 * @param location such as {@code US}; null when creating means {@code US}
 * @param defaultTableExpirationMs life of a new table in milliseconds, or null
 */
public record DatasetDefinition(
    DatasetRef ref,
    String location,
    Map<String, String> labels,
    String description,
    Long defaultTableExpirationMs,
    Instant created,
    Instant modified,
    String etag) {

  public DatasetDefinition {
    location = location == null ? "US" : location;
    labels = labels == null ? Map.of() : Map.copyOf(labels);
  }

  /** A dataset in the US without options. */
  public static DatasetDefinition of(DatasetRef ref) {
    return new DatasetDefinition(ref, null, null, null, null, null, null, null);
  }

  /** The same dataset as seen after a change at this time. */
  public DatasetDefinition stamped(Instant newCreated, Instant newModified, String newEtag) {
    return new DatasetDefinition(
        ref,
        location,
        labels,
        description,
        defaultTableExpirationMs,
        newCreated,
        newModified,
        newEtag);
  }
}
