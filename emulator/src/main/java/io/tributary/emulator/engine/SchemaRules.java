package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.Mode;
import io.tributary.emulator.catalog.Partitioning;
import io.tributary.emulator.catalog.TableDefinition;
import io.tributary.emulator.catalog.TableRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Which changes of a table tables.update and tables.patch accept. */
final class SchemaRules {
  private SchemaRules() {}

  /** The definition after the change: new columns always come last. */
  static TableDefinition merged(TableDefinition old, TableDefinition wanted) {
    if (!Objects.equals(shape(old.partitioning()), shape(wanted.partitioning()))) {
      throw BigQueryError.invalid(
          "Cannot change partitioning/clustering spec for a partitioned/clustered table.");
    }
    if (old.viewQuery() != null) {
      return wanted;
    }
    return wanted.withColumns(columns(old.ref(), old.columns(), wanted.columns(), ""));
  }

  private static Partitioning shape(Partitioning partitioning) {
    return partitioning == null
        ? null
        : new Partitioning(
            partitioning.kind(),
            partitioning.field(),
            null,
            partitioning.rangeStart(),
            partitioning.rangeEnd(),
            partitioning.rangeInterval(),
            false);
  }

  private static List<Column> columns(
      TableRef table, List<Column> old, List<Column> wanted, String parent) {
    List<Column> result = new ArrayList<>();
    for (Column before : old) {
      String path = parent + before.name();
      Column after =
          find(wanted, before)
              .orElseThrow(() -> mismatch(table, "Field " + path + " is missing in new schema"));
      result.add(column(table, before, after, path));
    }
    for (Column after : wanted) {
      if (find(old, after).isEmpty()) {
        if (after.mode() == Mode.REQUIRED) {
          throw mismatch(
              table,
              "Cannot add required fields to an existing schema. (field: "
                  + parent
                  + after.name()
                  + ")");
        }
        if (after.defaultValueExpression() != null) {
          throw BigQueryError.invalid(
              "Adding a column with a default value to an existing table is not supported: "
                  + parent
                  + after.name());
        }
        result.add(after);
      }
    }
    return result;
  }

  private static Column column(TableRef table, Column before, Column after, String path) {
    boolean parameters =
        Objects.equals(before.maxLength(), after.maxLength())
            && Objects.equals(before.precision(), after.precision())
            && Objects.equals(before.scale(), after.scale());
    if (before.type() != after.type()) {
      throw mismatch(
          table,
          "Field "
              + path
              + " has changed type from "
              + before.type().legacyName()
              + " to "
              + after.type().legacyName());
    }
    if (before.mode() != after.mode()
        && !(before.mode() == Mode.REQUIRED && after.mode() == Mode.NULLABLE)) {
      throw mismatch(
          table,
          "Field " + path + " has changed mode from " + before.mode() + " to " + after.mode());
    }
    if (!parameters) {
      throw mismatch(table, "Field " + path + " has changed its type parameters");
    }
    return new Column(
        before.name(),
        after.type(),
        after.mode(),
        columns(table, before.fields(), after.fields(), path + "."),
        after.description(),
        after.maxLength(),
        after.precision(),
        after.scale(),
        before.rangeElementType(),
        after.defaultValueExpression(),
        after.policyTags());
  }

  private static Optional<Column> find(List<Column> columns, Column column) {
    return columns.stream().filter(c -> c.name().equalsIgnoreCase(column.name())).findFirst();
  }

  static BigQueryError mismatch(TableRef table, String what) {
    return BigQueryError.invalid("Provided Schema does not match Table " + table + ". " + what);
  }
}
