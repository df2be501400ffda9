package io.tributary.emulator.sql;

import com.google.zetasql.Type;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedColumnRef;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedDMLDefault;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedExpr;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedGetStructField;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedUpdateItem;
import io.tributary.emulator.catalog.BigQueryError;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The new value of a column: as a whole, or the old one with some fields replaced. */
final class UpdateValue {
  private final String old;
  private final Type type;
  private final Map<Integer, UpdateValue> fields = new TreeMap<>();
  private String whole;

  private UpdateValue(String old, Type type) {
    this.old = old;
    this.type = type;
  }

  static void add(
      Map<String, UpdateValue> values,
      ResolvedUpdateItem item,
      ExprPrinter exprs,
      UnaryOperator<String> defaults) {
    if (item.getSetValue() == null) {
      throw BigQueryError.notImplemented("Nested DML is not supported");
    }
    Deque<Integer> path = new ArrayDeque<>();
    ResolvedExpr target = item.getTarget();
    while (target instanceof ResolvedGetStructField get) {
      path.push(Math.toIntExact(get.getFieldIdx()));
      target = get.getExpr();
    }
    if (!(target instanceof ResolvedColumnRef column)) {
      throw BigQueryError.notImplemented("This target of SET is not supported");
    }
    String name = column.getColumn().getName();
    UpdateValue value =
        values.computeIfAbsent(name, n -> new UpdateValue(exprs.print(column), column.getType()));
    for (int index : path) {
      value = value.field(index);
    }
    ResolvedExpr set = item.getSetValue().getValue();
    value.whole = set instanceof ResolvedDMLDefault ? defaults.apply(name) : exprs.print(set);
  }

  private UpdateValue field(int index) {
    return fields.computeIfAbsent(
        index,
        i ->
            new UpdateValue(
                "struct_extract(" + old + ", '" + Types.field(i) + "')",
                type.asStruct().getField(i).getType()));
  }

  String print() {
    if (whole != null) {
      return whole;
    }
    if (fields.isEmpty()) {
      return old;
    }
    List<String> items = new ArrayList<>();
    for (int i = 0; i < type.asStruct().getFieldCount(); i++) {
      items.add("'" + Types.field(i) + "': " + field(i).print());
    }
    return "{" + String.join(", ", items) + "}";
  }
}
