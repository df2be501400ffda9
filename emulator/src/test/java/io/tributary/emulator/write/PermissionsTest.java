package io.tributary.emulator.write;

import static io.tributary.emulator.RawConnection.next;
import static io.tributary.emulator.RawConnection.request;
import static io.tributary.emulator.write.TableStreams.IDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.PermissionDeniedException;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import io.grpc.Status;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.RawConnection;
import io.tributary.emulator.contract.Area;
import io.tributary.emulator.contract.Behaviour;
import io.tributary.emulator.contract.EmulatorOnly;
import io.tributary.emulator.contract.Sources;
import io.tributary.emulator.contract.Standing;
import io.tributary.emulator.faults.Fault;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rights that are missing, and tables that the write path does not see yet. */
@EmulatorOnly
@ExtendWith(BigQueryUnderTest.Shared.class)
class PermissionsTest {
  private final BigQueryUnderTest bigQuery;
  private final TableStreams streams;

  PermissionsTest(BigQueryUnderTest bigQuery) {
    this.bigQuery = bigQuery;
    this.streams = TableStreams.ofNewTable(bigQuery);
  }

  private Fault denied() {
    return bigQuery.emulator().faults().denyPermission(BigQueryUnderTest.ref(streams.table()));
  }

  private String text(String permission) {
    return "Permission '%s' denied on resource '%s' (or it may not exist)."
        .formatted(permission, BigQueryUnderTest.path(streams.table()));
  }

  @Test
  @Behaviour(
      area = Area.PERMISSIONS,
      says =
          "CreateWriteStream, FinalizeWriteStream, FlushRows and BatchCommitWriteStreams need the"
              + " right to update the data of the table, and are denied TABLES_UPDATE_DATA"
              + " without.",
      source = Sources.WRITE_API)
  @Behaviour(
      area = Area.PERMISSIONS,
      says = "GetWriteStream needs the right to see the table, and is denied TABLES_GET without.",
      source = Sources.FLINK_GCP)
  void callsWithoutARight() {
    String stream = streams.create(WriteStream.Type.BUFFERED);
    List<ThrowingCallable> updates =
        List.of(
            () -> streams.create(WriteStream.Type.PENDING),
            () -> streams.seal(stream),
            () -> streams.flush(stream, 0),
            () -> streams.commit(stream));
    try (Fault fault = denied()) {
      for (ThrowingCallable call : updates) {
        assertThatThrownBy(call)
            .isInstanceOf(PermissionDeniedException.class)
            .hasMessageContaining(text("TABLES_UPDATE_DATA"));
      }
      assertThatThrownBy(() -> bigQuery.write().getWriteStream(stream))
          .isInstanceOf(PermissionDeniedException.class)
          .hasMessageContaining(text("TABLES_GET"));
      assertThat(fault.fired()).isEqualTo(5);
    }
  }

  @Test
  @Behaviour(
      area = Area.PERMISSIONS,
      says =
          "A right that is taken away ends an open connection with PERMISSION_DENIED at its next"
              + " request.",
      source = Sources.WRITE_API)
  void aConnectionThatLosesItsRight() {
    try (RawConnection connection = bigQuery.connect()) {
      connection.call(request(streams.defaultStream(), IDS, IDS.rows(1L)).build());
      try (Fault fault = denied()) {
        connection.send(next(IDS.rows(2L)).build());
        Status end = connection.end();
        assertThat(end.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(end.getDescription()).isEqualTo(text("TABLES_GET"));
        assertThat(fault.fired()).isPositive();
      }
    }
    assertThat(streams.ids()).containsExactly("1");
  }

  @Test
  @Behaviour(
      area = Area.PERMISSIONS,
      says =
          "The Storage Write API tells a missing right from a missing table by neither code nor"
              + " text; tables.get does: 403 or 404.",
      source = Sources.FLINK_GCP)
  @Behaviour(
      area = Area.PERMISSIONS,
      says =
          "A missing right over REST is 403 accessDenied, \"Access Denied: Table P:D.T: Permission"
              + " bigquery.tables.get denied on table P:D.T (or it may not exist)\".",
      source = Sources.ERROR_MESSAGES)
  void aMissingRightAndAMissingTable() {
    TableId absent = bigQuery.newName();
    assertThatThrownBy(() -> new TableStreams(bigQuery, absent).create(WriteStream.Type.PENDING))
        .isInstanceOf(PermissionDeniedException.class);
    assertThat(bigQuery.rest().getTable(absent)).as("404").isNull();
    try (Fault fault = denied()) {
      assertThatThrownBy(() -> streams.create(WriteStream.Type.PENDING))
          .isInstanceOf(PermissionDeniedException.class);
      String name =
          "%s:%s.%s"
              .formatted(
                  BigQueryUnderTest.PROJECT,
                  streams.table().getDataset(),
                  streams.table().getTable());
      assertThatThrownBy(() -> bigQuery.rest().getTable(streams.table()))
          .isInstanceOfSatisfying(
              BigQueryException.class,
              e -> {
                assertThat(e.getCode()).isEqualTo(403);
                assertThat(e.getError().getReason()).isEqualTo("accessDenied");
              })
          .hasMessageContaining(
              "Access Denied: Table %s: Permission bigquery.tables.get denied on table %s (or it"
                      .formatted(name, name)
                  + " may not exist).");
      assertThat(fault.fired()).isEqualTo(2);
    }
  }

  @Test
  @Behaviour(
      area = Area.PROPAGATION,
      says =
          "Just after a table was created, CreateWriteStream and FlushRows may be denied for a"
              + " moment, while tables.get shows the table.",
      source = Sources.FLINK_GCP,
      standing = Standing.SWITCH)
  void aTableThatTheWritePathDoesNotSeeYet() throws Exception {
    String stream = streams.create(WriteStream.Type.BUFFERED);
    streams.append(stream, 0, 1L);
    try (Fault fault =
        bigQuery
            .emulator()
            .faults()
            .hideNewTables(BigQueryUnderTest.ref(streams.table())::equals, Duration.ofMinutes(5))) {
      assertThat(bigQuery.rest().getTable(streams.table())).isNotNull();
      assertThatThrownBy(() -> streams.create(WriteStream.Type.PENDING))
          .isInstanceOf(PermissionDeniedException.class);
      assertThatThrownBy(() -> streams.flush(stream, 0))
          .isInstanceOf(PermissionDeniedException.class);
      assertThat(fault.fired()).isEqualTo(2);
    }
    assertThat(streams.flush(stream, 0)).isZero();
  }
}
