package io.tributary.emulator.sql;

import com.google.zetasql.Table;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a printer needs besides the statement.
 *
 * @param sources the tables of the statement by the id that the analyzer knows them by
 * @param variables script variables and query parameters by lower-case name, as DuckDB expressions
 * @param positional positional query parameters as DuckDB expressions
 * @param now what CURRENT_TIMESTAMP gives
 * @param functions the functions that the script made, by lower-case name
 */
public record PrintContext(
    Map<Long, QuerySource> sources,
    Map<String, String> variables,
    Map<String, String> parameters,
    List<String> positional,
    Instant now,
    Map<String, SqlFunction> functions) {

  QuerySource source(Table table) {
    return sources.get(table.getId());
  }

  String variable(String name) {
    return variables.get(name.toLowerCase(Locale.ROOT));
  }

  String parameter(String name) {
    return parameters.get(name.toLowerCase(Locale.ROOT));
  }
}
