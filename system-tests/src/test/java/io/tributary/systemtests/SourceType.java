package io.tributary.systemtests;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A type of a database with the values that are sent through the pipeline.
 *
 * @param listed the type as the documentation lists it
 * @param sql the type of the column
 * @param loss in which modes the record lacks what the database holds
 * @param literal how a literal of text becomes a value; %s is the literal
 * @param truth how the database writes a value in the form that is compared; %s is the column
 * @param inArrays whether Debezium sends arrays of it
 * @param samples its values
 */
record SourceType(
    String listed,
    String sql,
    Loss loss,
    String literal,
    String truth,
    boolean inArrays,
    List<Sample> samples) {

  SourceType {
    samples = List.copyOf(samples);
  }

  /** A type whose text is what BigQuery gets. */
  static SourceType type(String listed, String sql) {
    return new SourceType(listed, sql, Loss.NEVER, "%s", "%s::text", true, List.of());
  }

  static SourceType type(String sql) {
    return type(sql, sql);
  }

  SourceType losing(Loss modes) {
    return new SourceType(listed, sql, modes, literal, truth, inArrays, samples);
  }

  SourceType written(String expression) {
    return new SourceType(listed, sql, loss, literal, expression, inArrays, samples);
  }

  SourceType read(String expression) {
    return new SourceType(listed, sql, loss, expression, truth, inArrays, samples);
  }

  SourceType withoutArrays() {
    return new SourceType(listed, sql, loss, literal, truth, false, samples);
  }

  SourceType typical(String... texts) {
    return with(Sample.Kind.TYPICAL, texts);
  }

  SourceType least(String... texts) {
    return with(Sample.Kind.MINIMUM, texts);
  }

  SourceType most(String... texts) {
    return with(Sample.Kind.MAXIMUM, texts);
  }

  SourceType zero(String... texts) {
    return with(Sample.Kind.ZERO, texts);
  }

  SourceType empty(String... texts) {
    return with(Sample.Kind.EMPTY, texts);
  }

  SourceType special(String... texts) {
    return with(Sample.Kind.SPECIAL, texts);
  }

  private SourceType with(Sample.Kind kind, String... texts) {
    List<Sample> all = new ArrayList<>(samples);
    for (String text : texts) {
      all.add(new Sample(kind, text));
    }
    return new SourceType(listed, sql, loss, literal, truth, inArrays, all);
  }

  /** The values that every mode can send and BigQuery can hold. */
  List<Sample> ordinary() {
    return samples.stream().filter(sample -> !sample.special()).toList();
  }

  List<Sample> specials() {
    return samples.stream().filter(Sample::special).toList();
  }

  /** The column of this type. */
  String column() {
    return "c_" + sql.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("_$", "");
  }
}
