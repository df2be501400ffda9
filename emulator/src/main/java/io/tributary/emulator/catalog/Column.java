package io.tributary.emulator.catalog;

import java.util.List;

/**
 * A column or a field of a STRUCT.
 *
 * @param fields the fields of a STRUCT, else empty
 * @param maxLength characters of a STRING(L) or bytes of a BYTES(L), or null
 * @param precision digits of a NUMERIC(P,S) or BIGNUMERIC(P,S), or null
 * @param scale fraction digits of a NUMERIC(P,S) or BIGNUMERIC(P,S), or null
 * @param rangeElementType DATE, DATETIME or TIMESTAMP for a RANGE, else null
 * @param defaultValueExpression GoogleSQL, or null
 */
public record Column(
    String name,
    ColumnType type,
    Mode mode,
    List<Column> fields,
    String description,
    Long maxLength,
    Long precision,
    Long scale,
    ColumnType rangeElementType,
    String defaultValueExpression,
    List<String> policyTags) {

  public Column {
    mode = mode == null ? Mode.NULLABLE : mode;
    fields = fields == null ? List.of() : List.copyOf(fields);
    policyTags = policyTags == null ? List.of() : List.copyOf(policyTags);
  }

  /** A column without parameters. */
  public static Column of(String name, ColumnType type, Mode mode) {
    return new Column(name, type, mode, List.of(), null, null, null, null, null, null, List.of());
  }

  /** A nullable column without parameters. */
  public static Column nullable(String name, ColumnType type) {
    return of(name, type, Mode.NULLABLE);
  }

  /** A STRUCT column. */
  public static Column struct(String name, Mode mode, List<Column> fields) {
    return new Column(
        name, ColumnType.STRUCT, mode, fields, null, null, null, null, null, null, List.of());
  }

  /** The same column under another name. */
  public Column withName(String newName) {
    return new Column(
        newName,
        type,
        mode,
        fields,
        description,
        maxLength,
        precision,
        scale,
        rangeElementType,
        defaultValueExpression,
        policyTags);
  }

  /** The same column in another mode. */
  public Column withMode(Mode newMode) {
    return new Column(
        name,
        type,
        newMode,
        fields,
        description,
        maxLength,
        precision,
        scale,
        rangeElementType,
        defaultValueExpression,
        policyTags);
  }
}
