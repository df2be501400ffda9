package io.tributary.bigquery.write;

import io.tributary.bigquery.config.PartitionChoice;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.Sql;
import io.tributary.bigquery.table.TableSchema;
import java.util.Optional;

/**
 * What spares a MERGE the partitions that it cannot match. Only where the column that orders them
 * is part of the key: another one may have changed, and the row would be looked for in the wrong
 * partition. BigQuery prunes by constants alone ("Pruning partitions when using a MERGE
 * statement"), and takes a script's variables for such. Pure.
 */
final class PartitionBounds {
  private final Optional<Column> column;

  PartitionBounds(TableSchema destination) {
    column =
        destination
            .traits()
            .partitioning()
            .flatMap(PartitionChoice::column)
            .filter(name -> destination.primaryKey().stream().anyMatch(name::equalsIgnoreCase))
            .flatMap(destination::column);
  }

  /** Declares variables; stands where a script begins. */
  String declared() {
    return column.map(by -> "DECLARE trib_first, trib_last " + by.type() + ";\n").orElse("");
  }

  /** Sets them to the bounds of the folded rows. */
  String set() {
    return column
        .map(by -> Sql.name(by.name()))
        .map(
            by ->
                "SET (trib_first, trib_last) = (SELECT AS STRUCT MIN("
                    + by
                    + "), MAX("
                    + by
                    + ") FROM fold);\n")
        .orElse("");
  }

  /** A further condition on what a row of the destination may match. */
  String within() {
    return column
        .map(by -> " AND trib_t." + Sql.name(by.name()) + " BETWEEN trib_first AND trib_last")
        .orElse("");
  }
}
