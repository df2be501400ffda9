package io.tributary.emulator.write;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.InsertAllRequest;
import com.google.cloud.bigquery.InsertAllResponse;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsRequest;
import com.google.cloud.bigquery.storage.v1.CreateWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.FlushRowsRequest;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.Int64Value;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.EmulatorOptions;
import io.tributary.emulator.Message;
import io.tributary.emulator.RawConnection;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** An emulator that checks and counts rows, but keeps none. */
class CountedRowsTest {
  private static final BigQueryUnderTest BIG_QUERY =
      BigQueryUnderTest.start(EmulatorOptions.builder().appendedRows(AppendedRows.COUNTED));

  private final Message days =
      Message.of(Message.field("day", FieldDescriptorProto.Type.TYPE_STRING));
  private final TableId table = BIG_QUERY.newTable(Field.of("day", StandardSQLTypeName.DATE));

  @AfterAll
  static void close() {
    BIG_QUERY.close();
  }

  @Test
  void rowsOfTheDefaultStreamAreCheckedAndCounted() {
    try (RawConnection connection = BIG_QUERY.connect()) {
      AppendRowsResponse refused =
          connection.call(
              RawConnection.request(
                      BigQueryUnderTest.defaultStream(table),
                      days,
                      days.rows("2024-01-01", "2024-13-01"))
                  .build());
      assertThat(refused.getRowErrorsList()).hasSize(1);
      assertThat(refused.getRowErrors(0).getIndex()).isEqualTo(1);
      assertThat(count()).isZero();

      assertThat(connection.call(RawConnection.next(days.rows("2024-01-01")).build()).hasError())
          .isFalse();
    }
    assertThat(count()).isEqualTo(1);
    assertThat(BIG_QUERY.rows(table)).isEmpty();
    assertThat(BIG_QUERY.query("SELECT COUNT(*) FROM " + BigQueryUnderTest.sql(table)))
        .containsExactly("0");
    List<AppendRecord> log = BIG_QUERY.emulator().appendLog();
    assertThat(log.get(log.size() - 1).rows()).isEqualTo(1);
  }

  @Test
  void pendingRowsCountOnceTheyAreCommitted() {
    String stream = create(WriteStream.Type.PENDING);
    append(stream);
    BIG_QUERY.write().finalizeWriteStream(stream);
    assertThat(count()).isZero();
    assertThat(
            BIG_QUERY
                .write()
                .batchCommitWriteStreams(
                    BatchCommitWriteStreamsRequest.newBuilder()
                        .setParent(BigQueryUnderTest.path(table))
                        .addWriteStreams(stream)
                        .build())
                .getStreamErrorsList())
        .isEmpty();
    assertThat(count()).isEqualTo(3);
  }

  @Test
  void bufferedRowsCountOnceTheyAreFlushed() {
    String stream = create(WriteStream.Type.BUFFERED);
    append(stream);
    var answer =
        BIG_QUERY
            .write()
            .flushRows(
                FlushRowsRequest.newBuilder()
                    .setWriteStream(stream)
                    .setOffset(Int64Value.of(1))
                    .build());
    assertThat(answer.getOffset()).isEqualTo(1);
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void rowsOfInsertAllAreCheckedAndCounted() {
    InsertAllResponse refused =
        BIG_QUERY
            .rest()
            .insertAll(
                InsertAllRequest.newBuilder(table)
                    .addRow(Map.of("day", "2024-01-01"))
                    .addRow(Map.of("day", "2024-13-01"))
                    .build());
    assertThat(refused.getInsertErrors()).containsOnlyKeys(0L, 1L);
    assertThat(count()).isZero();

    InsertAllRequest good =
        InsertAllRequest.newBuilder(table)
            .addRow("first", Map.of("day", "2024-01-01"))
            .addRow("second", Map.of("day", "2024-01-02"))
            .build();
    assertThat(BIG_QUERY.rest().insertAll(good).hasErrors()).isFalse();
    // ids are remembered also where rows are not
    assertThat(BIG_QUERY.rest().insertAll(good).hasErrors()).isFalse();
    assertThat(count()).isEqualTo(2);
    assertThat(BIG_QUERY.rows(table)).isEmpty();
    assertThat(BIG_QUERY.query("SELECT COUNT(*) FROM " + BigQueryUnderTest.sql(table)))
        .containsExactly("0");
  }

  private String create(WriteStream.Type type) {
    return BIG_QUERY
        .write()
        .createWriteStream(
            CreateWriteStreamRequest.newBuilder()
                .setParent(BigQueryUnderTest.path(table))
                .setWriteStream(WriteStream.newBuilder().setType(type))
                .build())
        .getName();
  }

  /** Appends three rows, and has a wrong offset refused. */
  private void append(String stream) {
    try (RawConnection connection = BIG_QUERY.connect()) {
      connection.send(
          RawConnection.at(
              0, RawConnection.request(stream, days, days.rows("2024-01-01", "2024-01-02"))));
      assertThat(connection.answer().hasError()).isFalse();
      assertThat(
              connection
                  .call(RawConnection.at(7, RawConnection.next(days.rows("2024-01-03"))))
                  .hasError())
          .isTrue();
      assertThat(
              connection
                  .call(RawConnection.at(2, RawConnection.next(days.rows("2024-01-03"))))
                  .hasError())
          .isFalse();
    }
  }

  private long count() {
    BigInteger rows = BIG_QUERY.rest().getTable(table).getNumRows();
    return rows.longValueExact();
  }
}
