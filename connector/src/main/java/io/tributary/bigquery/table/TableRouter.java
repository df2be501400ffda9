package io.tributary.bigquery.table;

import io.tributary.bigquery.change.Origin;
import io.tributary.bigquery.error.BadRecord;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decides which BigQuery table a change goes to. One per task; not thread-safe. */
public final class TableRouter {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([a-z.]+)}");
  private static final Pattern ILLEGAL = Pattern.compile("[^\\p{L}\\p{N}_-]");

  private final String project;
  private final String dataset;
  private final String template;
  private final Map<Origin, TableId> routes = new HashMap<>();
  private final Map<TableId, String> owners = new HashMap<>();

  public TableRouter(String project, String dataset, String template) {
    this.project = project;
    this.dataset = dataset;
    this.template = template;
  }

  /** The table of a change; two source tables that lead to one table are refused. */
  public TableId route(Origin origin) {
    TableId known = routes.get(origin);
    if (known != null) {
      return known;
    }
    TableId table = new TableId(project, dataset, legal(expand(origin)));
    String source = source(origin);
    String owner = owners.putIfAbsent(table, source);
    if (owner != null && !owner.equals(source)) {
      throw new SinkException(
          ErrorCode.TABLE_COLLISION,
          "Both " + owner + " and " + source + " lead to " + table + ".");
    }
    routes.put(origin, table);
    return table;
  }

  private String expand(Origin origin) {
    Matcher matcher = VARIABLE.matcher(template);
    StringBuilder name = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(name, Matcher.quoteReplacement(variable(matcher.group(1), origin)));
    }
    return matcher.appendTail(name).toString();
  }

  private String variable(String name, Origin origin) {
    return switch (name) {
      case "topic" -> origin.topic();
      case "source.db" -> known(name, origin.database(), origin);
      case "source.schema" -> known(name, origin.schema().or(() -> segment(origin, 2)), origin);
      case "source.table" -> known(name, origin.table().or(() -> segment(origin, 1)), origin);
      default ->
          throw new SinkException(
              ErrorCode.CONFIG_INVALID, "table.name.template: ${" + name + "} is not a variable.");
    };
  }

  /** Flattened records do not name their table, but Debezium's topics end in schema and table. */
  private static Optional<String> segment(Origin origin, int fromEnd) {
    String[] parts = origin.topic().split("\\.", -1);
    return parts.length < fromEnd ? Optional.empty() : Optional.of(parts[parts.length - fromEnd]);
  }

  private static String known(String name, Optional<String> value, Origin origin) {
    return value.orElseThrow(
        () ->
            new BadRecord(
                ErrorCode.RECORD_UNREADABLE,
                "table.name.template needs ${"
                    + name
                    + "}, which a record of topic "
                    + origin.topic()
                    + " does not tell."));
  }

  private String source(Origin origin) {
    if (template.contains("${source.") && origin.table().isPresent()) {
      return String.join(
          ".", origin.database().orElse(""), origin.schema().orElse(""), origin.table().get());
    }
    return origin.topic();
  }

  private static String legal(String name) {
    return ILLEGAL.matcher(name).replaceAll("_");
  }
}
