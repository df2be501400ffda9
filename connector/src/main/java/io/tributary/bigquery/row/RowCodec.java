package io.tributary.bigquery.row;

import io.tributary.bigquery.change.Image;
import io.tributary.bigquery.change.RowChange;
import io.tributary.bigquery.config.KafkaColumn;
import io.tributary.bigquery.error.BadRecord;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.table.Shape;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.DataException;

/**
 * Encodes changes straight to protobuf's wire form. What depends on schemas alone is worked out
 * once and kept, within bounds. One per table of a task; for a single thread.
 */
public final class RowCodec {
  private static final int LAYOUTS = 100;

  private final Placeholders placeholders;
  private final LooseForms looseForms = new LooseForms();
  private final FieldForms forms;
  private final Shapes shapes;
  private final WireOut out = new WireOut();
  private final Completion completion = new Completion();
  private final BitSet written = new BitSet();
  private final Map<RowLayout, LayoutCodec> layouts = new LinkedHashMap<>(64, 0.75f, true);
  private RowLayout lastLayout;
  private LayoutCodec last;

  public RowCodec(CodecSettings settings) {
    placeholders = new Placeholders(settings.placeholders());
    forms = new FieldForms(settings);
    shapes = new Shapes(looseForms, forms);
  }

  /**
   * What a change asks of its table; the same object again for the same schemas. A delete without a
   * schema of rows asks for its key only. Without schemas it is what the values tell: columns that
   * are NULL stay out.
   *
   * @throws BadRecord when the key cannot be one in BigQuery
   */
  public Shape shape(RowChange change) {
    Shape shape = shapes.of(change);
    if (shape.keyColumns().isEmpty() && change.key() != Image.NO_KEY) {
      throw new BadRecord(
          ErrorCode.KEY_MISSING, "The record at " + change.at() + " has no key columns.");
    }
    return shape;
  }

  /**
   * Encodes a change; of a delete only the key. The key's columns are taken from the record's key.
   *
   * @throws BadRecord when a value does not fit its column exactly; names the column only
   */
  public EncodedRow encode(RowChange change, RowLayout layout) {
    try {
      return encode(change, layout, codec(layout));
    } finally {
      // A row that was refused may have been large.
      out.clear();
    }
  }

  private EncodedRow encode(RowChange change, RowLayout layout, LayoutCodec codec) {
    written.clear();
    writeKey(change, codec);
    byte[] key = out.toByteArray();
    List<String> unavailable = new ArrayList<>();
    if (change.row() instanceof Image.OfStruct row) {
      for (FieldPlan plan : codec.rowPlan(row.schema())) {
        Object value = row.struct().getWithoutDefault(plan.field());
        if (value == null || written.get(plan.number())) {
          continue;
        }
        if (plan.number() > 0 && placeholders.matches(value)) {
          unavailable.addAll(kept(plan, codec, change));
        } else {
          write(plan, value, change);
        }
      }
    } else if (change.row() instanceof Image.OfMap row) {
      writeLoose(row, codec, change, unavailable);
    }
    if (change.row() != null) {
      writeKafka(codec, change);
      requireAll(codec, layout, change, unavailable);
    }
    unavailable.sort(null);
    return new EncodedRow(key, change.isDelete() ? key : out.take(), unavailable);
  }

  /** As {@link Completion#of}. */
  public EncodedRow inherit(EncodedRow newer, EncodedRow older, RowLayout layout) {
    return completion.of(newer, older, layout);
  }

  private void writeKey(RowChange change, LayoutCodec codec) {
    for (LayoutCodec.Cell cell : codec.key(change.key())) {
      if (cell.value() == null) {
        throw new BadRecord(
            ErrorCode.KEY_MISSING,
            "Key column " + cell.plan().field() + " of the record at " + change.at() + " is NULL.");
      }
      write(cell.plan(), cell.value(), change);
    }
  }

  private void writeLoose(
      Image.OfMap row, LayoutCodec codec, RowChange change, List<String> unavailable) {
    for (Map.Entry<String, Object> entry : row.values().entrySet()) {
      Object value = entry.getValue();
      if (!looseForms.telling(value) || codec.excludes(entry.getKey())) {
        continue;
      }
      FieldPlan plan = codec.loose(entry.getKey(), value);
      if (plan.number() > 0 && written.get(plan.number())) {
        continue;
      }
      if (plan.number() > 0 && placeholders.matchesLoose(value)) {
        unavailable.addAll(kept(plan, codec, change));
      } else {
        write(plan, value, change);
      }
    }
  }

  private void writeKafka(LayoutCodec codec, RowChange change) {
    for (KafkaColumn kafka : forms.kafka()) {
      Object value = KafkaCells.value(kafka, change);
      if (value != null) {
        write(codec.kafka(kafka), value, change);
      }
    }
  }

  private void write(FieldPlan plan, Object value, RowChange change) {
    try {
      plan.writer().write(out, plan.number(), value);
    } catch (Unfit e) {
      throw e.in(plan.column(), change.at().toString());
    } catch (TooLarge e) {
      throw e.in(plan.column(), change.at().toString());
    } catch (ClassCastException | DataException e) {
      // Connect does not look into lists and maps again, nor at the names of others' types. What
      // these exceptions say may hold the value.
      throw Unfit.value("it is not what its schema says").in(plan.column(), change.at().toString());
    }
    written.set(plan.number());
  }

  private static List<String> kept(FieldPlan plan, LayoutCodec codec, RowChange change) {
    try {
      return codec.kept(plan, change.row());
    } catch (Unfit e) {
      throw e.in(plan.column(), change.at().toString());
    }
  }

  private void requireAll(
      LayoutCodec codec, RowLayout layout, RowChange change, List<String> unavailable) {
    for (String column : codec.required()) {
      if (!written.get(layout.fieldNumber(column)) && !unavailable.contains(column)) {
        throw new BadRecord(
            ErrorCode.VALUE_UNFIT,
            "Column " + column + " of the record at " + change.at() + " is NULL but REQUIRED.");
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // layouts compare by identity
  private LayoutCodec codec(RowLayout layout) {
    if (layout != lastLayout) {
      last = layouts.computeIfAbsent(layout, known -> new LayoutCodec(known, looseForms, forms));
      lastLayout = layout;
      if (layouts.size() > LAYOUTS) {
        layouts.remove(layouts.keySet().iterator().next());
      }
    }
    return last;
  }
}
