package io.tributary.bigquery.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponseException;
import com.google.auth.Retryable;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.OAuth2Credentials;
import com.google.protobuf.ByteString;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.row.MetadataWriter;
import io.tributary.bigquery.row.RowLayout;
import io.tributary.bigquery.table.Answer;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import io.tributary.bigquery.table.Step;
import io.tributary.bigquery.table.TableId;
import io.tributary.bigquery.table.Traits;
import io.tributary.bigquery.write.AppendOutcome;
import io.tributary.bigquery.write.PendingStream;
import io.tributary.bigquery.write.RowStream;
import io.tributary.emulator.BigQueryEmulator;
import io.tributary.emulator.EmulatorOptions;
import io.tributary.emulator.catalog.DatasetDefinition;
import io.tributary.emulator.catalog.DatasetRef;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Access tokens run out, and Google's library cannot fetch new ones. */
final class TokenRefreshTest {
  private static final TableId TABLE = new TableId("local", "ds", "t");
  private static final List<Column> COLUMNS = List.of(Column.nullable("id", ColumnType.INT64));
  private static final RowLayout LAYOUT = RowLayout.of(COLUMNS, List.of());

  private final Tokens tokens = new Tokens();
  private BigQueryEmulator emulator;
  private BigQueryWarehouse warehouse;

  @BeforeEach
  void start() {
    emulator = BigQueryEmulator.start(EmulatorOptions.builder().project("local").build());
    emulator.engine().createDataset(DatasetDefinition.of(new DatasetRef("local", "ds")));
    warehouse =
        BigQueryWarehouse.connect(
            new PlainService("local", "ds").at(emulator), Optional.of(tokens), 1);
    Traits plain = new Traits("TABLE", List.of(), Optional.empty(), Map.of(), "", "");
    assertThat(warehouse.apply(new Step.CreateTable(TABLE, COLUMNS, List.of(), plain)))
        .isInstanceOf(Answer.Ok.class);
  }

  @AfterEach
  void close() {
    warehouse.close();
    emulator.close();
  }

  @Test
  void aRefreshThatFailsTwiceIsTriedAgain() {
    IOException late = new IOException("the endpoint is busy");
    tokens.fail(2, late);
    assertThat(warehouse.describe(TABLE)).isInstanceOf(Answer.TryAgain.class);
    assertThat(warehouse.describe(TABLE)).isInstanceOf(Answer.TryAgain.class);
    assertThat(warehouse.describe(TABLE)).isInstanceOf(Answer.Ok.class);

    tokens.fail(2, late);
    assertThat(open()).isInstanceOf(Answer.TryAgain.class);
    assertThat(open()).isInstanceOf(Answer.TryAgain.class);
    PendingStream pending = opened();

    tokens.fail(2, late);
    assertThat(outcome(pending.append(0, rows(1)))).isInstanceOf(AppendOutcome.TryAgain.class);
    await()
        .until(
            () -> {
              pending.reconnect();
              return outcome(pending.append(0, rows(1))).equals(new AppendOutcome.Accepted());
            });
    assertThat(tokens.failures).isEmpty();

    tokens.fail(2, late);
    RowStream rows = warehouse.openDefault(TABLE, LAYOUT.descriptor());
    assertThat(outcome(rows.append(rows(2)))).isInstanceOf(AppendOutcome.TryAgain.class);
    await().until(() -> outcome(rows.append(rows(2))).equals(new AppendOutcome.Accepted()));
    assertThat(tokens.failures).isEmpty();
  }

  @Test
  void aRefusalOfTheTokenEndpointIsLasting() {
    PendingStream pending = opened();
    tokens.fail(1_000, new TokenRefusal(null));

    assertRefused(warehouse.describe(TABLE));
    assertRefused(open());
    assertRefused(outcome(pending.append(0, rows(1))));
    RowStream rows = warehouse.openDefault(TABLE, LAYOUT.descriptor());
    assertRefused(outcome(rows.append(rows(2))));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void anEndpointThatIsInTroubleIsAskedAgain(int status) {
    tokens.fail(2, new TokenRefusal(answered(status)));
    assertThat(warehouse.describe(TABLE)).isInstanceOf(Answer.TryAgain.class);
    assertThat(open()).isInstanceOf(Answer.TryAgain.class);
    assertThat(open()).isInstanceOf(Answer.Ok.class);
  }

  /** As of an account that may not act as another one. */
  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404})
  void anEndpointThatSaysNoIsNotAskedAgain(int status) {
    tokens.fail(2, new IOException("Error requesting access token", answered(status)));
    assertRefused(warehouse.describe(TABLE));
    assertRefused(open());
  }

  private static HttpResponseException answered(int status) {
    return new HttpResponseException.Builder(status, "canary", new HttpHeaders()).build();
  }

  private static void assertRefused(Object found) {
    assertThat(found)
        .hasFieldOrPropertyWithValue("code", ErrorCode.CREDENTIALS_REFUSED)
        .extracting(Object::toString)
        .asString()
        .contains("No access token was given for the credentials.")
        .doesNotContain("canary");
  }

  private Answer<PendingStream> open() {
    return warehouse.openPending(TABLE, LAYOUT.descriptor());
  }

  private PendingStream opened() {
    return ((Answer.Ok<PendingStream>) open()).value();
  }

  private static List<ByteString> rows(long id) {
    return List.of(new MetadataWriter(LAYOUT).start(null).int64("id", id).finish());
  }

  private static AppendOutcome outcome(CompletableFuture<AppendOutcome> future) {
    return future.orTimeout(30, TimeUnit.SECONDS).join();
  }

  /** Google's handling of tokens; each has run out when it comes. */
  private static final class Tokens extends OAuth2Credentials {
    private final transient Queue<IOException> failures = new ConcurrentLinkedQueue<>();

    void fail(int times, IOException failure) {
      failures.addAll(Collections.nCopies(times, failure));
    }

    @Override
    public AccessToken refreshAccessToken() throws IOException {
      IOException failure = failures.poll();
      if (failure != null) {
        throw failure;
      }
      return new AccessToken("token", Date.from(Instant.now()));
    }
  }

  /** As the library has it for {@code invalid_grant}. */
  private static final class TokenRefusal extends IOException implements Retryable {
    private static final long serialVersionUID = 1;

    private TokenRefusal(Throwable cause) {
      super("canary", cause);
    }

    @Override
    public boolean isRetryable() {
      return false;
    }

    @Override
    public int getRetryCount() {
      return 0;
    }
  }
}
