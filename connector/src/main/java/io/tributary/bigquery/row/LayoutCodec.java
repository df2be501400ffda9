package io.tributary.bigquery.row;

import io.tributary.bigquery.change.Image;
import io.tributary.bigquery.change.SchemaCache;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;

/** Encodes records of any schema for one layout. */
final class LayoutCodec {
  private static final int SCHEMAS = 100;

  /** A column with a value, ready to be written. */
  record Cell(FieldPlan plan, Object value) {}

  private final RowLayout layout;
  private final LooseForms looseForms;
  private final FieldForms forms;
  private final SchemaCache<List<FieldPlan>> plans = new SchemaCache<>(SCHEMAS, this::plan);
  private final SchemaCache<List<FieldPlan>> keyPlans =
      new SchemaCache<>(SCHEMAS, schema -> sorted(plan(schema)));
  private final Map<String, Map<Form, FieldPlan>> loosePlans = new HashMap<>();
  private final List<String> required;

  LayoutCodec(RowLayout layout, LooseForms looseForms, FieldForms forms) {
    this.layout = layout;
    this.looseForms = looseForms;
    this.forms = forms;
    required =
        layout.columns().stream()
            .filter(column -> column.mode() == Column.Mode.REQUIRED)
            .map(Column::name)
            .toList();
  }

  /** Names of the columns that must have a value. */
  List<String> required() {
    return required;
  }

  List<FieldPlan> rowPlan(Schema schema) {
    return plans.get(schema);
  }

  /** The key's cells by number, so that the order of a key's fields does not matter. */
  List<Cell> key(Image key) {
    List<Cell> cells = new ArrayList<>();
    if (key instanceof Image.OfStruct image) {
      for (FieldPlan plan : keyPlans.get(image.schema())) {
        cells.add(new Cell(plan, image.struct().getWithoutDefault(plan.field())));
      }
      return cells;
    }
    if (key instanceof Image.OfMap image) {
      image.values().forEach((name, value) -> cells.add(new Cell(loose(name, value), value)));
    } else if (key instanceof Image.OfValue image) {
      FieldPlan plan =
          image.schema() == null
              ? loose(image.name(), image.value())
              : plan(image.name(), forms.of(image.name(), image.schema()));
      cells.add(new Cell(plan, image.value()));
    }
    cells.sort(Comparator.comparingInt(cell -> cell.plan().number()));
    return cells;
  }

  /** The plan for a value without a schema. */
  FieldPlan loose(String name, Object value) {
    Form form = looseForms.of(value);
    if (form == null) {
      return plan(name, null);
    }
    // Bounded by the table's columns: unknown names are not kept.
    if (layout.column(ColumnNames.legal(name)) == null) {
      return plan(name, form);
    }
    return loosePlans
        .computeIfAbsent(name, column -> new HashMap<>())
        .computeIfAbsent(form, known -> plan(name, forms.chosen(name, known)));
  }

  /** Whether the configuration leaves a field out of the table. */
  boolean excludes(String field) {
    return forms.settings(field).excluded();
  }

  private List<FieldPlan> plan(Schema schema) {
    return schema.fields().stream()
        .filter(field -> !excludes(field.name()))
        .map(field -> plan(field.name(), forms.of(field.name(), field.schema())))
        .toList();
  }

  private FieldPlan plan(String field, Form form) {
    return FieldPlan.of(field, form, layout, forms);
  }

  private static List<FieldPlan> sorted(List<FieldPlan> plans) {
    return plans.stream().sorted(Comparator.comparingInt(FieldPlan::number)).toList();
  }
}
