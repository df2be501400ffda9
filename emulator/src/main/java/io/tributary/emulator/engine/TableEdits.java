package io.tributary.emulator.engine;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.Partitioning;
import io.tributary.emulator.catalog.TableDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A definition under change. */
final class TableEdits {
  private final TableDefinition base;
  private List<Column> columns;
  private List<String> primaryKey;
  private List<String> clustering;
  private Partitioning partitioning;
  private Map<String, String> labels;
  private String description;
  private String friendlyName;
  private Instant expiration;
  private String kmsKeyName;
  private String maxStaleness;
  private String viewQuery;

  private TableEdits(TableDefinition base) {
    this.base = base;
    this.columns = base.columns();
    this.primaryKey = base.primaryKey();
    this.clustering = base.clustering();
    this.partitioning = base.partitioning();
    this.labels = base.labels();
    this.description = base.description();
    this.friendlyName = base.friendlyName();
    this.expiration = base.expiration();
    this.kmsKeyName = base.kmsKeyName();
    this.maxStaleness = base.maxStaleness();
    this.viewQuery = base.viewQuery();
  }

  static TableEdits of(TableDefinition base) {
    return new TableEdits(base);
  }

  List<Column> columns() {
    return columns;
  }

  Partitioning partitioning() {
    return partitioning;
  }

  @CanIgnoreReturnValue
  TableEdits columns(List<Column> value) {
    columns = value;
    return this;
  }

  @CanIgnoreReturnValue
  TableEdits primaryKey(List<String> value) {
    primaryKey = value;
    return this;
  }

  @CanIgnoreReturnValue
  TableEdits clustering(List<String> value) {
    clustering = value;
    return this;
  }

  @CanIgnoreReturnValue
  TableEdits partitioning(Partitioning value) {
    partitioning = value;
    return this;
  }

  @CanIgnoreReturnValue
  TableEdits labels(Map<String, String> value) {
    labels = value;
    return this;
  }

  @CanIgnoreReturnValue
  TableEdits description(String value) {
    description = value;
    return this;
  }

  @CanIgnoreReturnValue
  TableEdits friendlyName(String value) {
    friendlyName = value;
    return this;
  }

  @CanIgnoreReturnValue
  TableEdits expiration(Instant value) {
    expiration = value;
    return this;
  }

  @CanIgnoreReturnValue
  TableEdits kmsKeyName(String value) {
    kmsKeyName = value;
    return this;
  }

  @CanIgnoreReturnValue
  TableEdits maxStaleness(String value) {
    maxStaleness = value;
    return this;
  }

  @CanIgnoreReturnValue
  TableEdits viewQuery(String value) {
    viewQuery = value;
    return this;
  }

  TableDefinition done() {
    return new TableDefinition(
        base.ref(),
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
        base.created(),
        base.modified(),
        base.etag(),
        viewQuery);
  }
}
