package io.tributary.bigquery.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.storage.v1.AnnotationsProto;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import io.tributary.bigquery.table.Details;
import io.tributary.bigquery.table.StagedColumns;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowLayoutTest {
  private static final List<Column> METADATA =
      List.of(Column.nullable("_cycle", ColumnType.STRING));

  @Test
  void keepsNumbersWhenColumnsAreAdded() {
    List<Column> columns = new ArrayList<>();
    for (ColumnType type : ColumnType.values()) {
      columns.add(
          new Column(
              "c_" + type,
              type,
              Column.Mode.NULLABLE,
              List.of(Column.nullable("f", ColumnType.DATE)),
              Details.NONE));
    }
    RowLayout before = RowLayout.of(METADATA, columns);
    columns.add(Column.repeated("added", ColumnType.STRING));
    RowLayout after = RowLayout.of(METADATA, columns);
    for (Column column : before.columns()) {
      assertThat(after.fieldNumber(column.name())).isEqualTo(before.fieldNumber(column.name()));
    }
    assertThat(after.fieldNumber("_CYCLE")).isEqualTo(1);
    assertThat(Wire.descriptor(after).getFields()).hasSize(columns.size() + 1);
  }

  /** A row that waits is staged again after its table has changed, in the bytes that it has. */
  @Test
  void readsWhatWasWrittenForAnEarlierLayoutTheSame() {
    Column whole = Column.nullable("n", ColumnType.INT64);
    Column decimal = Column.nullable("n", ColumnType.NUMERIC);
    Column x = Column.nullable("x", ColumnType.STRING);
    Column y = Column.nullable("y", ColumnType.STRING);
    Column small = Column.struct("part", List.of(x));
    Column large = Column.struct("part", List.of(x, y));
    Column turned = Column.struct("part", List.of(y, x));
    RowLayout before =
        RowLayout.of(METADATA, StagedColumns.of(List.of(whole, small), List.of(whole, small)));
    RowLayout after =
        RowLayout.of(
            METADATA,
            StagedColumns.of(
                List.of(whole, large, decimal.withName("trib_numeric_n")),
                List.of(decimal, turned)));
    List<FieldDescriptorProto> old = before.descriptor().getFieldList();
    assertThat(after.descriptor().getFieldList().get(1)).isEqualTo(old.get(1));
    assertThat(after.descriptor().getNestedType(0).getField(0))
        .isEqualTo(before.descriptor().getNestedType(0).getField(0));
    assertThat(after.fieldNumber("part")).isEqualTo(before.fieldNumber("part"));
    assertThat(after.column("part").fields()).extracting(Column::name).containsExactly("x", "y");
    assertThat(after.fieldNumber("n")).isEqualTo(4);
  }

  @Test
  void namesColumnsThatAreNoIdentifiersByTheServicesAnnotation()
      throws InvalidProtocolBufferException {
    RowLayout layout =
        RowLayout.of(METADATA, List.of(Column.nullable("naïve-col", ColumnType.STRING)));
    ExtensionRegistry registry = ExtensionRegistry.newInstance();
    AnnotationsProto.registerAllExtensions(registry);
    FieldDescriptorProto field =
        DescriptorProto.parseFrom(layout.descriptor().toByteString(), registry).getField(1);
    assertThat(field.getOptions().getExtension(AnnotationsProto.columnName)).isEqualTo("naïve-col");
    assertThat(field.getName()).isEqualTo("col_bmHDr3ZlLWNvbA");
  }

  @Test
  void refusesTwoColumnsOfOneName() {
    List<Column> twice =
        List.of(Column.nullable("a", ColumnType.STRING), Column.nullable("A", ColumnType.STRING));
    assertThatThrownBy(() -> RowLayout.of(METADATA, twice))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
