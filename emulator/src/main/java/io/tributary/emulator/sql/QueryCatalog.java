package io.tributary.emulator.sql;

import com.google.zetasql.SimpleCatalog;
import com.google.zetasql.Type;
import com.google.zetasql.TypeFactory;
import com.google.zetasql.ZetaSQLType.TypeKind;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedStatement;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.StoredTable;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The functions, tables and variables that a script can see. The tables of a statement must be
 * added before each statement: the catalog behind it may know others of the same names. For one
 * thread.
 */
public final class QueryCatalog implements AutoCloseable {
  /** The pseudo column that holds the day of {@link StoredTable#PARTITION_TIME}. */
  static final String PARTITION_DATE = "_PARTITIONDATE";

  static final Type TIMESTAMP = TypeFactory.createSimpleType(TypeKind.TYPE_TIMESTAMP);
  static final Type DATE = TypeFactory.createSimpleType(TypeKind.TYPE_DATE);
  static final Type STRING = TypeFactory.createSimpleType(TypeKind.TYPE_STRING);
  static final Type INT64 = TypeFactory.createSimpleType(TypeKind.TYPE_INT64);

  private final AnalyzerCatalogs catalogs;
  private final Map<String, Type> variables = new HashMap<>();
  private final Map<String, SqlFunction> functions = new HashMap<>();
  private final Map<Long, QuerySource> sources = new HashMap<>();
  private AnalyzerCatalog current;

  QueryCatalog(AnalyzerCatalogs catalogs) {
    this.catalogs = catalogs;
    this.current = catalogs.take(variables);
  }

  SimpleCatalog analyzers() {
    return current.registered();
  }

  /** The analysis of a statement without parameters: a known one, or what is made. */
  ResolvedStatement analysed(String sql, Function<String, ResolvedStatement> make) {
    return current.analysed(sql, make);
  }

  /** The tables by the id that the analyzer knows them by. */
  public Map<Long, QuerySource> sources() {
    return sources;
  }

  /** Makes the path mean a stored table. */
  public void addTable(List<String> path, StoredTable table) {
    put(
        new AnalyzerCatalog.Shape(path, table.definition().columns(), table.ingestionTime()),
        new QuerySource.Stored(table));
  }

  /** Makes the path mean a table that is only read. */
  public void addSource(List<String> path, List<Column> columns, QuerySource source) {
    put(new AnalyzerCatalog.Shape(path, columns, false), source);
  }

  private void put(AnalyzerCatalog.Shape shape, QuerySource source) {
    sources.put(current.put(shape), source);
  }

  /** Makes the path mean nothing. */
  public void forget(List<String> path) {
    current.forget(path);
  }

  /** Declares a script variable. */
  public void declare(String name, Type type) {
    variables.put(name.toLowerCase(Locale.ROOT), type);
    renew();
  }

  /** Makes a function known to the statements that follow. */
  public void declare(SqlFunction function) {
    boolean pooled = functions.isEmpty();
    functions.put(function.name(), function);
    renew(pooled);
  }

  /** The functions that the script made, by lower-case name. */
  public Map<String, SqlFunction> functions() {
    return Map.copyOf(functions);
  }

  private void renew() {
    renew(functions.isEmpty());
  }

  /** A catalog with functions of its own serves this script only. */
  private void renew(boolean pooled) {
    retire(pooled);
    current = functions.isEmpty() ? catalogs.take(variables) : catalogs.fresh(variables);
    functions.values().forEach(f -> current.add(f.function()));
  }

  private void retire(boolean pooled) {
    if (pooled) {
      catalogs.giveBack(current);
    } else {
      current.release();
    }
  }

  /** Ends the scope of script variables. */
  public void forgetVariables(List<String> names) {
    names.forEach(name -> variables.remove(name.toLowerCase(Locale.ROOT)));
    renew();
  }

  @Override
  public void close() {
    retire(functions.isEmpty());
  }
}
