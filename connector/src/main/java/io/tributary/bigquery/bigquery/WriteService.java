package io.tributary.bigquery.bigquery;

import com.google.api.gax.core.BackgroundResource;
import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.core.FixedExecutorProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.ChannelPoolSettings;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.TransportChannel;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.auth.Credentials;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteSettings;
import io.tributary.bigquery.config.Endpoints;
import io.tributary.bigquery.table.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The Storage Write API's client. All streams share its channels and threads, so that a stream per
 * cycle costs no TLS handshake.
 */
final class WriteService implements AutoCloseable {
  private static final Duration CALL_DEADLINE = Duration.ofSeconds(30);

  /**
   * A connection on which nothing arrives is tried after so long, and given up behind the limit.
   */
  private static final Duration KEEP_ALIVE = Duration.ofMinutes(1);

  private static final Duration KEEP_ALIVE_LIMIT = Duration.ofSeconds(20);
  private static final int CHANNELS = 4;
  private static final int THREADS = 2;

  private final BigQueryWriteClient client;
  private final BackgroundResource channel;
  private final ScheduledExecutorService timers;
  private final ExecutorService closers;

  private WriteService(
      BigQueryWriteClient client,
      BackgroundResource channel,
      ScheduledExecutorService timers,
      ExecutorService closers) {
    this.client = client;
    this.channel = channel;
    this.timers = timers;
    this.closers = closers;
  }

  static WriteService open(Endpoints endpoints, Optional<? extends Credentials> credentials)
      throws IOException {
    ScheduledExecutorService timers =
        Executors.newScheduledThreadPool(THREADS, daemons("tributary-write-"));
    TransportChannel channel = null;
    try {
      channel = channels(endpoints, timers).getTransportChannel();
      BigQueryWriteSettings.Builder settings =
          BigQueryWriteSettings.newBuilder()
              .setTransportChannelProvider(FixedTransportChannelProvider.create(channel))
              .setBackgroundExecutorProvider(FixedExecutorProvider.create(timers))
              .setCredentialsProvider(
                  credentials.isPresent()
                      ? FixedCredentialsProvider.create(credentials.get())
                      : NoCredentialsProvider.create());
      settings.createWriteStreamSettings().setSimpleTimeoutNoRetriesDuration(CALL_DEADLINE);
      settings.finalizeWriteStreamSettings().setSimpleTimeoutNoRetriesDuration(CALL_DEADLINE);
      settings.batchCommitWriteStreamsSettings().setSimpleTimeoutNoRetriesDuration(CALL_DEADLINE);
      return new WriteService(
          BigQueryWriteClient.create(settings.build()),
          channel,
          timers,
          Executors.newCachedThreadPool(daemons("tributary-close-")));
    } catch (IOException | RuntimeException failure) {
      if (channel != null) {
        channel.shutdownNow();
      }
      timers.shutdownNow();
      throw failure;
    }
  }

  BigQueryWriteClient client() {
    return client;
  }

  Answer<Long> finish(String stream) {
    try {
      return new Answer.Ok<>(client.finalizeWriteStream(stream).getRowCount());
    } catch (ApiException failure) {
      return Outcomes.answer(RpcFault.of(failure));
    }
  }

  /** Closes something that waits for its peer, without making the caller wait. */
  void closeLater(Runnable close) {
    closers.execute(close);
  }

  @Override
  public void close() {
    client.close();
    channel.shutdownNow();
    timers.shutdownNow();
    closers.shutdown();
  }

  private static TransportChannelProvider channels(
      Endpoints endpoints, ScheduledExecutorService timers) {
    InstantiatingGrpcChannelProvider.Builder builder =
        BigQueryWriteSettings.defaultGrpcTransportProviderBuilder()
            .setEndpoint(endpoints.grpc().orElseGet(BigQueryWriteSettings::getDefaultEndpoint))
            .setChannelPoolSettings(ChannelPoolSettings.staticallySized(CHANNELS))
            .setKeepAliveTimeDuration(KEEP_ALIVE)
            .setKeepAliveTimeoutDuration(KEEP_ALIVE_LIMIT)
            .setHeaderProvider(() -> Map.of("user-agent", "tributary"));
    if (endpoints.plaintext()) {
      builder.setChannelConfigurator(channel -> channel.usePlaintext());
    }
    return builder.build().withBackgroundExecutor(timers);
  }

  private static ThreadFactory daemons(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
