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
  record Step(String member, int index) {
    /** The name of a member that this step also fits, as {@code [0]} does {@code .0}. */
    String name() {
      return member == null ? Integer.toString(index) : member;
    }

    /** The index of an element that this step also fits, as {@code .0} does {@code [0]}; or -1. */
    int position() {
      return member == null ? index : member.matches("\\d{1,9}") ? Integer.parseInt(member) : -1;
    }
  }

  private static final String NAME = "\\.([\\p{L}\\p{N}_\\-:\\s]+)";
  private static final String PLAIN =
      "|\\[\\s*([\\p{L}_][\\p{L}\\p{N}_]*)\\s*\\]|\\[\\s*(-?\\d{1,9})\\s*\\])";
  private static final Pattern STEP =
      Pattern.compile("\\G(?:" + NAME + "|\\.\"((?:[^\"\\\\]|\\\\.)*)\"" + PLAIN);
  private static final Pattern LEGACY_STEP =
      Pattern.compile("\\G(?:" + NAME + "|\\[\\s*'((?:[^'\\\\]|\\\\.)*)'\\s*\\]" + PLAIN);

  /** A path whose names of other than letters and digits stand in double quotes. */
  static JsonPath of(String text) {
    return of(text, STEP);
  }

  /** A path of JSON_EXTRACT and its kin, where they stand in brackets and single quotes. */
  static JsonPath legacy(String text) {
    return of(text, LEGACY_STEP);
  }

  private static JsonPath of(String text, Pattern pattern) {
    if (text.startsWith("lax")) {
      throw BigQueryError.notImplemented("The lax modes of JSONPath are not supported");
    }
    if (!text.startsWith("$")) {
      throw BigQueryError.invalidQuery("JSONPath must start with '$'");
    }
    List<Step> steps = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
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
    if (matcher.group(4) != null) {
      return new Step(null, Integer.parseInt(matcher.group(4)));
    } else if (matcher.group(2) != null) {
      return new Step(matcher.group(2).replaceAll("\\\\(.)", "$1"), 0);
    }
    return new Step(matcher.group(matcher.group(1) != null ? 1 : 3), 0);
  }

  /** The same path in the form that {@link #of(String)} reads. */
  String standard() {
    StringBuilder text = new StringBuilder("$");
    for (Step step : steps) {
      text.append(
          step.member() == null
              ? "[" + step.index() + "]"
              : ".\"" + step.member().replaceAll("[\"\\\\]", "\\\\$0") + '"');
    }
    return text.toString();
  }

  /** The path without its last step. */
  JsonPath parent() {
    return new JsonPath(steps.subList(0, steps.size() - 1));
  }

  Step last() {
    return steps.get(steps.size() - 1);
  }
}
