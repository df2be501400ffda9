package io.tributary.bigquery.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes what the source says of its columns to a table that is there. Records of old and new
 * schemas may take turns for ever: a comment that was replaced once is never written again. What
 * was replaced is kept with the table, so that every task knows it: as digests, in the description
 * of the sink's own column. Pure.
 */
final class Comments {
  private static final String NOTE = "Comments that were replaced: ";
  private static final int LONGEST = 1_024;
  private static final int DIGITS = 8;

  private final LinkedHashSet<String> replaced = new LinkedHashSet<>();
  private final SortedMap<String, String> descriptions = new TreeMap<>();

  private Comments(String noted) {
    if (noted.startsWith(NOTE)) {
      Collections.addAll(replaced, noted.substring(NOTE.length()).split(" ", -1));
    }
  }

  /** The comments that a table lacks; silence about a column changes nothing. */
  static Optional<Step> step(TableSchema schema, Shape shape) {
    String noted =
        schema
            .column(TablePlanner.METADATA)
            .map(column -> column.details().description())
            .orElse("");
    Comments comments = new Comments(noted);
    comments.compare(schema.columns(), shape.columns(), "");
    return comments.descriptions.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Step.Describe(
                schema.id(),
                Collections.unmodifiableMap(comments.descriptions),
                noted,
                comments.note()));
  }

  private void compare(List<Column> there, List<Column> wanted, String prefix) {
    for (Column column : wanted) {
      there.stream()
          .filter(present -> present.name().equalsIgnoreCase(column.name()))
          .findFirst()
          .ifPresent(present -> compare(present, column, prefix + present.name()));
    }
  }

  private void compare(Column present, Column wanted, String path) {
    String old = present.details().description();
    String comment = wanted.details().description();
    boolean fresh = !comment.isEmpty() && !comment.equals(old);
    if (fresh && !replaced.contains(digest(path, comment))) {
      descriptions.put(path, comment);
      if (!old.isEmpty()) {
        replaced.add(digest(path, old));
      }
    }
    compare(present.fields(), wanted.fields(), path + ".");
  }

  /** The newest of them, as many as a description holds. */
  private String note() {
    List<String> digests = new ArrayList<>(replaced);
    int room = (LONGEST - NOTE.length()) / (DIGITS + 1);
    List<String> newest = digests.subList(Math.max(0, digests.size() - room), digests.size());
    return newest.isEmpty() ? "" : NOTE + String.join(" ", newest);
  }

  private static String digest(String path, String comment) {
    return TableNames.digest(path.toLowerCase(Locale.ROOT) + " " + comment).substring(0, DIGITS);
  }
}
