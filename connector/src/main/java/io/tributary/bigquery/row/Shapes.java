package io.tributary.bigquery.row;

import io.tributary.bigquery.change.Image;
import io.tributary.bigquery.change.RowChange;
import io.tributary.bigquery.change.SchemaCache;
import io.tributary.bigquery.config.KafkaColumn;
import io.tributary.bigquery.error.BadRecord;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.Shape;
import java.util.ArrayList;
import java.util.Collections;
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
  private final FieldForms keyForms;
  private final SchemaCache<Shape> ofKeys =
      new SchemaCache<>(SCHEMAS, key -> shape(keyColumns(key), List.of()));
  private final SchemaCache<SchemaCache<Shape>> ofRows =
      new SchemaCache<>(
          SCHEMAS, row -> new SchemaCache<>(100, key -> shape(keyColumns(key), rowColumns(row))));

  Shapes(LooseForms looseForms, FieldForms forms) {
    this.looseForms = looseForms;
    this.forms = forms;
    this.keyForms = forms.ofKey();
  }

  Shape of(RowChange change) {
    try {
      if (change.key() instanceof Image.OfStruct key) {
        if (change.rowSchema() != null) {
          return ofRows.get(change.rowSchema()).get(key.schema());
        }
        if (change.row() == null) {
          return ofKeys.get(key.schema());
        }
      }
      List<Asked> others = change.row() == null ? List.of() : columns(change.row());
      return shape(keyColumns(change.key()), others);
    } catch (Unkeyable e) {
      throw e.at(change.at().toString());
    }
  }

  /** A column, and the field that asks for it. */
  private record Asked(String field, Column column) {
    Asked described(String doc) {
      return new Asked(field, Docs.described(column, doc));
    }
  }

  private static Shape shape(List<Asked> keys, List<Asked> others) {
    List<Column> columns = new ArrayList<>();
    List<String> names = new ArrayList<>();
    Map<String, String> owners = new HashMap<>();
    for (Asked key : keys) {
      if (!key.column().type().keyable() || key.column().mode() == Column.Mode.REPEATED) {
        throw new Unkeyable(key.column());
      }
      own(key, owners);
      columns.add(key.column().withMode(Column.Mode.REQUIRED));
      names.add(key.column().name());
    }
    // In the source's order; columns of the key that the row does not repeat stay in front.
    List<Column> ordered = new ArrayList<>(columns);
    for (Asked asked : others) {
      if (own(asked, owners)) {
        ordered.add(asked.column());
      } else {
        int key = indexOf(columns, asked.column().name());
        if (key >= 0) {
          ordered.remove(columns.get(key));
          ordered.add(described(columns.get(key), asked.column()));
        }
      }
    }
    return new Shape(ordered, names);
  }

  private static Column described(Column key, Column inRow) {
    String text = inRow.details().description();
    return text.isEmpty() ? key : key.withDetails(key.details().withDescription(text));
  }

  private static int indexOf(List<Column> columns, String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  /** False when the column is the field's already. */
  private static boolean own(Asked asked, Map<String, String> owners) {
    String owner = owners.putIfAbsent(RowLayout.lower(asked.column().name()), asked.field());
    if (owner != null && !owner.equals(asked.field())) {
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
    return owner == null;
  }

  private List<Asked> keyColumns(Schema schema) {
    return columns(schema, keyForms);
  }

  private List<Asked> keyColumns(Image key) {
    if (key instanceof Image.OfStruct struct) {
      return keyColumns(struct.schema());
    }
    return columns(
        key instanceof Image.OfValue single
            ? Collections.singletonMap(single.name(), single.value())
            : ((Image.OfMap) key).values(),
        keyForms);
  }

  private List<Asked> rowColumns(Schema schema) {
    return withKafka(columns(schema, forms));
  }

  private List<Asked> columns(Image row) {
    return row instanceof Image.OfStruct struct
        ? rowColumns(struct.schema())
        : withKafka(columns(((Image.OfMap) row).values(), forms));
  }

  private List<Asked> withKafka(List<Asked> columns) {
    for (KafkaColumn kafka : forms.kafka()) {
      columns.add(new Asked("kafka.columns", KafkaCells.column(kafka)));
    }
    return columns;
  }

  private static List<Asked> columns(Schema schema, FieldForms wanted) {
    List<Asked> columns = new ArrayList<>();
    for (Field field : schema.fields()) {
      asked(field.name(), wanted.arrival(field.schema()), wanted).stream()
          .map(asked -> asked.described(field.schema().doc()))
          .forEach(columns::add);
    }
    return columns;
  }

  private List<Asked> columns(Map<String, Object> values, FieldForms wanted) {
    List<Asked> columns = new ArrayList<>();
    values.forEach(
        (name, value) -> {
          Form form = looseForms.telling(value) ? looseForms.of(value) : null;
          if (form != null) {
            columns.addAll(asked(name, form, wanted));
          } else if (wanted.settings(name).type().isPresent()) {
            // What NULL does not tell the configuration does.
            columns.addAll(asked(name, looseForms.silent(), wanted));
          }
        });
    return columns;
  }

  private static List<Asked> asked(String field, Form arrival, FieldForms wanted) {
    return wanted.columns(field, wanted.chosen(field, arrival)).stream()
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
