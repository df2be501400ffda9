package io.tributary.emulator.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Everything known about a table but its rows.
 *
 * @param partitioning null if the table has one partition
 * @param expiration when the table vanishes, or null
 * @param maxStaleness an INTERVAL in canonical text, or null; only DDL sets it
 * @param viewQuery the GoogleSQL of a view, or null for a table
 */
public record TableDefinition(
    TableRef ref,
    List<Column> columns,
    List<String> primaryKey,
    List<String> clustering,
    Partitioning partitioning,
    Map<String, String> labels,
    String description,
    String friendlyName,
    Instant expiration,
    String kmsKeyName,
    String maxStaleness,
    Instant created,
    Instant modified,
    String etag,
    String viewQuery) {

  public TableDefinition {
    columns = columns == null ? List.of() : List.copyOf(columns);
    primaryKey = primaryKey == null ? List.of() : List.copyOf(primaryKey);
    clustering = clustering == null ? List.of() : List.copyOf(clustering);
    labels = labels == null ? Map.of() : Map.copyOf(labels);
  }

  /** A plain table with these columns. */
  public static TableDefinition of(TableRef ref, List<Column> columns) {
    return new TableDefinition(
        ref, columns, null, null, null, null, null, null, null, null, null, null, null, null, null);
  }

  /** The same table under another name. */
  public TableDefinition withRef(TableRef newRef) {
    return new TableDefinition(
        newRef,
        columns,
        primaryKey,
        clustering,
        partitioning,
        labels,
        description,
        friendlyName,
        expiration,
        kmsKeyName,
        maxStaleness,
        created,
        modified,
        etag,
        viewQuery);
  }

  /** The same table with other columns. */
  public TableDefinition withColumns(List<Column> newColumns) {
    return new TableDefinition(
        ref,
        newColumns,
        primaryKey,
        clustering,
        partitioning,
        labels,
        description,
        friendlyName,
        expiration,
        kmsKeyName,
        maxStaleness,
        created,
        modified,
        etag,
        viewQuery);
  }

  /** The same table with other partitioning. */
  public TableDefinition withPartitioning(Partitioning newPartitioning) {
    return new TableDefinition(
        ref,
        columns,
        primaryKey,
        clustering,
        newPartitioning,
        labels,
        description,
        friendlyName,
        expiration,
        kmsKeyName,
        maxStaleness,
        created,
        modified,
        etag,
        viewQuery);
  }

  /** The same table with another primary key; empty for none. */
  public TableDefinition withPrimaryKey(List<String> newPrimaryKey) {
    return new TableDefinition(
        ref,
        columns,
        newPrimaryKey,
        clustering,
        partitioning,
        labels,
        description,
        friendlyName,
        expiration,
        kmsKeyName,
        maxStaleness,
        created,
        modified,
        etag,
        viewQuery);
  }

  /** The same table as seen after a change at this time. */
  public TableDefinition stamped(Instant newCreated, Instant newModified, String newEtag) {
    return new TableDefinition(
        ref,
        columns,
        primaryKey,
        clustering,
        partitioning,
        labels,
        description,
        friendlyName,
        expiration,
        kmsKeyName,
        maxStaleness,
        newCreated,
        newModified,
        newEtag,
        viewQuery);
  }
}
