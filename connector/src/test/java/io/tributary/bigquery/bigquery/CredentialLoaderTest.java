package io.tributary.bigquery.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ImpersonatedCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import io.tributary.bigquery.config.CredentialSettings;
import io.tributary.bigquery.config.CredentialSettings.Source;
import io.tributary.bigquery.config.Endpoints;
import io.tributary.bigquery.config.Secret;
import io.tributary.bigquery.config.ServiceSettings;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialLoaderTest {
  private static final String CANARY = "canary-77aa";
  private static final String KEY = privateKey();

  @TempDir Path folder;

  @AfterEach
  void forgetTheAllowedDirectory() {
    System.clearProperty(CredentialLoader.DIRECTORY_PROPERTY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // other kinds: each of them makes Google's library open files, run programs or call URLs
        "{\"type\":\"external_account\",\"credential_source\":{\"file\":\"/etc/passwd\"}}",
        "{\"type\":\"external_account\",\"credential_source\":{\"url\":\"http://169.254.169.254/\"}}",
        "{\"type\":\"external_account\",\"credential_source\":{\"executable\":{\"command\":\"id\"}}}",
        "{\"type\":\"external_account_authorized_user\",\"token_url\":\"http://127.0.0.1/\"}",
        "{\"type\":\"authorized_user\",\"refresh_token\":\"canary-77aa\"}",
        "{\"type\":\"impersonated_service_account\",\"service_account_impersonation_url\":\"http://[::1]/\"}",
        "{\"type\":\"gdch_service_account\",\"token_uri\":\"http://127.0.0.1/\"}",
        "{\"type\":\"Service_Account\"}",
        "{\"type\":\" service_account\"}",
        "{\"type\":[\"service_account\"]}",
        "{\"type\":null}",
        "{}",
        // a service account with hostile or broken fields
        "{\"type\":\"service_account\",\"type\":\"external_account\"}",
        "{\"type\":\"service_account\",\"token_uri\":\"http://oauth2.googleapis.com/token\"}",
        "{\"type\":\"service_account\",\"token_uri\":\"https://oauth2.googleapis.com/token/../x\"}",
        "{\"type\":\"service_account\",\"token_uri\":\"https://oauth2.googleapis.com@evil.example/token\"}",
        "{\"type\":\"service_account\",\"token_uri\":\"https://oauth2.googleapis.com.evil.example/token\"}",
        "{\"type\":\"service_account\",\"token_uri\":\"http://169.254.169.254/token\"}",
        "{\"type\":\"service_account\",\"token_uri\":null}",
        "{\"type\":\"service_account\",\"token_uri\":{\"a\":1}}",
        "{\"type\":\"service_account\",\"universe_domain\":\"evil.example\"}",
        "{\"type\":\"service_account\",\"client_email\":\"a@b\"}",
        "{\"type\":\"service_account\",\"client_email\":\"a@b\",\"private_key\":\"canary-77aa\"}",
        // no key at all
        "[]",
        "\"/etc/passwd\"",
        "/etc/passwd",
        "",
        "null",
        "{\"type\":\"service_account\"} canary-77aa",
        "{canary-77aa"
      })
  void refusesWhatIsNoPlainServiceAccountKey(String json) {
    assertThatThrownBy(() -> CredentialLoader.load(settings(inline(json))))
        .isInstanceOfSatisfying(
            SinkException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.CREDENTIALS_REFUSED))
        .hasMessageNotContainingAny(CANARY, "root:", "evil.example")
        .hasNoCause();
  }

  @Test
  void aHostileTokenEndpointIsNeverCalled() throws IOException {
    try (ServerSocket attacker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      attacker.setSoTimeout(200);
      String uri = "http://127.0.0.1:" + attacker.getLocalPort() + "/token";

      assertThatThrownBy(() -> CredentialLoader.load(settings(inline(key(uri)))))
          .isInstanceOf(SinkException.class)
          .hasMessageContaining("token_uri");
      assertThatThrownBy(attacker::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void acceptsAServiceAccountKeyWithTheBigQueryScopeOnly() {
    GoogleCredentials loaded =
        CredentialLoader.load(settings(inline(key("https://oauth2.googleapis.com/token"))))
            .orElseThrow();

    assertThat(loaded)
        .isInstanceOfSatisfying(
            ServiceAccountCredentials.class,
            account -> {
              assertThat(account.getClientEmail()).isEqualTo("writer@shop.example");
              assertThat(account.getTokenServerUri())
                  .hasToString("https://oauth2.googleapis.com/token");
              assertThat(account.getScopes())
                  .containsExactly("https://www.googleapis.com/auth/bigquery");
              assertThat(account.getQuotaProjectId()).isEqualTo("quota");
            });
  }

  @Test
  void impersonatesTheNamedAccountWithTheScopesOfBigQueryAndOfIamOnly() {
    CredentialSettings wanted =
        new CredentialSettings(
            inline(key("https://oauth2.googleapis.com/token")),
            Optional.of("target@shop.iam.gserviceaccount.com"));

    assertThat(CredentialLoader.load(settings(wanted)).orElseThrow())
        .isInstanceOfSatisfying(
            ImpersonatedCredentials.class,
            acting -> {
              assertThat(acting.getAccount()).isEqualTo("target@shop.iam.gserviceaccount.com");
              assertThat(acting.toBuilder().getScopes())
                  .containsExactly("https://www.googleapis.com/auth/bigquery");
              // the library widens the scope of the account that acts, before it asks for a token
              GoogleCredentials asked =
                  acting
                      .getSourceCredentials()
                      .createScoped("https://www.googleapis.com/auth/cloud-platform");
              assertThat(((ServiceAccountCredentials) ((FixedScope) asked).own()).getScopes())
                  .containsExactly("https://www.googleapis.com/auth/iam");
            });
  }

  @Test
  void anEmulatorNeedsNone() {
    assertThat(CredentialLoader.load(settings(new Source.None()))).isEmpty();
  }

  @Test
  void aKeyFileIsReadOnlyFromTheAllowedDirectory() throws IOException {
    Path allowed = Files.createDirectory(folder.resolve("allowed"));
    Path inside = Files.writeString(allowed.resolve("key.json"), key(null));
    Path outside = Files.writeString(folder.resolve("key.json"), key(null));
    Path link = Files.createSymbolicLink(allowed.resolve("link.json"), outside);
    System.setProperty(CredentialLoader.DIRECTORY_PROPERTY, allowed.toString());

    assertThat(CredentialLoader.load(settings(new Source.KeyFile(inside.toString())))).isPresent();
    for (String path :
        new String[] {outside.toString(), link.toString(), allowed + "/../key.json"}) {
      assertThatThrownBy(() -> CredentialLoader.load(settings(new Source.KeyFile(path))))
          .isInstanceOf(SinkException.class)
          .hasMessageContaining("outside of the directory");
    }
  }

  @Test
  void aFileThatIsNoKeyIsNotQuoted() throws IOException {
    Path secret = Files.writeString(folder.resolve("shadow"), "root:" + CANARY);

    for (String path : new String[] {secret.toString(), folder.toString(), "/absent", "\0"}) {
      assertThatThrownBy(() -> CredentialLoader.load(settings(new Source.KeyFile(path))))
          .isInstanceOf(SinkException.class)
          .hasMessageContaining("credentials.file")
          .hasMessageNotContaining(CANARY)
          .hasNoCause();
    }
  }

  private static Source inline(String json) {
    return new Source.KeyJson(new Secret(json));
  }

  private static ServiceSettings settings(Source source) {
    return settings(new CredentialSettings(source, Optional.empty()));
  }

  private static ServiceSettings settings(CredentialSettings credentials) {
    return new ServiceSettings(
        "p",
        "d",
        "d",
        Optional.empty(),
        "p",
        Optional.of("quota"),
        credentials,
        new Endpoints(Optional.empty(), Optional.empty(), false));
  }

  private static String key(String tokenUri) {
    String uri = tokenUri == null ? "" : ",\"token_uri\":\"" + tokenUri + "\"";
    return "{\"type\":\"service_account\",\"client_email\":\"writer@shop.example\","
        + "\"private_key_id\":\"1\",\"private_key\":\""
        + KEY
        + "\""
        + uri
        + "}";
  }

  /** A fresh key: none is kept in the repository. */
  private static String privateKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      byte[] pkcs8 = generator.generateKeyPair().getPrivate().getEncoded();
      return "-----BEGIN PRIVATE KEY-----\\n"
          + Base64.getEncoder().encodeToString(pkcs8)
          + "\\n-----END PRIVATE KEY-----\\n";
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException(absent);
    }
  }
}
