package io.tributary.bigquery.row;

import io.tributary.bigquery.change.Image;
import io.tributary.bigquery.change.RowChange;
import io.tributary.bigquery.change.SchemaCache;
import io.tributary.bigquery.error.BadRecord;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;

/** What changes ask of a table; worked out once per pair of schemas. */
final class Shapes {
  private static final int SCHEMAS = 2_000;

  private final LooseForms looseForms;
  private final SchemaCache<Shape> ofKeys =
      new SchemaCache<>(SCHEMAS, key -> shape(columns(key), List.of()));
  private final SchemaCache<SchemaCache<Shape>> ofRows =
      new SchemaCache<>(
          SCHEMAS, row -> new SchemaCache<>(100, key -> shape(columns(key), columns(row))));

  Shapes(LooseForms looseForms) {
    this.looseForms = looseForms;
  }

  Shape of(RowChange change) {
    try {
      if (change.key() instanceof Image.OfStruct key) {
        if (change.row() == null) {
          return ofKeys.get(key.schema());
        }
        if (change.row() instanceof Image.OfStruct row) {
          return ofRows.get(row.schema()).get(key.schema());
        }
      }
      List<Column> others = change.row() == null ? List.of() : columns(change.row());
      return shape(columns(change.key()), others);
    } catch (Unkeyable e) {
      throw e.at(change.at().toString());
    }
  }

  private static Shape shape(List<Column> keys, List<Column> others) {
    List<Column> columns = new ArrayList<>();
    List<String> names = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (Column key : keys) {
      if (!key.type().keyable() || key.mode() == Column.Mode.REPEATED) {
        throw new Unkeyable(key);
      }
      columns.add(key.withMode(Column.Mode.REQUIRED));
      names.add(key.name());
      taken.add(RowLayout.lower(key.name()));
    }
    for (Column column : others) {
      if (taken.add(RowLayout.lower(column.name()))) {
        columns.add(column);
      }
    }
    return new Shape(columns, names);
  }

  private List<Column> columns(Image image) {
    if (image instanceof Image.OfStruct struct) {
      return columns(struct.schema());
    }
    if (image instanceof Image.OfValue single) {
      Form form =
          single.schema() == null ? looseForms.of(single.value()) : Forms.of(single.schema());
      return form == null ? List.of() : List.of(form.column(single.name()));
    }
    List<Column> columns = new ArrayList<>();
    ((Image.OfMap) image)
        .values()
        .forEach(
            (name, value) -> {
              Form form = looseForms.telling(value) ? looseForms.of(value) : null;
              if (form != null) {
                columns.add(form.column(name));
              }
            });
    return columns;
  }

  private static List<Column> columns(Schema schema) {
    List<Column> columns = new ArrayList<>();
    for (Field field : schema.fields()) {
      columns.add(Forms.of(field.schema()).column(field.name()));
    }
    return columns;
  }

  /** A key column of a type that BigQuery has no keys of. */
  private static final class Unkeyable extends RuntimeException {
    private final Column column;

    Unkeyable(Column column) {
      super(null, null, false, false);
      this.column = column;
    }

    BadRecord at(String where) {
      return new BadRecord(
          ErrorCode.TYPE_UNSUPPORTED,
          "Key column "
              + column.name()
              + " of the record at "
              + where
              + " would be "
              + column.type()
              + ", which cannot be a key.");
    }
  }
}
