package io.tributary.emulator.write;

import io.tributary.emulator.catalog.TableRef;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parsed name of a write stream.
 *
 * @param partition the table's partition decorator without its sign, or null for none
 * @param id the last part of the name; {@code _default} for a default stream
 */
record StreamName(TableRef table, String partition, String id) {
  static final String DEFAULT = "_default";
  private static final Pattern TABLE =
      Pattern.compile("projects/([^/]+)/datasets/([^/]+)/tables/([^/$]+)(?:\\$([^/]+))?");
  private static final Pattern STREAM =
      Pattern.compile(
          "projects/([^/]+)/datasets/([^/]+)/tables/([^/$]+)(?:\\$([^/]+))?"
              + "/(?:streams/([^/]+)|(_default))");

  static Optional<StreamName> parse(String name) {
    Matcher match = STREAM.matcher(name);
    if (!match.matches()) {
      return Optional.empty();
    }
    TableRef table = new TableRef(match.group(1), match.group(2), match.group(3));
    String id = match.group(5) == null ? DEFAULT : match.group(5);
    return Optional.of(new StreamName(table, match.group(4), id));
  }

  /**
   * What streams are created for: a table, or a partition of one.
   *
   * @param partition the table's partition decorator without its sign, or null for none
   */
  record Parent(TableRef table, String partition) {
    StreamName stream(String id) {
      return new StreamName(table, partition, id);
    }

    boolean owns(StreamName stream) {
      return equals(new Parent(stream.table(), stream.partition()));
    }
  }

  static Optional<Parent> parseParent(String path) {
    Matcher match = TABLE.matcher(path);
    return match.matches()
        ? Optional.of(
            new Parent(
                new TableRef(match.group(1), match.group(2), match.group(3)), match.group(4)))
        : Optional.empty();
  }

  static String tablePath(TableRef table) {
    return "projects/%s/datasets/%s/tables/%s"
        .formatted(table.project(), table.dataset(), table.table());
  }

  boolean isDefault() {
    return id.equals(DEFAULT);
  }

  String path() {
    return tablePath(table) + (partition == null ? "" : "$" + partition) + "/streams/" + id;
  }
}
