package io.tributary.bigquery.row;

import io.tributary.bigquery.change.Image;
import io.tributary.bigquery.change.RowChange;
import io.tributary.bigquery.change.SchemaCache;
import io.tributary.bigquery.error.BadRecord;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;

/** What changes ask of a table; worked out once per pair of schemas. */
final class Shapes {
  private static final int SCHEMAS = 2_000;

  private final LooseForms looseForms;
  private final FieldForms forms;
  private final SchemaCache<Shape> ofKeys =
      new SchemaCache<>(SCHEMAS, key -> shape(columns(key), List.of()));
  private final SchemaCache<SchemaCache<Shape>> ofRows =
      new SchemaCache<>(
          SCHEMAS, row -> new SchemaCache<>(100, key -> shape(columns(key), columns(row))));

  Shapes(LooseForms looseForms, FieldForms forms) {
    this.looseForms = looseForms;
    this.forms = forms;
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
      List<Asked> others = change.row() == null ? List.of() : columns(change.row());
      return shape(columns(change.key()), others);
    } catch (Unkeyable e) {
      throw e.at(change.at().toString());
    }
  }

  /** A column, and the field that asks for it. */
  private record Asked(String field, Column column) {}

  private static Shape shape(List<Asked> keys, List<Asked> others) {
    List<Column> columns = new ArrayList<>();
    List<String> names = new ArrayList<>();
    Map<String, String> owners = new HashMap<>();
    for (Asked key : keys) {
      if (!key.column().type().keyable() || key.column().mode() == Column.Mode.REPEATED) {
        throw new Unkeyable(key.column());
      }
      columns.add(key.column().withMode(Column.Mode.REQUIRED));
      names.add(key.column().name());
      owners.put(RowLayout.lower(key.column().name()), key.field());
    }
    for (Asked asked : others) {
      String owner = owners.putIfAbsent(RowLayout.lower(asked.column().name()), asked.field());
      if (owner == null) {
        columns.add(asked.column());
      } else if (!owner.equals(asked.field())) {
        throw new SinkException(
            ErrorCode.NAME_COLLISION,
            "Fields "
                + owner
                + " and "
                + asked.field()
                + " would both be column "
                + asked.column().name()
                + ".");
      }
    }
    return new Shape(columns, names);
  }

  private List<Asked> columns(Image image) {
    if (image instanceof Image.OfStruct struct) {
      return columns(struct.schema());
    }
    if (image instanceof Image.OfValue single) {
      Form form =
          single.schema() == null ? looseForms.of(single.value()) : Forms.of(single.schema());
      return form == null ? List.of() : asked(single.name(), form);
    }
    List<Asked> columns = new ArrayList<>();
    ((Image.OfMap) image)
        .values()
        .forEach(
            (name, value) -> {
              Form form = looseForms.telling(value) ? looseForms.of(value) : null;
              if (form != null) {
                columns.addAll(asked(name, form));
              }
            });
    return columns;
  }

  private List<Asked> columns(Schema schema) {
    List<Asked> columns = new ArrayList<>();
    for (Field field : schema.fields()) {
      columns.addAll(asked(field.name(), Forms.of(field.schema())));
    }
    return columns;
  }

  private List<Asked> asked(String field, Form arrival) {
    return forms.columns(field, forms.chosen(field, arrival)).stream()
        .map(column -> new Asked(field, column))
        .toList();
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
