package io.tributary.bigquery.row;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.UnknownFieldSet;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import io.tributary.bigquery.table.StagedColumns;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The wire layout of the rows of one table. The sink's own fields are numbered first, then the
 * columns that rows are written into, in the order of the table that has them, and so are fields
 * inside of columns. As columns are only ever added at the end and never change their types, what
 * was written for an earlier layout of the table reads the same by a later one. Names compare
 * without case. Immutable.
 */
public final class RowLayout {
  /** Number of the field option by which a field names a column that is no identifier. */
  private static final int COLUMN_NAME_OPTION = 454_943_157;

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final List<Column> metadata;
  private final List<Column> columns;
  private final StagedColumns staged;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<String, Column> columnsByName = new HashMap<>();
  private final DescriptorProto descriptor;

  private RowLayout(List<Column> metadata, StagedColumns staged) {
    this.metadata = List.copyOf(metadata);
    this.columns = staged.columns();
    this.staged = staged;
    DescriptorProto.Builder message = DescriptorProto.newBuilder().setName("Row");
    Map<String, Integer> wires = new HashMap<>();
    metadata.forEach(column -> number(column, message, numbers));
    staged.wires().forEach(column -> number(column, message, wires));
    for (StagedColumns.Place place : staged.places()) {
      Integer number = wires.get(lower(place.wire().name()));
      if (numbers.put(lower(place.column().name()), number) != null) {
        throw twice(place.column());
      }
      columnsByName.put(lower(place.column().name()), inOrder(place.column(), place.wire()));
    }
    descriptor = message.build();
  }

  public static RowLayout of(List<Column> metadata, List<Column> columns) {
    return new RowLayout(metadata, StagedColumns.plain(columns));
  }

  /** The layout of rows that a staging table takes: on the wire columns have its names. */
  public static RowLayout of(List<Column> metadata, StagedColumns staged) {
    return new RowLayout(metadata, staged);
  }

  private static void number(
      Column column, DescriptorProto.Builder message, Map<String, Integer> into) {
    int number = message.getFieldCount() + 1;
    if (into.put(lower(column.name()), number) != null) {
      throw twice(column);
    }
    describe(column, number, message);
  }

  private static IllegalArgumentException twice(Column column) {
    return new IllegalArgumentException("Two columns are named " + column.name());
  }

  /**
   * The column with its fields in the order of another, which has them all and perhaps more; those
   * bear no name here.
   */
  private static Column inOrder(Column column, Column wire) {
    List<Column> fields = new ArrayList<>();
    for (Column field : wire.fields()) {
      fields.add(
          column.fields().stream()
              .filter(own -> own.name().equalsIgnoreCase(field.name()))
              .findFirst()
              .map(own -> inOrder(own, field))
              .orElse(field.withName("")));
    }
    return new Column(column.name(), column.type(), column.mode(), fields, column.details());
  }

  /** A self-contained proto2 message. */
  public DescriptorProto descriptor() {
    return descriptor;
  }

  /**
   * The message of the same columns, numbered alike, for the destination itself.
   *
   * @param own fields of the sink in place of these, and not more of them
   * @return empty when the staging table keeps columns in another way than the destination
   */
  public Optional<DescriptorProto> direct(List<Column> own) {
    boolean alike =
        staged.variants() == 0
            && staged.wires().size() == staged.places().size()
            && staged.places().stream().allMatch(place -> alike(place.column(), place.wire()));
    if (!alike) {
      return Optional.empty();
    }
    DescriptorProto.Builder message = DescriptorProto.newBuilder().setName("Row");
    for (int i = 0; i < own.size(); i++) {
      describe(own.get(i), i + 1, message);
    }
    for (Column column : staged.wires()) {
      describe(column, fieldNumber(column.name()), message);
    }
    return Optional.of(message.build());
  }

  private static boolean alike(Column column, Column wire) {
    if (wire == null
        || !wire.name().equalsIgnoreCase(column.name())
        || wire.fields().size() != column.fields().size()) {
      return false;
    }
    for (int i = 0; i < column.fields().size(); i++) {
      if (!alike(column.fields().get(i), wire.fields().get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The number of a column or a field of the sink. */
  public int fieldNumber(String column) {
    Integer number = numbers.get(lower(column));
    if (number == null) {
      throw new IllegalArgumentException("There is no column " + column);
    }
    return number;
  }

  public List<Column> columns() {
    return columns;
  }

  public List<Column> metadata() {
    return metadata;
  }

  /** Where the columns are staged. */
  public StagedColumns staged() {
    return staged;
  }

  /** The destination's column of this name, or null. */
  Column column(String name) {
    return columnsByName.get(lower(name));
  }

  static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static void describe(Column column, int number, DescriptorProto.Builder message) {
    FieldDescriptorProto.Builder field =
        FieldDescriptorProto.newBuilder()
            .setNumber(number)
            .setLabel(
                column.mode() == Column.Mode.REPEATED
                    ? FieldDescriptorProto.Label.LABEL_REPEATED
                    : FieldDescriptorProto.Label.LABEL_OPTIONAL)
            .setType(WireTypes.of(column.type()));
    if (IDENTIFIER.matcher(column.name()).matches()) {
      field.setName(lower(column.name()));
    } else {
      field.setName(placeholder(column.name())).setOptions(named(column.name()));
    }
    if (column.type() == ColumnType.STRUCT) {
      DescriptorProto.Builder nested = DescriptorProto.newBuilder().setName("Struct" + number);
      for (int i = 0; i < column.fields().size(); i++) {
        describe(column.fields().get(i), i + 1, nested);
      }
      message.addNestedType(nested);
      field.setTypeName("Struct" + number);
    }
    WireTypes.ends(column.type())
        .ifPresent(
            end -> {
              message.addNestedType(RangeEnds.message("Range" + number, end));
              field.setTypeName("Range" + number);
            });
    message.addField(field);
  }

  private static String placeholder(String name) {
    byte[] bytes = lower(name).getBytes(StandardCharsets.UTF_8);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return "col_" + text.replace('-', '_');
  }

  /** Set by number, so that this room needs none of Google's cloud classes. */
  private static FieldOptions named(String name) {
    UnknownFieldSet.Field value =
        UnknownFieldSet.Field.newBuilder()
            .addLengthDelimited(ByteString.copyFromUtf8(name))
            .build();
    return FieldOptions.newBuilder()
        .setUnknownFields(UnknownFieldSet.newBuilder().addField(COLUMN_NAME_OPTION, value).build())
        .build();
  }
}
