package io.tributary.bigquery.table;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A column as a record asks for it or as a table has it.
 *
 * @param fields the fields of a STRUCT, else empty
 */
public record Column(
    String name, ColumnType type, Mode mode, List<Column> fields, Details details) {
  /** BigQuery's column modes. */
  public enum Mode {
    NULLABLE,
    REQUIRED,
    REPEATED
  }

  public Column {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(mode, "mode");
    fields = List.copyOf(fields);
    Objects.requireNonNull(details, "details");
  }

  public static Column nullable(String name, ColumnType type) {
    return new Column(name, type, Mode.NULLABLE, List.of(), Details.NONE);
  }

  public static Column required(String name, ColumnType type) {
    return new Column(name, type, Mode.REQUIRED, List.of(), Details.NONE);
  }

  public static Column repeated(String name, ColumnType type) {
    return new Column(name, type, Mode.REPEATED, List.of(), Details.NONE);
  }

  /** A nullable STRUCT. */
  public static Column struct(String name, List<Column> fields) {
    return new Column(name, ColumnType.STRUCT, Mode.NULLABLE, fields, Details.NONE);
  }

  public Column withMode(Mode newMode) {
    return new Column(name, type, newMode, fields, details);
  }

  public Column withName(String newName) {
    return new Column(newName, type, mode, fields, details);
  }

  public Column withDetails(Details newDetails) {
    return new Column(name, type, mode, fields, newDetails);
  }

  public Column withFields(List<Column> newFields) {
    return new Column(name, type, mode, newFields, details);
  }

  /** The column as a table has it, without what only a record knows. */
  public Column plain() {
    return new Column(
        name,
        type,
        mode,
        fields.stream().map(Column::plain).toList(),
        details.withAlternatives(Set.of()));
  }

  /** The type with its parameters and fields, as GoogleSQL spells it. */
  public String fullType() {
    if (type != ColumnType.STRUCT) {
      return typeText();
    }
    String inside =
        fields.stream()
            .map(field -> Sql.name(field.name()) + " " + field.fullType())
            .collect(Collectors.joining(", "));
    return mode == Mode.REPEATED ? "ARRAY<STRUCT<" + inside + ">>" : "STRUCT<" + inside + ">";
  }

  /** The type with its parameters, as GoogleSQL spells it; a STRUCT without its fields. */
  public String typeText() {
    String item = type.sql() + details.limit().sql();
    return mode == Mode.REPEATED ? "ARRAY<" + item + ">" : item;
  }
}
