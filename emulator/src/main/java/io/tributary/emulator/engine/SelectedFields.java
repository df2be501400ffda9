package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.Mode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which columns of a table, and which fields inside of them, a reader wants. */
final class SelectedFields {
  private final List<Column> read;
  private final List<Node> nodes;

  /** A wanted field; without children it is wanted whole. */
  private record Node(Map<String, Node> children) {
    Node() {
      this(new LinkedHashMap<>());
    }
  }

  private SelectedFields(List<Column> read, List<Node> nodes) {
    this.read = read;
    this.nodes = nodes;
  }

  /** Paths such as {@code person.name}; null for all columns. */
  static SelectedFields of(List<Column> columns, List<String> paths) {
    if (paths == null) {
      return new SelectedFields(columns, columns.stream().map(column -> new Node()).toList());
    }
    Node root = new Node();
    for (String path : paths) {
      Node node = root;
      for (String name : path.split("\\.", -1)) {
        node = node.children().computeIfAbsent(name.toLowerCase(Locale.ROOT), any -> new Node());
      }
    }
    List<Column> read = new ArrayList<>();
    root.children().forEach((name, node) -> read.add(find(columns, name)));
    return new SelectedFields(read, List.copyOf(root.children().values()));
  }

  private static Column find(List<Column> columns, String name) {
    return columns.stream()
        .filter(column -> column.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> BigQueryError.invalid("No such field: " + name));
  }

  /** The columns to read. */
  List<Column> read() {
    return read;
  }

  /** The columns as the reader sees them. */
  List<Column> shown() {
    List<Column> shown = new ArrayList<>();
    for (int i = 0; i < read.size(); i++) {
      shown.add(shown(read.get(i), nodes.get(i)));
    }
    return shown;
  }

  private static Column shown(Column column, Node node) {
    List<Column> fields = new ArrayList<>();
    node.children().forEach((name, child) -> fields.add(shown(find(column.fields(), name), child)));
    return fields.isEmpty() ? column : Column.struct(column.name(), column.mode(), fields);
  }

  /** The rows as the reader sees them. */
  List<Object[]> cut(List<Object[]> rows) {
    return rows.stream().map(row -> cut(read, nodes, row)).toList();
  }

  private static Object[] cut(List<Column> columns, List<Node> nodes, Object[] cells) {
    Object[] cut = new Object[cells.length];
    for (int i = 0; i < cut.length; i++) {
      cut[i] = cut(columns.get(i), nodes.get(i), cells[i]);
    }
    return cut;
  }

  private static Object cut(Column column, Node node, Object cell) {
    if (node.children().isEmpty() || cell == null) {
      return cell;
    }
    if (column.mode() == Mode.REPEATED) {
      Column element = column.withMode(Mode.NULLABLE);
      return ((List<?>) cell).stream().map(item -> cut(element, node, item)).toList();
    }
    List<Object> fields = new ArrayList<>();
    node.children()
        .forEach(
            (name, child) -> {
              Column field = find(column.fields(), name);
              Object value = ((Object[]) cell)[column.fields().indexOf(field)];
              fields.add(cut(field, child, value));
            });
    return fields.toArray();
  }
}
