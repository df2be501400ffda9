package io.tributary.bigquery.row;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/** Finds the hazards of a table's columns and tells of each once. */
final class Hazards {
  private static final Set<String> DECIMAL = Set.of("NUMERIC", "DECIMAL", "MONEY");
  private static final Set<String> TEXTS = Set.of("Json", "Uuid", "Xml", "Ltree");

  private final Losses losses;
  private final Set<String> told = new HashSet<>();

  Hazards(Losses losses) {
    this.losses = losses;
  }

  /** Looks at a column of a row. */
  void look(Schema row, Field field) {
    boolean debezium = row.name() != null && row.name().endsWith(".Value");
    for (Hazard hazard : debezium ? of(field.schema()) : ofAny(field.schema())) {
      tell(field.name(), hazard);
    }
  }

  /** Records without a schema are told of once, and not for each of their columns. */
  void lookAtLoose(String field) {
    if (told.add(Hazard.NO_SCHEMA.name())) {
      losses.hazard(field, Hazard.NO_SCHEMA);
    }
  }

  /** A value that the source left out, or that reads like that. */
  void lookAtLeftOut(String field) {
    tell(field, Hazard.LEFT_OUT);
  }

  private void tell(String column, Hazard hazard) {
    if (told.add(hazard + " " + column)) {
      losses.hazard(column, hazard);
    }
  }

  private static Set<Hazard> ofAny(Schema schema) {
    return schema.isOptional() && schema.defaultValue() != null
        ? EnumSet.of(Hazard.DEFAULT)
        : EnumSet.noneOf(Hazard.class);
  }

  /** The hazards of a column that Debezium describes. */
  static Set<Hazard> of(Schema schema) {
    Set<Hazard> hazards = ofAny(schema);
    Hazard named = ofName(Objects.requireNonNullElse(schema.name(), ""));
    if (named != null) {
      hazards.add(named);
    }
    if (unmarked(schema)) {
      hazards.add(Hazard.UNMARKED_NULL);
    }
    SourceType source = SourceType.of(schema);
    Schema.Type type = schema.type();
    if (type == Schema.Type.STRING && source.isBytes()) {
      hazards.add(Hazard.BYTES_AS_TEXT);
    }
    if (type == Schema.Type.STRING && source.is("NAME")) {
      hazards.add(Hazard.STREAMED_NULL);
    }
    if (type == Schema.Type.INT64 && source.is("BIGINT UNSIGNED")) {
      hazards.add(Hazard.UNSIGNED);
    }
    if (type == Schema.Type.FLOAT64 && DECIMAL.contains(source.firstWord())) {
      hazards.add(Hazard.ROUNDED);
    }
    return hazards;
  }

  private static Hazard ofName(String name) {
    return switch (name) {
      case "io.debezium.time.MicroDuration", "io.debezium.time.NanoDuration" -> Hazard.MONTHS;
      case Time.LOGICAL_NAME, Timestamp.LOGICAL_NAME -> Hazard.MILLISECONDS;
      case "io.debezium.time.NanoTimestamp" -> Hazard.YEARS;
      case "io.debezium.time.IsoTime" -> Hazard.MIDNIGHT;
      case "io.debezium.time.ZonedTime" -> Hazard.TIME_ZONE;
      default -> null;
    };
  }

  /** Whether PostgreSQL may have moved the value out of line, and Debezium has no mark for that. */
  private static boolean unmarked(Schema schema) {
    if (!schema.isOptional()) {
      return false;
    }
    if (schema.type() != Schema.Type.ARRAY) {
      return "io.debezium.data.VariableScaleDecimal".equals(schema.name());
    }
    Schema item = schema.valueSchema();
    String name = Objects.requireNonNullElse(item.name(), "");
    boolean marked =
        switch (item.type()) {
          case STRING ->
              name.isEmpty() || TEXTS.contains(name.substring(name.lastIndexOf('.') + 1));
          case BYTES -> name.isEmpty();
          case INT32, INT64 -> name.isEmpty();
          default -> false;
        };
    return !marked && !"io.debezium.data.FloatVector".equals(schema.name());
  }
}
