package io.tributary.emulator.sql;

import com.google.common.collect.ImmutableList;
import com.google.zetasql.Constant;
import com.google.zetasql.FileDescriptorSetsBuilder;
import com.google.zetasql.LanguageOptions;
import com.google.zetasql.SimpleCatalog;
import com.google.zetasql.SimpleColumn;
import com.google.zetasql.SimpleConstantProtos.SimpleConstantProto;
import com.google.zetasql.SimpleTable;
import com.google.zetasql.Type;
import com.google.zetasql.TypeFactory;
import com.google.zetasql.Value;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedStatement;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.StoredTable;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * A catalog that the analyzer keeps between statements, since making one costs far more than using
 * it. Its variables are fixed; its tables are replaced when they change. For one thread at a time.
 */
final class AnalyzerCatalog {
  /** All that the analyzer knows of a table. */
  record Shape(List<String> path, List<Column> columns, boolean ingestionTime) {}

  private record Entry(SimpleCatalog owner, SimpleTable table, Shape shape) {}

  private final SimpleCatalog root = new SimpleCatalog("query");
  private final Map<List<String>, SimpleCatalog> folders = new HashMap<>();
  private final Map<List<String>, Entry> tables = new HashMap<>();
  private final Map<String, Column> variables;

  /** What was analysed since the last change. */
  private final Memo<ResolvedStatement> statements = new Memo<>();

  AnalyzerCatalog(LanguageOptions language, Map<String, Type> declared) {
    root.addZetaSQLFunctionsAndTypes(ExtraFunctions.builtins(language));
    ExtraFunctions.addTo(root);
    declared.forEach(this::declare);
    variables = signature(declared);
    folders.put(List.of(), root);
  }

  void add(com.google.zetasql.Function function) {
    statements.clear();
    root.addFunction(function);
  }

  private void declare(String name, Type type) {
    FileDescriptorSetsBuilder descriptors = new FileDescriptorSetsBuilder();
    SimpleConstantProto proto =
        SimpleConstantProto.newBuilder()
            .addNamePath(name)
            .setType(type.serialize(descriptors))
            .setValue(Value.createNullValue(type).serialize())
            .build();
    root.addConstant(Constant.deserialize(proto, ImmutableList.of(), TypeFactory.nonUniqueNames()));
  }

  /**
   * The analyzer's types may equal each other though their fields differ in case; columns do not.
   */
  private static Map<String, Column> signature(Map<String, Type> declared) {
    Map<String, Column> columns = new HashMap<>();
    declared.forEach((name, type) -> columns.put(name, Types.column(name, type)));
    return columns;
  }

  boolean declares(Map<String, Type> wanted) {
    return variables.equals(signature(wanted));
  }

  int size() {
    return tables.size();
  }

  /** The catalog as the analyzer may use it until the next change. */
  SimpleCatalog registered() {
    if (!root.isRegistered()) {
      // unregistered by hand, before each change and at the end
      var unused = root.register();
    }
    return root;
  }

  /** The analysis of a statement: what it was since the last change, or what is made. */
  ResolvedStatement analysed(String sql, Function<String, ResolvedStatement> make) {
    return statements.get(sql, make);
  }

  /** Gives up what the analyzer keeps for this catalog, and what it said of it. */
  void release() {
    statements.clear();
    if (root.isRegistered()) {
      root.unregister();
    }
  }

  /** Makes the path mean a table of this shape; returns the id the analyzer knows it by. */
  long put(Shape shape) {
    List<String> key = lower(shape.path());
    Entry old = tables.get(key);
    if (old != null && old.shape().equals(shape)) {
      return old.table().getId();
    }
    remove(key);
    release();
    SimpleTable table = table(shape);
    SimpleCatalog owner = folder(key.subList(0, key.size() - 1));
    try {
      owner.addSimpleTable(key.get(key.size() - 1), table);
    } catch (IllegalArgumentException e) {
      throw BigQueryError.notImplemented(
          "Two tables of one query whose names differ in case only are not supported");
    }
    tables.put(key, new Entry(owner, table, shape));
    return table.getId();
  }

  /** Makes the path mean nothing. */
  void forget(List<String> path) {
    remove(lower(path));
  }

  private void remove(List<String> key) {
    Entry old = tables.remove(key);
    if (old != null) {
      release();
      old.owner().removeSimpleTable(old.table());
    }
  }

  private static SimpleTable table(Shape shape) {
    SimpleTable table = new SimpleTable(shape.path().get(shape.path().size() - 1));
    table.setFullName(String.join(".", shape.path()));
    for (Column column : shape.columns()) {
      table.addSimpleColumn(
          new SimpleColumn(table.getName(), column.name(), Types.analyzerType(column)));
    }
    if (shape.ingestionTime()) {
      table.addSimpleColumn(StoredTable.PARTITION_TIME, QueryCatalog.TIMESTAMP, true, true);
      table.addSimpleColumn(QueryCatalog.PARTITION_DATE, QueryCatalog.DATE, true, false);
    }
    return table;
  }

  private SimpleCatalog folder(List<String> path) {
    SimpleCatalog known = folders.get(path);
    if (known != null) {
      return known;
    }
    SimpleCatalog folder =
        folder(path.subList(0, path.size() - 1)).addNewSimpleCatalog(path.get(path.size() - 1));
    folders.put(path, folder);
    return folder;
  }

  private static List<String> lower(List<String> path) {
    return path.stream().map(p -> p.toLowerCase(Locale.ROOT)).toList();
  }
}
