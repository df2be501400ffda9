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
