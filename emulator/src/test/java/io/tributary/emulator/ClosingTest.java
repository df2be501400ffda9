package io.tributary.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import io.grpc.Status;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.ColumnType;
import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.DatasetRef;
import io.tributary.emulator.catalog.TableDefinition;
import io.tributary.emulator.catalog.TableRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** An emulator that stops while clients are connected. */
class ClosingTest {
  private static final TableRef TABLE = new DatasetRef("p", "d").table("t");
  private static final String STREAM = "projects/p/datasets/d/tables/t/streams/_default";

  /**
   * Clients of a service that goes away see UNAVAILABLE
   * (https://grpc.io/docs/guides/status-codes/).
   */
  @Test
  void endsOpenConnectionsWithoutNoise() {
    List<RawConnection> open = new ArrayList<>();
    BigQueryEmulator emulator = start();
    BigQueryWriteClient client =
        ContractTarget.at("p", "d", emulator.restUrl(), emulator.grpcEndpoint()).connectWrite();
    for (long i = 0; i < 20; i++) {
      RawConnection connection = new RawConnection(client);
      open.add(connection);
      Message ids = Message.ids();
      AppendRowsResponse answer =
          connection.call(RawConnection.request(STREAM, ids, ids.rows(i)).build());
      assertThat(answer.hasAppendResult()).isTrue();
      // still on its way when the emulator stops
      connection.send(RawConnection.next(ids.rows(i, i)).build());
    }
    try (client;
        Complaints complaints = new Complaints()) {
      emulator.close();
      for (RawConnection connection : open) {
        assertThat(connection.lastStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        connection.close();
      }
      assertThat(complaints.seen).isEmpty();
    }
  }

  private static BigQueryEmulator start() {
    BigQueryEmulator emulator = BigQueryEmulator.start(EmulatorOptions.defaults());
    emulator.engine().createDataset(DatasetDefinition.of(TABLE.datasetRef()));
    emulator
        .engine()
        .createTable(TableDefinition.of(TABLE, List.of(Column.nullable("id", ColumnType.INT64))));
    return emulator;
  }

  /** Warnings and errors that gRPC logs. */
  private static final class Complaints extends Handler implements AutoCloseable {
    final Queue<String> seen = new ConcurrentLinkedQueue<>();

    Complaints() {
      Logger.getLogger("").addHandler(this);
    }

    @Override
    public void publish(LogRecord record) {
      if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
        seen.add(record.getLoggerName() + ": " + record.getMessage() + " " + record.getThrown());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      Logger.getLogger("").removeHandler(this);
    }
  }
}
