package io.tributary.bigquery.table;

import io.tributary.bigquery.change.Origin;
import io.tributary.bigquery.error.BadRecord;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A name with variables that stand for where a change came from. */
record NameTemplate(String key, String text) {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([a-z.]+)}");

  /** Whether it tells tables of a source apart by more than their topic. */
  boolean namesSource() {
    return text.contains("${source.");
  }

  /** The name for one source; a bad record when the record does not tell enough. */
  String expand(Origin origin) {
    Matcher matcher = VARIABLE.matcher(text);
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
              ErrorCode.CONFIG_INVALID, key + ": ${" + name + "} is not a variable.");
    };
  }

  /** Flattened records do not name their table, but Debezium's topics end in schema and table. */
  private static Optional<String> segment(Origin origin, int fromEnd) {
    String[] parts = origin.topic().split("\\.", -1);
    return parts.length < fromEnd ? Optional.empty() : Optional.of(parts[parts.length - fromEnd]);
  }

  private String known(String name, Optional<String> value, Origin origin) {
    return value
        .filter(told -> !told.isEmpty())
        .orElseThrow(
            () ->
                new BadRecord(
                    ErrorCode.RECORD_UNREADABLE,
                    key
                        + " needs ${"
                        + name
                        + "}, which a record of topic "
                        + origin.topic()
                        + " does not tell."));
  }
}
