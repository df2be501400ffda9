package io.tributary.systemtests;

import io.tributary.systemtests.TopicRule.Misfit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules of PostgreSQL's ranges, which arrive as its text. */
final class TopicRanges {
  private static final Pattern RANGE =
      Pattern.compile("([\\[(])\"?([^\",]*)\"?,\"?([^\",]*)\"?([])])");
  private static final BigInteger DAY = BigInteger.valueOf(86_400_000_000_000L);
  private static final BigInteger MICRO = BigInteger.valueOf(1_000);

  private TopicRanges() {}

  static TopicRule numbers(String ends) {
    String type =
        "STRUCT<lower %1$s, upper %1$s, lower_inclusive BOOL, upper_inclusive BOOL, empty BOOL>"
            .formatted(ends);
    return TopicRule.of(type, value -> numbers(ends, value.asText()));
  }

  private static String numbers(String ends, String text) {
    if (text.equals("empty")) {
      return "[lower=null, upper=null, lower_inclusive=false, upper_inclusive=false, empty=true]";
    }
    Matcher range = match(text);
    return "[lower=%s, upper=%s, lower_inclusive=%s, upper_inclusive=%s, empty=false]"
        .formatted(
            number(ends, range.group(2)),
            number(ends, range.group(3)),
            range.group(1).equals("[") && !range.group(2).isEmpty(),
            range.group(4).equals("]") && !range.group(3).isEmpty());
  }

  private static String number(String type, String text) {
    if (text.isEmpty()) {
      return null;
    }
    return type.equals("INT64") ? text : TopicRules.number(new BigDecimal(text), 38);
  }

  static TopicRule dates() {
    return range("DATE", DAY, nanos -> TopicTimes.civil(nanos).substring(0, 10));
  }

  static TopicRule civil() {
    return range("DATETIME", MICRO, TopicTimes::civil);
  }

  static TopicRule instants() {
    return range("TIMESTAMP", MICRO, TopicTimes::instant);
  }

  private static TopicRule range(String ends, BigInteger step, Function<BigInteger, String> text) {
    return TopicRule.of(
        "RANGE<" + ends + ">",
        value -> {
          Matcher range = match(value.asText());
          BigInteger start = end(range.group(2));
          BigInteger end = end(range.group(3));
          if (start != null && range.group(1).equals("(")) {
            start = start.add(step);
          }
          if (end != null && range.group(4).equals("]")) {
            end = end.add(step);
          }
          if (start != null && end != null && start.compareTo(end) >= 0) {
            throw new Misfit("empty");
          }
          return "[%s, %s)"
              .formatted(
                  start == null ? "UNBOUNDED" : text.apply(start),
                  end == null ? "UNBOUNDED" : text.apply(end));
        });
  }

  /** An end at infinity is none. */
  private static BigInteger end(String text) {
    if (text.isEmpty() || text.endsWith("infinity")) {
      return null;
    }
    if (text.endsWith("BC")) {
      throw new Misfit(text);
    }
    return TopicTimes.read(text.replaceAll("(:.*[+-]\\d\\d)$", "$1:00"));
  }

  private static Matcher match(String text) {
    Matcher range = RANGE.matcher(text);
    if (!range.matches()) {
      throw new Misfit("no range: " + text);
    }
    return range;
  }
}
