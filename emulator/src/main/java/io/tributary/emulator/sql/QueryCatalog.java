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
import com.google.zetasql.ZetaSQLBuiltinFunctionOptions;
import com.google.zetasql.ZetaSQLType.TypeKind;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.StoredTable;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The functions, tables and variables that a script can see. For one thread. */
public final class QueryCatalog {
  /** The pseudo column that holds the day of {@link StoredTable#PARTITION_TIME}. */
  static final String PARTITION_DATE = "_PARTITIONDATE";

  static final Type TIMESTAMP = TypeFactory.createSimpleType(TypeKind.TYPE_TIMESTAMP);
  static final Type DATE = TypeFactory.createSimpleType(TypeKind.TYPE_DATE);
  static final Type STRING = TypeFactory.createSimpleType(TypeKind.TYPE_STRING);
  static final Type INT64 = TypeFactory.createSimpleType(TypeKind.TYPE_INT64);

  private record Entry(SimpleCatalog owner, SimpleTable table, Object version) {}

  private final SimpleCatalog root = new SimpleCatalog("query");
  private final Map<List<String>, SimpleCatalog> folders = new HashMap<>();
  private final Map<List<String>, Entry> tables = new HashMap<>();
  private final Map<Long, QuerySource> sources = new HashMap<>();

  QueryCatalog(LanguageOptions language) {
    root.addZetaSQLFunctionsAndTypes(new ZetaSQLBuiltinFunctionOptions(language));
    folders.put(List.of(), root);
  }

  SimpleCatalog analyzers() {
    return root;
  }

  /** The tables by the id that the analyzer knows them by. */
  public Map<Long, QuerySource> sources() {
    return sources;
  }

  /** Whether the path is there in this version. */
  public boolean has(List<String> path, Object version) {
    Entry entry = tables.get(lower(path));
    return entry != null && entry.version().equals(version);
  }

  /** Adds a stored table, in place of one of an older version. */
  public void addTable(List<String> path, StoredTable table) {
    SimpleTable simple = simple(path, table.definition().columns());
    if (table.ingestionTime()) {
      simple.addSimpleColumn(StoredTable.PARTITION_TIME, TIMESTAMP, true, true);
      simple.addSimpleColumn(PARTITION_DATE, DATE, true, false);
    }
    put(path, simple, new QuerySource.Stored(table), table.definition());
  }

  /** Adds a table that is only read. */
  public void addSource(
      List<String> path, List<Column> columns, QuerySource source, Object version) {
    put(path, simple(path, columns), source, version);
  }

  /** Declares a script variable. */
  public void declare(String name, Type type) {
    FileDescriptorSetsBuilder descriptors = new FileDescriptorSetsBuilder();
    SimpleConstantProto proto =
        SimpleConstantProto.newBuilder()
            .addNamePath(name)
            .setType(type.serialize(descriptors))
            .setValue(Value.createNullValue(type).serialize())
            .build();
    root.addConstant(Constant.deserialize(proto, ImmutableList.of(), TypeFactory.nonUniqueNames()));
  }

  private static SimpleTable simple(List<String> path, List<Column> columns) {
    SimpleTable table = new SimpleTable(path.get(path.size() - 1));
    table.setFullName(String.join(".", path));
    for (Column column : columns) {
      table.addSimpleColumn(
          new SimpleColumn(table.getName(), column.name(), Types.analyzerType(column)));
    }
    return table;
  }

  private void put(List<String> path, SimpleTable table, QuerySource source, Object version) {
    List<String> key = lower(path);
    Entry old = tables.remove(key);
    if (old != null) {
      old.owner().removeSimpleTable(old.table());
      sources.remove(old.table().getId());
    }
    SimpleCatalog owner = folder(key.subList(0, key.size() - 1));
    try {
      owner.addSimpleTable(key.get(key.size() - 1), table);
    } catch (IllegalArgumentException e) {
      throw BigQueryError.notImplemented(
          "Two tables of one query whose names differ in case only are not supported");
    }
    tables.put(key, new Entry(owner, table, version));
    sources.put(table.getId(), source);
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
