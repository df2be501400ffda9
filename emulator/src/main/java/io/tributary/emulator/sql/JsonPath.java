package io.tributary.emulator.sql;

import io.tributary.emulator.catalog.BigQueryError;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JSONPath.
 *
 * @param steps the way from the root
 */
record JsonPath(List<Step> steps) {
  /**
   * One step.
   *
   * @param member the member of an object, or null
   * @param index the element of an array, if the member is null
   */
  record Step(String member, int index) {}

  private static final Pattern STEP =
      Pattern.compile(
          "\\G(?:\\.([^.\\[\\]\"'$\\s]+)|\\.\"((?:[^\"\\\\]|\\\\.)*)\"|\\['([^']*)'\\]"
              + "|\\[([A-Za-z_]\\w*)\\]|\\[\"([^\"]*)\"\\]|\\[(\\d{1,9})\\])");

  static JsonPath of(String text) {
    if (text.startsWith("lax")) {
      throw BigQueryError.notImplemented("The lax modes of JSONPath are not supported");
    }
    if (!text.startsWith("$")) {
      throw BigQueryError.invalidQuery("JSONPath must start with '$'");
    }
    List<Step> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(text);
    int at = 1;
    while (at < text.length()) {
      if (!matcher.find(at)) {
        throw BigQueryError.invalidQuery("Invalid token in JSONPath at: " + text.substring(at));
      }
      at = matcher.end();
      steps.add(step(matcher));
    }
    return new JsonPath(List.copyOf(steps));
  }

  private static Step step(Matcher matcher) {
    for (int group = 1; group <= 5; group++) {
      if (matcher.group(group) != null) {
        return new Step(
            group == 2 ? matcher.group(2).replaceAll("\\\\(.)", "$1") : matcher.group(group), 0);
      }
    }
    return new Step(null, Integer.parseInt(matcher.group(6)));
  }

  /** The path without its last step. */
  JsonPath parent() {
    return new JsonPath(steps.subList(0, steps.size() - 1));
  }

  Step last() {
    return steps.get(steps.size() - 1);
  }
}
