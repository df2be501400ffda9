package io.tributary.emulator.write;

import static io.tributary.emulator.RawConnection.next;
import static io.tributary.emulator.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.PrimaryKey;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TableConstraints;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.TimePartitioning;
import com.google.cloud.bigquery.storage.v1.AppendRowsRequest;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsRequest;
import com.google.cloud.bigquery.storage.v1.CreateWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import io.grpc.Status;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.Message;
import io.tributary.emulator.RawConnection;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.EmulatorOnly;
import io.tributary.emulator.contract.Sources;
import io.tributary.emulator.faults.CallMatch;
import io.tributary.emulator.faults.Fault;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests of the Storage Write API that make no sense, or ask for what is not to be had. */
@ExtendWith(BigQueryUnderTest.Shared.class)
class RequestRefusalTest {
  private static final Message IDS = Message.ids();

  private final BigQueryUnderTest bigQuery;
  private final TableStreams streams;

  RequestRefusalTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
    this.streams = TableStreams.ofNewTable(bigQuery);
  }

  @Test
  @Behaviour(
      area = Area.WRITE_ERRORS,
      says = "Names that are no tables or streams are INVALID_ARGUMENT in every call.",
      source = Sources.PROTO)
  void refusesNamesThatAreNone() {
    WriteStream pending = WriteStream.newBuilder().setType(WriteStream.Type.PENDING).build();
    assertThatThrownBy(() -> bigQuery.write().createWriteStream("tables/t", pending))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("Invalid parent: tables/t");
    assertThatThrownBy(() -> bigQuery.write().getWriteStream("streams/s"))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("Invalid stream name: streams/s");
    BatchCommitWriteStreamsRequest commit =
        BatchCommitWriteStreamsRequest.newBuilder()
            .setParent("tables/t")
            .addWriteStreams("streams/s")
            .build();
    assertThatThrownBy(() -> bigQuery.write().batchCommitWriteStreams(commit))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("Invalid parent: tables/t");
    assertThat(end(request("streams/s", IDS, IDS.rows(1L)).build()).getDescription())
        .startsWith("Invalid stream name: streams/s");
    assertThat(end(next(IDS.rows(1L)).build()).getDescription())
        .startsWith("Invalid stream name: ");
  }

  @Test
  @Behaviour(
      area = Area.STREAMS,
      says = "A stream has to be created as COMMITTED, BUFFERED or PENDING.",
      source = Sources.PROTO)
  void refusesToCreateAStreamOfNoType() {
    CreateWriteStreamRequest request =
        CreateWriteStreamRequest.newBuilder()
            .setParent(BigQueryUnderTest.path(streams.table()))
            .setWriteStream(WriteStream.getDefaultInstance())
            .build();
    assertThatThrownBy(() -> bigQuery.write().createWriteStream(request))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("Invalid stream type: TYPE_UNSPECIFIED");
  }

  @Test
  @Behaviour(
      area = Area.COMMIT,
      says = "A batch commit has to name streams.",
      source = Sources.PROTO)
  @Behaviour(
      area = Area.COMMIT,
      says = "The default stream cannot be committed: INVALID_STREAM_TYPE.",
      source = Sources.PROTO)
  void refusesToCommitWhatIsNoPendingStream() {
    assertThatThrownBy(() -> streams.commit(List.of()))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("got 0");
    assertThat(TableStreams.codes(streams.commit(streams.defaultStream())))
        .containsExactly(StorageErrorCode.INVALID_STREAM_TYPE);
  }

  @Test
  void refusesRowsWithoutSchemaOrInArrow() {
    String stream = streams.defaultStream();
    assertThat(end(next(IDS.rows(1L)).setWriteStream(stream).build()).getDescription())
        .startsWith("Invalid proto schema: a writer_schema is required");
    AppendRowsRequest arrow =
        AppendRowsRequest.newBuilder()
            .setWriteStream(stream)
            .setArrowRows(AppendRowsRequest.ArrowData.getDefaultInstance())
            .build();
    assertThat(end(arrow).getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
  }

  @Test
  @Behaviour(
      area = Area.WRITER_SCHEMA,
      says =
          "A schema that lacks a REQUIRED column without default is refused, and the column named.",
      source = Sources.PROTO)
  void refusesASchemaThatLacksARequiredColumn() {
    TableId table =
        bigQuery.newTable(
            Field.of("id", StandardSQLTypeName.INT64),
            Field.newBuilder("name", StandardSQLTypeName.STRING)
                .setMode(Field.Mode.REQUIRED)
                .build());
    Status end = end(request(BigQueryUnderTest.defaultStream(table), IDS, IDS.rows(1L)).build());
    assertThat(end.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(end.getDescription()).contains("missing required field(s): 'name'");
  }

  @Test
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "Changes go to a table as a whole, not to a partition that a decorator names.",
      source = Sources.CHANGE_DATA_CAPTURE)
  void refusesChangesOfAPartition() {
    TableId table = bigQuery.newName();
    create(
        StandardTableDefinition.newBuilder()
            .setSchema(Schema.of(Changes.ID, Changes.NAME))
            .setTimePartitioning(TimePartitioning.of(TimePartitioning.Type.DAY)),
        table);
    String today = LocalDate.now(ZoneOffset.UTC).format(DateTimeFormatter.BASIC_ISO_DATE);
    String stream = BigQueryUnderTest.path(table) + "$" + today + "/streams/_default";
    Status end = end(request(stream, Changes.MESSAGE, change(1)).build());
    assertThat(end.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(end.getDescription()).contains("not to a partition");
  }

  @Test
  @Behaviour(
      area = Area.CHANGE_DATA_CAPTURE,
      says = "A table that takes changes has at most 2000 columns.",
      source = Sources.CHANGE_DATA_CAPTURE)
  void refusesChangesOfAVeryWideTable() {
    List<Field> fields = new ArrayList<>(List.of(Changes.ID, Changes.NAME));
    while (fields.size() < 2001) {
      fields.add(Field.of("c" + fields.size(), StandardSQLTypeName.INT64));
    }
    TableId table = bigQuery.newName();
    create(StandardTableDefinition.newBuilder().setSchema(Schema.of(fields)), table);
    Status end =
        end(request(BigQueryUnderTest.defaultStream(table), Changes.MESSAGE, change(1)).build());
    assertThat(end.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(end.getDescription()).contains("at most 2000 columns");
  }

  @Test
  @EmulatorOnly
  @Behaviour(
      area = Area.STREAMS,
      says =
          "A request that waits on a connection while another connection takes over the stream is not"
              + " stored.",
      source = Sources.WRITE_API_BEST_PRACTICES)
  void refusesAnAppendOfAConnectionThatLostTheStream() {
    String stream = streams.create(WriteStream.Type.COMMITTED);
    CallMatch second = CallMatch.of("AppendRows").onStream(stream::equals).nth(2);
    try (RawConnection slow = bigQuery.connect();
        Fault delay = bigQuery.emulator().faults().delay(second, Duration.ofMinutes(1))) {
      slow.call(request(stream, IDS, IDS.rows(1L)).build());
      slow.send(next(IDS.rows(2L)).build());
      Awaitility.await().until(() -> delay.waiting() == 1);
      streams.send(stream, 3L);
      assertThat(slow.end().getCode()).isEqualTo(Status.Code.ABORTED);
      delay.release();
      Awaitility.await().until(() -> delay.waiting() == 0);
    }
    assertThat(streams.seal(stream)).isEqualTo(2);
    assertThat(bigQuery.firstColumn(streams.table())).containsExactly("1", "3");
  }

  private void create(StandardTableDefinition.Builder definition, TableId table) {
    PrimaryKey key = PrimaryKey.newBuilder().setColumns(List.of("id")).build();
    definition.setTableConstraints(TableConstraints.newBuilder().setPrimaryKey(key).build());
    bigQuery.rest().create(TableInfo.of(table, definition.build()));
  }

  private static ProtoRows change(long id) {
    return Changes.rows(Changes.upsert(id, "a", "1"));
  }

  private Status end(AppendRowsRequest request) {
    try (RawConnection connection = bigQuery.connect()) {
      connection.send(request);
      return connection.lastStatus();
    }
  }
}
