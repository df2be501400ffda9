package io.tributary.bigquery.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;

/** Reads the values of options; a ConfigException tells why one cannot be used. */
final class OptionValues {
  /** In the place of a column's name: partition by the time of arrival. */
  static final String INGESTION = "ingestion";

  private static final Duration LONGEST_INTERVAL = Duration.ofHours(24);
  private static final int MOST_CLUSTERING = 4;
  private static final int LONGEST_COLUMN = 300;
  private static final int LONGEST_DESCRIPTION = 16_384;
  private static final Pattern LABEL_KEY =
      Pattern.compile("[\\p{Ll}\\p{Lo}][\\p{Ll}\\p{Lo}\\p{N}_-]{0,62}");
  private static final Pattern LABEL_VALUE = Pattern.compile("[\\p{Ll}\\p{Lo}\\p{N}_-]{0,63}");
  private static final String PART = "[^/\\s]+";
  private static final Pattern KMS_KEY =
      Pattern.compile("projects/%1$s/locations/%1$s/keyRings/%1$s/cryptoKeys/%1$s".formatted(PART));
  private static final Pattern POLICY_TAG =
      Pattern.compile(
          "projects/%1$s/locations/%1$s/taxonomies/%1$s/policyTags/%1$s".formatted(PART));

  private OptionValues() {}

  static WriteMode mode(String text) {
    return constant(WriteMode.class, text);
  }

  static CdcOptions.Unavailable unavailable(String text) {
    return constant(CdcOptions.Unavailable.class, text);
  }

  static CdcOptions.Truncates truncates(String text) {
    return constant(CdcOptions.Truncates.class, text);
  }

  /** Milliseconds, or a duration of ISO 8601, in whole seconds; an empty text is none. */
  static Duration interval(String text) {
    try {
      Duration interval =
          text.isEmpty()
              ? Duration.ZERO
              : text.matches("\\d{1,12}")
                  ? Duration.ofMillis(Long.parseLong(text))
                  : Duration.parse(text);
      if (interval.isNegative()
          || interval.compareTo(LONGEST_INTERVAL) > 0
          || !interval.equals(Duration.ofSeconds(interval.toSeconds()))) {
        throw new ConfigException("is not from 0 to 24 hours in whole seconds.");
      }
      return interval;
    } catch (DateTimeParseException unreadable) {
      throw new ConfigException("is neither milliseconds nor a duration such as PT15M.");
    }
  }

  static Deletes deletes(String text) {
    return constant(Deletes.class, text);
  }

  static Conflict conflict(String text) {
    return constant(Conflict.class, text);
  }

  static Lossy lossy(String text) {
    return constant(Lossy.class, text);
  }

  static Encoding encoding(String text) {
    return constant(Encoding.class, text);
  }

  static PartitionChoice.Granularity granularity(String text) {
    return constant(PartitionChoice.Granularity.class, text);
  }

  /** How a choice is spelled in a configuration. */
  static String spelled(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static String[] choices(Class<? extends Enum<?>> type) {
    return Stream.of(type.getEnumConstants()).map(OptionValues::spelled).toArray(String[]::new);
  }

  static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new ConfigException("is neither true nor false.");
    };
  }

  static Duration millis(String text) {
    if (!text.matches("[1-9]\\d{0,17}")) {
      throw new ConfigException("is not a number of milliseconds above 0.");
    }
    return Duration.ofMillis(Long.parseLong(text));
  }

  static String column(String text) {
    if (text.isEmpty() || text.length() > LONGEST_COLUMN) {
      throw new ConfigException("is not the name of a column.");
    }
    return text;
  }

  static List<String> clustering(String text) {
    List<String> columns = fields(text);
    if (columns.size() > MOST_CLUSTERING) {
      throw new ConfigException("names more than " + MOST_CLUSTERING + " columns.");
    }
    return columns;
  }

  static List<String> fields(String text) {
    List<String> columns = Stream.of(text.split(",", -1)).map(String::trim).toList();
    columns.forEach(OptionValues::column);
    if (columns.stream().map(name -> name.toLowerCase(Locale.ROOT)).distinct().count()
        < columns.size()) {
      throw new ConfigException("names a column twice.");
    }
    return columns;
  }

  /** Pairs of {@code key:value}; an empty text is none. */
  static Map<String, String> labels(String text) {
    Map<String, String> labels = new LinkedHashMap<>();
    List<String> pairs = new ArrayList<>(List.of(text.split(",", -1)));
    if (text.isBlank()) {
      pairs.clear();
    }
    for (String pair : pairs) {
      String[] sides = pair.trim().split(":", -1);
      if (sides.length != 2
          || !LABEL_KEY.matcher(sides[0].trim()).matches()
          || !LABEL_VALUE.matcher(sides[1].trim()).matches()) {
        throw new ConfigException(
            "is not key:value,key:value of lowercase letters, digits, _ and -, each of at most 63"
                + " characters, the key starting with a letter.");
      }
      if (labels.put(sides[0].trim(), sides[1].trim()) != null) {
        throw new ConfigException("names a label twice.");
      }
    }
    return labels;
  }

  static String description(String text) {
    if (text.length() > LONGEST_DESCRIPTION) {
      throw new ConfigException("has more than " + LONGEST_DESCRIPTION + " characters.");
    }
    return text;
  }

  static String kmsKey(String text) {
    return matching(text, KMS_KEY, "projects/P/locations/L/keyRings/R/cryptoKeys/K");
  }

  static String policyTag(String text) {
    return matching(text, POLICY_TAG, "projects/P/locations/L/taxonomies/T/policyTags/G");
  }

  static String type(String text) {
    if (!TypeGrammar.accepts(text)) {
      throw new ConfigException(
          "is not a type of BigQuery, such as NUMERIC(10,2), RANGE<DATE> or ARRAY<STRING>.");
    }
    return text;
  }

  private static String matching(String text, Pattern form, String spelled) {
    if (!form.matcher(text).matches()) {
      throw new ConfigException("is not of the form " + spelled + ".");
    }
    return text;
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String text) {
    for (E choice : type.getEnumConstants()) {
      if (spelled(choice).equals(text)) {
        return choice;
      }
    }
    throw new ConfigException(
        Stream.of(choices(type)).collect(Collectors.joining(", ", "is none of ", ".")));
  }
}
