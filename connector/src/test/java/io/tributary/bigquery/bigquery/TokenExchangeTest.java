package io.tributary.bigquery.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.auth.oauth2.IdentityPoolCredentials;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Google's library tells of a failed exchange of tokens without the status of the answer. */
final class TokenExchangeTest {
  private final AtomicInteger asked = new AtomicInteger();

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      value = {
        "400 | {\"error\":\"invalid_grant\",\"error_description\":\"canary\"} | true",
        "400 | {\"error\":\"invalid_target\"} | true",
        "400 | {\"error\":\"unauthorized_client\"} | true",
        "403 | {\"error\":\"access_denied\"} | true",
        "503 | {\"error\":\"temporarily_unavailable\"} | false",
        "500 | {\"error\":\"server_error\",\"error_description\":\"invalid_grant\"} | false",
        "500 | {\"error\":\"internal_failure\"} | false",
        "503 | <html>Service Unavailable</html> | false",
        "503 | {\"error\":{\"code\":503}} | false",
        "503 | {} | false",
        // it may be a no, but nothing says so
        "403 | {\"error\":{\"code\":403}} | false",
        "503 | '' | false"
      })
  void onlyANoIsLasting(int status, String body, boolean lasting) throws IOException {
    HttpServer endpoint =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    endpoint.createContext(
        "/v1/token",
        exchange -> {
          asked.incrementAndGet();
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    endpoint.start();
    try {
      Throwable failure = catchThrowable(account(endpoint)::refreshAccessToken);
      assertThat(asked).as("times the endpoint was asked").hasValue(1);

      assertThat(failure).isInstanceOf(IOException.class);
      assertThat(TokenFault.lasting(failure)).isEqualTo(lasting);
    } finally {
      endpoint.stop(0);
    }
  }

  /** An account whose endpoint is, contrary to its address, on this machine. */
  private static TokenExchange account(HttpServer endpoint) {
    int port = endpoint.getAddress().getPort();
    NetHttpTransport transport =
        new NetHttpTransport.Builder()
            .setConnectionFactory(
                url ->
                    (HttpURLConnection)
                        URI.create("http://127.0.0.1:" + port + url.getPath())
                            .toURL()
                            .openConnection())
            .build();
    return new TokenExchange(
        IdentityPoolCredentials.newBuilder()
            .setAudience("//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p")
            .setSubjectTokenType("urn:ietf:params:oauth:token-type:jwt")
            .setTokenUrl("https://sts.googleapis.com/v1/token")
            .setSubjectTokenSupplier(context -> "the-token")
            .setHttpTransportFactory(() -> transport)
            .setScopes(List.of("https://www.googleapis.com/auth/bigquery"))
            .build());
  }
}
