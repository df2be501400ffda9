package io.tributary.bigquery.bigquery;

import com.google.cloud.bigquery.storage.v1.ProtoSchema;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import io.tributary.bigquery.write.AppendOutcome;
import io.tributary.bigquery.write.RowStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A fixed number of places for connections, over which default streams are spread. A place's
 * connection is opened by its first request, and anew when it has ended. Rows that are no changes
 * have as many places of their own, because a connection carries either. Google's client can share
 * connections too, but bounds them by a setting of the whole worker. Thread-safe.
 */
final class SharedConnections implements AutoCloseable {
  private static final String CHANGE_TYPE = "_CHANGE_TYPE";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final WriteService service;
  private final List<Place> places = new ArrayList<>();
  private final List<Place> plain = new ArrayList<>();

  SharedConnections(WriteService service, int connections) {
    this.service = service;
    for (int i = 0; i < connections; i++) {
      places.add(new Place());
      plain.add(new Place());
    }
  }

  /** A table's stream; all of its requests take the same place. */
  RowStream stream(String name, DescriptorProto descriptor) {
    ProtoSchema schema = ProtoSchema.newBuilder().setProtoDescriptor(descriptor).build();
    boolean changes =
        descriptor.getFieldList().stream()
            .anyMatch(field -> field.getName().equalsIgnoreCase(CHANGE_TYPE));
    List<Place> kind = changes ? places : plain;
    Place place = kind.get(Math.floorMod(name.hashCode(), kind.size()));
    return rows -> place.append(name, schema, rows);
  }

  @Override
  public void close() {
    places.forEach(Place::close);
    plain.forEach(Place::close);
  }

  /** Where one connection after the other is. */
  private final class Place {
    private SharedConnection connection;

    CompletableFuture<AppendOutcome> append(
        String stream, ProtoSchema schema, List<ByteString> rows) {
      try {
        return connection(stream, schema).append(stream, schema, rows);
      } catch (RuntimeException refused) {
        return CompletableFuture.completedFuture(Outcomes.append(refused));
      }
    }

    private synchronized SharedConnection connection(String stream, ProtoSchema schema) {
      if (connection == null || !connection.takes(stream, schema)) {
        if (connection != null) {
          connection.retire();
        }
        connection = new SharedConnection(service.client(), stream, PATIENCE);
      }
      return connection;
    }

    synchronized void close() {
      if (connection != null) {
        connection.abandon();
      }
    }
  }
}
