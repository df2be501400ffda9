package io.tributary.bigquery.bigquery;

import com.google.api.gax.batching.FlowController;
import com.google.cloud.bigquery.storage.v1.ProtoSchema;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.Timestamp;
import io.tributary.bigquery.table.Answer;
import io.tributary.bigquery.write.AppendOutcome;
import io.tributary.bigquery.write.PendingStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A pending stream; its connection is replaced by {@link #reconnect()}, its name stays. */
final class OpenStream implements PendingStream {
  /** How long the client may repair a broken connection by itself before it tells. */
  private static final Duration REPAIR = Duration.ofSeconds(10);

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long MAX_REQUESTS = 1_000;
  private static final long MAX_BYTES = 1L << 30;

  private final WriteService service;
  private final String name;
  private final Optional<Instant> created;
  private final ProtoSchema schema;
  private Connection connection;

  private OpenStream(
      WriteService service, WriteStream stream, ProtoSchema schema, Connection connection) {
    this.service = service;
    this.name = stream.getName();
    this.created = created(stream);
    this.schema = schema;
    this.connection = connection;
  }

  static OpenStream connect(WriteService service, WriteStream stream, DescriptorProto descriptor)
      throws IOException {
    ProtoSchema schema = ProtoSchema.newBuilder().setProtoDescriptor(descriptor).build();
    return new OpenStream(
        service,
        stream,
        schema,
        new Connection(writer(service, stream.getName(), schema), PATIENCE));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<Instant> created() {
    return created;
  }

  private static Optional<Instant> created(WriteStream stream) {
    Timestamp time = stream.getCreateTime();
    return stream.hasCreateTime()
        ? Optional.of(Instant.ofEpochSecond(time.getSeconds(), time.getNanos()))
        : Optional.empty();
  }

  @Override
  public CompletableFuture<AppendOutcome> append(long offset, List<ByteString> rows) {
    return connection().append(offset, rows);
  }

  @Override
  public Answer<Void> reconnect() {
    try {
      replace(new Connection(writer(service, name, schema), PATIENCE));
      return new Answer.Ok<>(null);
    } catch (IOException | RuntimeException failure) {
      return Outcomes.answer(RpcFault.of(failure));
    }
  }

  @Override
  public Answer<Long> finish() {
    return service.finish(name);
  }

  @Override
  public void close() {
    closeLater(connection());
  }

  private synchronized Connection connection() {
    return connection;
  }

  private void replace(Connection fresh) {
    Connection former;
    synchronized (this) {
      former = connection;
      connection = fresh;
    }
    closeLater(former);
  }

  /** Closing waits for answers that may never come. */
  private void closeLater(Connection old) {
    old.abandon();
    service.closeLater(old::close);
  }

  static StreamWriter writer(WriteService service, String name, ProtoSchema schema)
      throws IOException {
    return StreamWriter.newBuilder(name, service.client())
        .setWriterSchema(schema)
        .setMaxRetryDuration(REPAIR)
        .setMaxInflightRequests(MAX_REQUESTS)
        .setMaxInflightBytes(MAX_BYTES)
        .setLimitExceededBehavior(FlowController.LimitExceededBehavior.ThrowException)
        .setTraceId("tributary:sink")
        .build();
  }
}
