package io.tributary.emulator.rest;

import io.tributary.emulator.catalog.BigQueryError;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The filter of lists: {@code labels.key} or {@code labels.key:value}, several with AND. */
final class LabelFilter {
  private static final Pattern TERM = Pattern.compile("labels\\.([^:\\s]+)(?::(\\S*))?");

  private LabelFilter() {}

  static boolean fits(String filter, Map<String, String> labels) {
    if (filter == null || filter.isBlank()) {
      return true;
    }
    for (String term : filter.strip().split("\\s+(?i:AND\\s+)?", -1)) {
      Matcher matcher = TERM.matcher(term);
      if (!matcher.matches()) {
        throw BigQueryError.invalid("Invalid filter: " + filter);
      }
      String value = labels.get(matcher.group(1));
      if (value == null || (matcher.group(2) != null && !matcher.group(2).equals(value))) {
        return false;
      }
    }
    return true;
  }
}
