package io.tributary.bigquery.bigquery;

import com.google.api.services.bigquery.model.TableFieldSchema;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import io.tributary.bigquery.table.Details;
import io.tributary.bigquery.table.Limit;
import io.tributary.bigquery.table.Step;
import io.tributary.bigquery.table.TablePlanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Columns in the form of BigQuery's REST service, and back. */
final class Fields {
  private static final String RANGE = "RANGE";

  private Fields() {}

  static List<TableFieldSchema> fields(List<Column> columns) {
    return columns.stream().map(Fields::field).toList();
  }

  static List<Column> columns(List<TableFieldSchema> fields) {
    return fields == null ? List.of() : fields.stream().map(Fields::column).toList();
  }

  /**
   * Adds what is not there, at the end; of a STRUCT that is there its fields. Whether anything was.
   */
  static boolean add(List<TableFieldSchema> fields, List<Column> columns) {
    boolean changed = false;
    for (Column column : columns) {
      TableFieldSchema there =
          fields.stream()
              .filter(field -> folded(field.getName()).equals(folded(column.name())))
              .findFirst()
              .orElse(null);
      if (there == null) {
        fields.add(field(column));
        changed = true;
      } else if (there.getFields() != null) {
        List<TableFieldSchema> inside = new ArrayList<>(there.getFields());
        changed |= add(inside, column.fields());
        there.setFields(inside);
      }
    }
    return changed;
  }

  /** Makes fields NULLABLE, those of a STRUCT named behind it and a dot. Whether any was not. */
  static boolean relax(List<TableFieldSchema> fields, Set<String> paths, String prefix) {
    boolean changed = false;
    for (TableFieldSchema field : fields) {
      String path = prefix + folded(field.getName());
      if (paths.contains(path) && "REQUIRED".equals(field.getMode())) {
        field.setMode("NULLABLE");
        changed = true;
      }
      if (field.getFields() != null) {
        changed |= relax(field.getFields(), paths, path + ".");
      }
    }
    return changed;
  }

  /** Sets descriptions, unless the sink's own column says that others were set. Whether it did. */
  static boolean describe(List<TableFieldSchema> fields, Step.Describe step) {
    for (TableFieldSchema field : fields) {
      if (folded(field.getName()).equals(TablePlanner.METADATA)) {
        if (!text(field.getDescription()).equals(step.noted())) {
          return false;
        }
        field.setDescription(step.note());
      }
    }
    step.descriptions().forEach((path, comment) -> describe(fields, folded(path), comment));
    return true;
  }

  private static void describe(List<TableFieldSchema> fields, String path, String comment) {
    for (TableFieldSchema field : fields) {
      String name = folded(field.getName());
      if (path.equals(name)) {
        field.setDescription(comment);
      } else if (field.getFields() != null && path.startsWith(name + ".")) {
        describe(field.getFields(), path.substring(name.length() + 1), comment);
      }
    }
  }

  static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static TableFieldSchema field(Column column) {
    Details details = column.details();
    TableFieldSchema field =
        new TableFieldSchema()
            .setName(column.name())
            .setType(name(column.type()))
            .setMode(column.mode().name());
    if (!details.description().isEmpty()) {
      field.setDescription(details.description());
    }
    if (!details.policyTag().isEmpty()) {
      field.setPolicyTags(new TableFieldSchema.PolicyTags().setNames(List.of(details.policyTag())));
    }
    if (details.limit().length() > 0) {
      field.setMaxLength((long) details.limit().length());
    }
    if (details.limit().precision() > 0) {
      field.setPrecision((long) details.limit().precision());
      field.setScale((long) details.limit().scale());
    }
    if (name(column.type()).equals(RANGE)) {
      String end = column.type().sql().replaceAll("RANGE<(.*)>", "$1");
      field.setRangeElementType(new TableFieldSchema.RangeElementType().setType(end));
    }
    return column.fields().isEmpty() ? field : field.setFields(fields(column.fields()));
  }

  private static Column column(TableFieldSchema field) {
    Column.Mode mode =
        field.getMode() == null ? Column.Mode.NULLABLE : Column.Mode.valueOf(field.getMode());
    return new Column(
        field.getName(), type(field), mode, columns(field.getFields()), details(field));
  }

  private static Details details(TableFieldSchema field) {
    TableFieldSchema.PolicyTags tags = field.getPolicyTags();
    boolean tagged = tags != null && tags.getNames() != null && !tags.getNames().isEmpty();
    return new Details(
        limit(field), text(field.getDescription()), tagged ? tags.getNames().get(0) : "", Set.of());
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }

  private static Limit limit(TableFieldSchema field) {
    if (field.getMaxLength() != null) {
      return Limit.length(Math.toIntExact(Math.min(field.getMaxLength(), Integer.MAX_VALUE)));
    }
    if (field.getPrecision() == null) {
      return Limit.NONE;
    }
    int scale = field.getScale() == null ? 0 : Math.toIntExact(field.getScale());
    return Limit.decimal(Math.toIntExact(field.getPrecision()), scale);
  }

  /** The service answers with these names, whichever it was given. */
  private static String name(ColumnType type) {
    return switch (type) {
      case INT64 -> "INTEGER";
      case FLOAT64 -> "FLOAT";
      case BOOL -> "BOOLEAN";
      case STRUCT -> "RECORD";
      case RANGE_DATE, RANGE_DATETIME, RANGE_TIMESTAMP -> RANGE;
      default -> type.name();
    };
  }

  private static ColumnType type(TableFieldSchema field) {
    return switch (field.getType()) {
      case "INTEGER" -> ColumnType.INT64;
      case "FLOAT" -> ColumnType.FLOAT64;
      case "BOOLEAN" -> ColumnType.BOOL;
      case "RECORD" -> ColumnType.STRUCT;
      case RANGE -> ColumnType.valueOf("RANGE_" + field.getRangeElementType().getType());
      default -> ColumnType.valueOf(field.getType());
    };
  }
}
