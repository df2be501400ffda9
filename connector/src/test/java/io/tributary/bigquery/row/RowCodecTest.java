package io.tributary.bigquery.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.tributary.bigquery.change.ChangeReader;
import io.tributary.bigquery.change.InMemorySnapshotMarks;
import io.tributary.bigquery.change.OrderBy;
import io.tributary.bigquery.change.ReaderSettings;
import io.tributary.bigquery.change.RowChange;
import io.tributary.bigquery.config.TableOptions;
import io.tributary.bigquery.error.BadRecord;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import io.tributary.bigquery.table.Shape;
import io.tributary.bigquery.testkit.Changes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class RowCodecTest {
  private static final List<Column> METADATA =
      List.of(
          Column.nullable("_cycle", ColumnType.STRING),
          Column.nullable("_offset", ColumnType.INT64));

  private final ChangeReader reader =
      new ChangeReader(
          new ReaderSettings(
              1, List.of(), OrderBy.SOURCE, "id", List.of(), origin -> TableOptions.NONE),
          new InMemorySnapshotMarks());
  private final RowCodec codec = new RowCodec(CodecSettings.defaults());
  private final Changes customers =
      Changes.postgres("public", "customers")
          .key("id", Schema.INT64_SCHEMA)
          .column("name", Schema.OPTIONAL_STRING_SCHEMA)
          .column("photo", Schema.OPTIONAL_BYTES_SCHEMA);
  private final RowLayout layout =
      RowLayout.of(
          METADATA,
          List.of(
              Column.required("id", ColumnType.INT64),
              Column.nullable("name", ColumnType.STRING),
              Column.nullable("photo", ColumnType.BYTES)));

  private RowChange read(SinkRecord record) {
    return (RowChange) reader.read(record);
  }

  @Test
  void asksForTheKeyFirstAndTheOtherColumnsInOrder() {
    RowChange change = read(customers.insert(Map.of("id", 1L)));
    Shape shape = codec.shape(change);
    assertThat(Wire.bare(shape))
        .isEqualTo(
            new Shape(
                List.of(
                    Column.required("id", ColumnType.INT64),
                    Column.nullable("name", ColumnType.STRING),
                    Column.nullable("photo", ColumnType.BYTES)),
                List.of("id")));
    assertThat(codec.shape(read(customers.insert(Map.of("id", 2L))))).isSameAs(shape);
  }

  @Test
  void aDeleteIsItsKey() {
    RowChange change = read(customers.delete(Map.of("id", 7L)));
    assertThat(codec.shape(change))
        .as("an envelope tells the table's columns with a delete, too")
        .isSameAs(codec.shape(read(customers.insert(Map.of("id", 7L)))));
    EncodedRow row = codec.encode(change, layout);
    assertThat(Wire.read(layout, row.columns())).isEqualTo(Map.of("id", 7L));
    assertThat(row.key())
        .isEqualTo(
            codec.encode(read(customers.insert(Map.of("id", 7L, "name", "x"))), layout).key());
  }

  @Test
  void leavesNullsOut() {
    EncodedRow row = codec.encode(read(customers.insert(Map.of("id", 1L, "name", "Ada"))), layout);
    assertThat(Wire.read(layout, row.columns())).isEqualTo(Map.of("id", 1L, "name", "Ada"));
    assertThat(row.unavailable()).isEmpty();
  }

  @Test
  void inheritsWhatTheSourceDidNotSend() {
    EncodedRow older =
        codec.encode(
            read(customers.insert(Map.of("id", 1L, "name", "Ada", "photo", new byte[] {1, 2}))),
            layout);
    EncodedRow newer =
        codec.encode(
            read(
                customers.update(
                    Map.of(
                        "id",
                        1L,
                        "name",
                        "Bea",
                        "photo",
                        "__debezium_unavailable_value"
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8)))),
            layout);
    assertThat(newer.unavailable()).containsExactly("photo");
    EncodedRow whole = codec.inherit(newer, older, layout);
    assertThat(whole.unavailable()).isEmpty();
    assertThat(Wire.read(layout, whole.columns()))
        .isEqualTo(
            Map.of("id", 1L, "name", "Bea", "photo", ByteString.copyFrom(new byte[] {1, 2})));
    assertThat(codec.inherit(newer, newer, layout).unavailable()).containsExactly("photo");
  }

  @Test
  void refusesWhatDoesNotFitAndNamesTheColumnOnly() {
    RowChange change = read(customers.insert(Map.of("id", 1L, "name", "secret\ud800")));
    assertThatThrownBy(() -> codec.encode(change, layout))
        .isInstanceOfSatisfying(
            BadRecord.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.VALUE_UNFIT))
        .hasMessageContaining("name")
        .hasMessageNotContaining("secret");
    assertThat(
            Wire.read(
                layout, codec.encode(read(customers.insert(Map.of("id", 1L))), layout).columns()))
        .isEqualTo(Map.of("id", 1L));
  }

  /** Connect looks at a list as it is put into its struct, and not again. */
  @Test
  void refusesAValueThatIsNotWhatItsSchemaSays() {
    List<Object> tags = new ArrayList<>(List.of("a"));
    Changes tagged =
        Changes.postgres("public", "customers")
            .key("id", Schema.INT64_SCHEMA)
            .column("tags", SchemaBuilder.array(Schema.STRING_SCHEMA).build());
    RowChange change = read(tagged.insert(Map.of("id", 1L, "tags", tags)));
    tags.add(2_718_281L);
    RowLayout lists =
        RowLayout.of(
            METADATA,
            List.of(
                Column.required("id", ColumnType.INT64),
                Column.repeated("tags", ColumnType.STRING)));
    assertThatThrownBy(() -> codec.encode(change, lists))
        .isInstanceOf(BadRecord.class)
        .hasMessageContaining("tags")
        .hasMessageNotContaining("2718281")
        .hasNoCause();
  }

  @Test
  void addsTheSinksOwnFields() {
    EncodedRow row = codec.encode(read(customers.insert(Map.of("id", 1L))), layout);
    ByteString whole =
        new MetadataWriter(layout)
            .start(row.columns())
            .string("_cycle", "c1")
            .int64("_offset", 42L)
            .finish();
    assertThat(Wire.read(layout, whole.toByteArray()))
        .isEqualTo(Map.of("id", 1L, "_cycle", "c1", "_offset", 42L));
  }
}
