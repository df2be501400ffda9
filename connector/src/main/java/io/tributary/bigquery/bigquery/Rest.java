package io.tributary.bigquery.bigquery;

import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.bigquery.Bigquery;
import com.google.auth.Credentials;
import com.google.auth.http.HttpCredentialsAdapter;
import io.tributary.bigquery.config.ServiceSettings;
import io.tributary.bigquery.table.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * BigQuery's REST service through Google's generated client, which makes one attempt per call, does
 * not hide a 409 and lets an update be conditional.
 */
final class Rest {
  private static final String APPLICATION = "tributary";

  private final Bigquery client;
  private final ServiceSettings settings;
  private final AtomicReference<String> location;

  private Rest(Bigquery client, ServiceSettings settings) {
    this.client = client;
    this.settings = settings;
    this.location = new AtomicReference<>(settings.location().orElse(null));
  }

  /**
   * @param connectTimeout deadline of opening a connection
   * @param readTimeout deadline of an answer
   */
  static Rest open(
      ServiceSettings settings,
      Optional<? extends Credentials> credentials,
      Duration connectTimeout,
      Duration readTimeout) {
    Optional<HttpRequestInitializer> authorize = credentials.map(HttpCredentialsAdapter::new);
    HttpRequestInitializer initializer =
        request -> {
          if (authorize.isPresent()) {
            authorize.get().initialize(request);
          }
          request.setConnectTimeout((int) connectTimeout.toMillis());
          request.setReadTimeout((int) readTimeout.toMillis());
          request.setNumberOfRetries(0);
        };
    Bigquery.Builder builder =
        new Bigquery.Builder(new NetHttpTransport(), GsonFactory.getDefaultInstance(), initializer)
            .setApplicationName(APPLICATION);
    settings.endpoints().rest().ifPresent(builder::setRootUrl);
    return new Rest(builder.build(), settings);
  }

  Bigquery client() {
    return client;
  }

  /** The location of jobs: the configured one, else the dataset's. */
  Answer<String> location() {
    String known = location.get();
    if (known != null) {
      return new Answer.Ok<>(known);
    }
    Answer<String> found = locationOf(settings.dataset());
    if (found instanceof Answer.Refused && !settings.stagingDataset().equals(settings.dataset())) {
      // The dataset of the tables may be created later than that of the staging tables.
      found = locationOf(settings.stagingDataset());
    }
    if (found instanceof Answer.Ok<String> ok) {
      location.set(ok.value());
    }
    return found;
  }

  private Answer<String> locationOf(String dataset) {
    return call(() -> client.datasets().get(settings.project(), dataset).execute().getLocation());
  }

  /** One attempt of a call. */
  static <T> Answer<T> call(Request<T> request) {
    try {
      return new Answer.Ok<>(request.execute());
    } catch (IOException failure) {
      return Outcomes.answer(RestFault.of(failure));
    }
  }

  /** A prepared call. */
  interface Request<T> {
    T execute() throws IOException;
  }
}
