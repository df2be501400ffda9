package io.tributary.emulator.write;

import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_INT32;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_INT64;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_STRING;
import static io.tributary.emulator.Message.field;
import static io.tributary.emulator.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.PermissionDeniedException;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.TimePartitioning;
import com.google.cloud.bigquery.storage.v1.AppendRowsRequest;
import com.google.cloud.bigquery.storage.v1.AppendRowsRequest.MissingValueInterpretation;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsRequest;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsResponse;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import io.grpc.Status;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.Message;
import io.tributary.emulator.RawConnection;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.Sources;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a table's defaults, partitions and later changes mean to rows. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class TableRulesTest {
  private static final Message IDS = Message.ids();
  private static final Field ID = Field.of("id", StandardSQLTypeName.INT64);
  private static final Field NAME = Field.of("name", StandardSQLTypeName.STRING);
  private final BigQueryUnderTest bigQuery;

  TableRulesTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
  }

  @Test
  @Behaviour(
      area = Area.MISSING_VALUES,
      says =
          "A REQUIRED column with a default may be absent from the writer's schema; "
              + "its default is stored.",
      source = "https://github.com/apache/beam/issues/25915")
  void aRequiredColumnLeftOutTakesItsDefault() {
    TableId table = bigQuery.newTable(requiredWithDefault(), ID);
    send(request(BigQueryUnderTest.defaultStream(table), IDS, IDS.rows(1L)).build());
    assertThat(bigQuery.firstColumn(table)).containsExactly("none");
  }

  @Test
  @Behaviour(
      area = Area.MISSING_VALUES,
      says =
          "A REQUIRED column with a default that is absent from a row is an error of "
              + "the row, unless DEFAULT_VALUE is asked for.",
      source = Sources.PROTO)
  @Behaviour(
      area = Area.MISSING_VALUES,
      says = "The map of interpretations names columns in any case of letters.",
      source = Sources.SCHEMAS)
  void aRequiredValueMayBeDefaultedOnRequest() {
    TableId table = bigQuery.newTable(requiredWithDefault(), ID);
    Message message = Message.of(field("id", TYPE_INT64), field("name", TYPE_STRING));
    AppendRowsResponse refused =
        send(request(BigQueryUnderTest.defaultStream(table), message, message.rows(1L)).build());
    assertThat(refused.getRowErrors(0).getMessage())
        .isEqualTo("Field value of name cannot be empty.");
    send(
        request(BigQueryUnderTest.defaultStream(table), message, message.rows(1L))
            .putMissingValueInterpretations("NAME", MissingValueInterpretation.DEFAULT_VALUE)
            .build());
    assertThat(bigQuery.firstColumn(table)).containsExactly("none");
  }

  @Test
  @Behaviour(
      area = Area.MISSING_VALUES,
      says = "DEFAULT_VALUE for a column without a default stores NULL.",
      source = Sources.PROTO)
  void aDefaultThatIsNotThereIsNull() {
    TableId table = bigQuery.newTable(NAME, ID);
    Message message = Message.of(field("id", TYPE_INT64), field("name", TYPE_STRING));
    send(
        request(BigQueryUnderTest.defaultStream(table), message, message.rows(1L))
            .setDefaultMissingValueInterpretation(MissingValueInterpretation.DEFAULT_VALUE)
            .build());
    assertThat(bigQuery.firstColumn(table)).containsExactly("NULL");
  }

  @ParameterizedTest
  @CsvSource({"-1825, true", "-1826, false", "0, true", "366, true", "367, false"})
  @Behaviour(
      area = Area.APPEND,
      says =
          "A row for a partition more than 1825 days past or 366 days ahead is "
              + "refused with an error that says so.",
      source = "https://github.com/odpf/firehose")
  void streamsToPartitionsWithinBounds(int days, boolean taken) {
    TableId table =
        create(
            TimePartitioning.newBuilder(TimePartitioning.Type.DAY).setField("day").build(),
            Field.of("day", StandardSQLTypeName.DATE));
    Message message = Message.of(field("day", TYPE_INT32));
    long day = LocalDate.now(ZoneOffset.UTC).plusDays(days).toEpochDay();
    AppendRowsResponse answer =
        send(
            request(BigQueryUnderTest.defaultStream(table), message, message.rows((int) day))
                .build());
    assertThat(answer.hasAppendResult()).as(answer.toString()).isEqualTo(taken);
    if (!taken) {
      assertThat(answer.getRowErrors(0).getMessage())
          .contains("is outside the allowed bounds. You can only stream to date range within");
    }
  }

  @ParameterizedTest
  @CsvSource({"-31, true", "-32, false", "16, true", "17, false"})
  @Behaviour(
      area = Area.APPEND,
      says =
          "The default stream of T$YYYYMMDD writes to that partition of a table with "
              + "daily partitions by ingestion time.",
      source = Sources.WRITE_API)
  @Behaviour(
      area = Area.APPEND,
      says = "A partition in a name may lie 31 days in the past to 16 days in the future.",
      source = Sources.WRITE_API)
  void streamsToADecoratedPartition(int days, boolean taken) {
    TableId table = create(TimePartitioning.of(TimePartitioning.Type.DAY), ID);
    LocalDate day = LocalDate.now(ZoneOffset.UTC).plusDays(days);
    String stream = decorated(table, day.toString().replace("-", ""));
    try (RawConnection connection = bigQuery.connect()) {
      connection.send(request(stream, IDS, IDS.rows(1L)).build());
      if (!taken) {
        assertThat(connection.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        return;
      }
      assertThat(connection.answer().hasError()).isFalse();
    }
    assertThat(bigQuery.query("SELECT id, _PARTITIONDATE FROM " + BigQueryUnderTest.sql(table)))
        .containsExactly("1 " + day);
  }

  @Test
  @Behaviour(
      area = Area.APPEND,
      says =
          "A partition in a name is refused for tables without daily partitions by "
              + "ingestion time.",
      source = Sources.WRITE_API)
  void refusesDecoratorsOfOtherTables() {
    TableId hourly = create(TimePartitioning.of(TimePartitioning.Type.HOUR), ID);
    String today = LocalDate.now(ZoneOffset.UTC).toString().replace("-", "");
    for (String stream :
        List.of(
            decorated(bigQuery.newTable(ID), today),
            decorated(hourly, today),
            decorated(create(TimePartitioning.of(TimePartitioning.Type.DAY), ID), "20261301"))) {
      try (RawConnection connection = bigQuery.connect()) {
        connection.send(request(stream, IDS, IDS.rows(1L)).build());
        assertThat(connection.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      }
    }
  }

  /** Not documented: pending rows outlive a column that is added before their commit. */
  @Test
  void pendingRowsFollowANewColumn() {
    TableId table = bigQuery.newTable(ID);
    String stream = pending(table);
    bigQuery.rest().update(TableInfo.of(table, StandardTableDefinition.of(Schema.of(ID, NAME))));
    assertThat(commit(table, stream).hasCommitTime()).isTrue();
    assertThat(bigQuery.query("SELECT id, name FROM " + BigQueryUnderTest.sql(table)))
        .containsExactly("1 NULL");
  }

  @Test
  @Behaviour(
      area = Area.COMMIT,
      says =
          "Rows of a PENDING stream are lost with their table; a later commit fails, "
              + "also once there is a table of that name.",
      source = "https://github.com/confluentinc/kafka-connect-bigquery")
  void pendingRowsAreLostWithTheirTable() {
    TableId table = bigQuery.newTable(ID);
    String stream = pending(table);
    bigQuery.rest().delete(table);
    assertThatThrownBy(() -> commit(table, stream)).isInstanceOf(PermissionDeniedException.class);
    bigQuery.rest().create(TableInfo.of(table, StandardTableDefinition.of(Schema.of(ID))));
    BatchCommitWriteStreamsResponse refused = commit(table, stream);
    assertThat(refused.getStreamErrors(0).getCode()).isEqualTo(StorageErrorCode.STREAM_NOT_FOUND);
    assertThat(bigQuery.rows(table)).isEmpty();
  }

  private static Field requiredWithDefault() {
    return NAME.toBuilder()
        .setMode(Field.Mode.REQUIRED)
        .setDefaultValueExpression("'none'")
        .build();
  }

  private static String decorated(TableId table, String partition) {
    return BigQueryUnderTest.path(table) + "$" + partition + "/streams/_default";
  }

  private TableId create(TimePartitioning partitioning, Field... fields) {
    TableId table = bigQuery.newName();
    bigQuery
        .rest()
        .create(
            TableInfo.of(
                table,
                StandardTableDefinition.newBuilder()
                    .setSchema(Schema.of(fields))
                    .setTimePartitioning(partitioning)
                    .build()));
    return table;
  }

  private AppendRowsResponse send(AppendRowsRequest request) {
    try (RawConnection connection = bigQuery.connect()) {
      return connection.call(request);
    }
  }

  /** A finalized pending stream of one row. */
  private String pending(TableId table) {
    String stream =
        bigQuery
            .write()
            .createWriteStream(
                BigQueryUnderTest.path(table),
                WriteStream.newBuilder().setType(WriteStream.Type.PENDING).build())
            .getName();
    try (RawConnection connection = bigQuery.connect()) {
      connection.call(request(stream, IDS, IDS.rows(1L)).build());
    }
    bigQuery.write().finalizeWriteStream(stream);
    return stream;
  }

  private BatchCommitWriteStreamsResponse commit(TableId table, String stream) {
    return bigQuery
        .write()
        .batchCommitWriteStreams(
            BatchCommitWriteStreamsRequest.newBuilder()
                .setParent(BigQueryUnderTest.path(table))
                .addWriteStreams(stream)
                .build());
  }
}
