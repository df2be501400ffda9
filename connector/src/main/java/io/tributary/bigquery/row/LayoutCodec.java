package io.tributary.bigquery.row;

import io.tributary.bigquery.change.Image;
import io.tributary.bigquery.change.SchemaCache;
import io.tributary.bigquery.config.KafkaColumn;
import io.tributary.bigquery.table.Absent;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;

/** Encodes records of any schema for one layout. */
final class LayoutCodec {
  private static final int SCHEMAS = 100;

  /** A column with a value, ready to be written. */
  record Cell(FieldPlan plan, Object value) {}

  private final RowLayout layout;
  private final LooseForms looseForms;
  private final FieldForms forms;
  private final FieldForms keyForms;
  private final SchemaCache<List<FieldPlan>> plans = new SchemaCache<>(SCHEMAS, this::plan);
  private final SchemaCache<List<FieldPlan>> keyPlans = new SchemaCache<>(SCHEMAS, this::keyPlan);
  private final Map<String, Map<Form, FieldPlan>> loosePlans = new HashMap<>();
  private final Map<String, Map<Form, FieldPlan>> looseKeyPlans = new HashMap<>();
  private final Map<KafkaColumn, FieldPlan> kafkaPlans = new EnumMap<>(KafkaColumn.class);
  private final List<String> required;
  private final Set<String> absent;

  LayoutCodec(RowLayout layout, LooseForms looseForms, FieldForms forms) {
    this.layout = layout;
    this.looseForms = looseForms;
    this.forms = forms;
    this.keyForms = forms.ofKey();
    required =
        layout.columns().stream()
            .filter(column -> column.mode() == Column.Mode.REQUIRED)
            .map(Column::name)
            .toList();
    absent = Set.copyOf(Absent.of(layout.columns(), forms.choices()));
  }

  /** Names of the columns that must have a value. */
  List<String> required() {
    return required;
  }

  /** The plan of a column that tells where the record stands. */
  FieldPlan kafka(KafkaColumn kafka) {
    return kafkaPlans.computeIfAbsent(
        kafka, one -> FieldPlan.of(one.column(), KafkaCells.form(one), layout, forms));
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
      image.values().forEach((name, value) -> cells.add(keyCell(name, value)));
    } else if (key instanceof Image.OfValue image) {
      cells.add(keyCell(image.name(), image.value()));
    }
    cells.sort(Comparator.comparingInt(cell -> cell.plan().number()));
    return cells;
  }

  private Cell keyCell(String name, Object value) {
    return new Cell(loose(name, value, keyForms, looseKeyPlans), value);
  }

  /** The plan for a value without a schema. */
  FieldPlan loose(String name, Object value) {
    return loose(name, value, forms, loosePlans);
  }

  private FieldPlan loose(
      String name, Object value, FieldForms wanted, Map<String, Map<Form, FieldPlan>> known) {
    Form form = looseForms.of(value);
    Map<Form, FieldPlan> byForm = known.get(name);
    FieldPlan plan = byForm == null ? null : byForm.get(form);
    if (plan != null) {
      return plan;
    }
    FieldPlan made =
        FieldPlan.of(name, form == null ? null : wanted.chosen(name, form), layout, wanted);
    // Bounded by the table's columns: unknown names are not kept.
    if (form != null && made.number() > 0) {
      forms.hazards().lookAtLoose(name);
      known.computeIfAbsent(name, column -> new HashMap<>()).put(form, made);
    }
    return made;
  }

  /**
   * The columns that stay as they are when a record does not tell a value.
   *
   * @throws Unfit if one of them would become NULL, because it counts as one that is always told
   */
  List<String> kept(FieldPlan plan, Image row) {
    boolean loose = row instanceof Image.OfMap && plan.kept().size() > 1;
    List<String> kept =
        loose ? plan.beside(columns(((Image.OfMap) row).values().keySet())).kept() : plan.kept();
    if (!absent.containsAll(kept)) {
      throw Unfit.type("the value was left out, which its type does not provide for");
    }
    forms.hazards().lookAtLeftOut(plan.field());
    return kept;
  }

  /** Whether the configuration leaves a field out of the table. */
  boolean excludes(String field) {
    return forms.settings(field).excluded();
  }

  private List<FieldPlan> plan(Schema schema) {
    List<Field> fields = schema.fields().stream().filter(field -> !excludes(field.name())).toList();
    fields.forEach(field -> forms.hazards().look(schema, field));
    Set<String> columns = columns(fields.stream().map(Field::name).toList());
    return fields.stream().map(field -> plan(field, forms).beside(columns)).toList();
  }

  private List<FieldPlan> keyPlan(Schema schema) {
    return schema.fields().stream()
        .map(field -> plan(field, keyForms))
        .sorted(Comparator.comparingInt(FieldPlan::number))
        .toList();
  }

  private FieldPlan plan(Field field, FieldForms wanted) {
    return FieldPlan.of(field.name(), wanted.of(field.name(), field.schema()), layout, wanted);
  }

  /** The names of the columns that fields are written into, in lower case. */
  private static Set<String> columns(Collection<String> fields) {
    return fields.stream()
        .map(field -> RowLayout.lower(ColumnNames.legal(field)))
        .collect(Collectors.toSet());
  }
}
