package io.tributary.bigquery.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.IdentityPoolCredentials;
import com.google.auth.oauth2.ImpersonatedCredentials;
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
import java.util.Optional;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Accounts of another identity provider: off, and when they are on, of Google's addresses and the
 * operator's directory only.
 */
class ExternalAccountTest {
  private static final String CANARY = "canary-41cc";

  /** Every hostile document names it where it can, in place of {@code %PORT%}. */
  private static ServerSocket attacker;

  @TempDir Path folder;
  private Path token;

  @BeforeAll
  static void listen() throws IOException {
    attacker = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    attacker.setSoTimeout(200);
  }

  @AfterAll
  static void nobodyCalledTheAttacker() throws IOException {
    try (ServerSocket closed = attacker) {
      assertThatThrownBy(closed::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @BeforeEach
  void allow() throws IOException {
    Path allowed = Files.createDirectory(folder.resolve("tokens"));
    token = Files.writeString(allowed.resolve("token"), "the-token\n");
    Files.writeString(folder.resolve("shadow"), "root:" + CANARY);
    Files.createSymbolicLink(allowed.resolve("link"), folder.resolve("shadow"));
    Files.createDirectory(allowed.resolve("directory"));
    Files.writeString(allowed.resolve("long"), "x".repeat(70_000));
    Files.writeString(allowed.resolve("empty"), "");
    System.setProperty(ExternalAccount.DIRECTORY_PROPERTY, allowed.toString());
  }

  @AfterEach
  void forget() {
    System.clearProperty(ExternalAccount.DIRECTORY_PROPERTY);
  }

  @Test
  void isRefusedUnlessTheOperatorAllowsIt() {
    System.clearProperty(ExternalAccount.DIRECTORY_PROPERTY);

    assertThatThrownBy(() -> load(document()))
        .isInstanceOfSatisfying(
            SinkException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.CREDENTIALS_REFUSED))
        .hasMessageContaining("tributary.credentials.external.directory");
  }

  @Test
  void readsTheTokenItselfAndAnewForEachExchange() throws IOException {
    assertThat(own(load(document())))
        .isInstanceOfSatisfying(
            IdentityPoolCredentials.class,
            account -> {
              assertThat(account.getTokenUrl()).isEqualTo("https://sts.googleapis.com/v1/token");
              assertThat(account.getScopes())
                  .containsExactly("https://www.googleapis.com/auth/bigquery");
              assertThat(account.getCredentialSource()).isNull();
              assertThat(account.getServiceAccountImpersonationUrl()).isNull();
            });
    IdentityPoolCredentials account = (IdentityPoolCredentials) own(load(document()));
    assertThat(account.retrieveSubjectToken()).isEqualTo("the-token");
    Files.writeString(token, "the-next");
    assertThat(account.retrieveSubjectToken()).isEqualTo("the-next");

    Files.delete(token);
    Files.createSymbolicLink(token, folder.resolve("shadow"));
    assertThatThrownBy(account::retrieveSubjectToken)
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining(CANARY)
        .hasNoCause();
  }

  @Test
  void readsTheTokenOutOfJson() throws IOException {
    Files.writeString(token, "{\"access_token\": \"inner\", \"other\": 1}");
    String json =
        document()
            .replace(
                "/token\"}",
                "/token\",\"format\":{\"type\":\"json\",\"subject_token_field_name\":"
                    + "\"access_token\"}}");

    assertThat(((IdentityPoolCredentials) own(load(json))).retrieveSubjectToken())
        .isEqualTo("inner");
    for (String broken : new String[] {"{}", "[]", "{\"access_token\": 7}", CANARY}) {
      Files.writeString(token, broken);
      assertThatThrownBy(() -> load(json))
          .isInstanceOf(SinkException.class)
          .hasMessageNotContaining(CANARY)
          .hasNoCause();
    }
  }

  /** Google's own tool writes it; nobody asks there. */
  @Test
  void takesAFileThatNamesWhereTokensAreLookedInto() {
    assertThat(own(load(with("token_info_url", "\"https://sts.googleapis.com/v1/introspect\""))))
        .isInstanceOf(IdentityPoolCredentials.class);
  }

  @Test
  void actsAsAnAccountWithTheScopesOfBigQueryAndOfIamOnly() {
    String json =
        with(
            "service_account_impersonation_url",
            "\"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/"
                + "writer@shop.iam.gserviceaccount.com:generateAccessToken\"");

    assertThat(load(json))
        .isInstanceOfSatisfying(
            ImpersonatedCredentials.class,
            acting -> {
              assertThat(acting.getAccount()).isEqualTo("writer@shop.iam.gserviceaccount.com");
              assertThat(acting.toBuilder().getScopes())
                  .containsExactly("https://www.googleapis.com/auth/bigquery");
              FixedScope source = (FixedScope) acting.getSourceCredentials();
              assertThat(((IdentityPoolCredentials) own(source.own())).getScopes())
                  .containsExactly("https://www.googleapis.com/auth/iam");
            });
  }

  /** A field and what is put into it; FOLDER is the folder around the allowed directory. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      value = {
        // files
        "credential_source | {\"file\":\"/etc/passwd\"}",
        "credential_source | {\"file\":\"FOLDER/shadow\"}",
        "credential_source | {\"file\":\"FOLDER/tokens/../shadow\"}",
        "credential_source | {\"file\":\"FOLDER/tokens/link\"}",
        "credential_source | {\"file\":\"FOLDER/tokens/directory\"}",
        "credential_source | {\"file\":\"FOLDER/tokens/long\"}",
        "credential_source | {\"file\":\"FOLDER/tokens/empty\"}",
        "credential_source | {\"file\":\"FOLDER/tokens/absent\"}",
        "credential_source | {\"file\":\"FOLDER/tokens-too/token\"}",
        "credential_source | {\"file\":\"\"}",
        "credential_source | {\"file\":\"\\u0000\"}",
        "credential_source | {\"file\":\"file://FOLDER/tokens/token\"}",
        "credential_source | {\"file\":[\"FOLDER/tokens/token\"]}",
        // everything that is not just a file
        "credential_source | {\"url\":\"http://127.0.0.1:%PORT%/token\"}",
        "credential_source | {\"url\":\"http://[::1]:%PORT%/token\"}",
        "credential_source | {\"url\":\"http://169.254.169.254/computeMetadata/v1/\"}",
        "credential_source | {\"url\":\"https://sts.googleapis.com/v1/token\"}",
        "credential_source | {\"file\":\"FOLDER/tokens/token\",\"url\":\"http://127.0.0.1:%PORT%/\"}",
        "credential_source | {\"file\":\"FOLDER/tokens/token\",\"headers\":{\"a\":\"canary-41cc\"}}",
        "credential_source | {\"executable\":{\"command\":\"touch FOLDER/ran\",\"timeout_millis\":5000}}",
        "credential_source | {\"environment_id\":\"aws1\",\"region_url\":\"http://127.0.0.1:%PORT%/\"}",
        "credential_source | {\"certificate\":{\"use_default_certificate_config\":true}}",
        "credential_source | {\"subject_token_supplier\":\"canary-41cc\"}",
        "credential_source | {\"file\":\"FOLDER/tokens/token\",\"format\":\"text\"}",
        "credential_source | {\"file\":\"FOLDER/tokens/token\",\"format\":{\"type\":\"json\"}}",
        "credential_source | {\"file\":\"FOLDER/tokens/token\",\"format\":{\"type\":\"xml\"}}",
        "credential_source | {}",
        "credential_source | null",
        "credential_source | [{\"file\":\"FOLDER/tokens/token\"}]",
        "credential_source | \"FOLDER/tokens/token\"",
        // addresses of tokens
        "token_url | \"http://sts.googleapis.com/v1/token\"",
        "token_url | \"http://127.0.0.1:%PORT%/v1/token\"",
        "token_url | \"http://[::1]:%PORT%/v1/token\"",
        "token_url | \"http://169.254.169.254/v1/token\"",
        "token_url | \"https://sts.googleapis.com@127.0.0.1:%PORT%/v1/token\"",
        "token_url | \"https://sts.googleapis.com:8443/v1/token\"",
        "token_url | \"https://sts.googleapis.com.evil.example/v1/token\"",
        "token_url | \"https://evil.example/sts.googleapis.com/v1/token\"",
        "token_url | \"https://sts.googleapis.com/v1/token?x=canary-41cc\"",
        "token_url | \"https://sts.googleapis.com/v1/../token\"",
        "token_url | \"https://sts.europe-west3.rep.googleapis.com/v1/token\"",
        "token_url | \"https://STS.googleapis.com/v1/token\"",
        "token_url | \"https://sts.googleapis.com/v1/token \"",
        "token_url | null",
        "token_url | {\"url\":\"https://sts.googleapis.com/v1/token\"}",
        "token_info_url | \"http://127.0.0.1:%PORT%/v1/introspect\"",
        "token_info_url | \"https://sts.googleapis.com/v1/token\"",
        "token_info_url | null",
        // accounts to act as
        "service_account_impersonation_url | \"https://evil.example/v1/projects/-/serviceAccounts/a@b.iam.gserviceaccount.com:generateAccessToken\"",
        "service_account_impersonation_url | \"http://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/a@b.iam.gserviceaccount.com:generateAccessToken\"",
        "service_account_impersonation_url | \"https://iamcredentials.europe-west3.rep.googleapis.com/v1/projects/-/serviceAccounts/a@b.iam.gserviceaccount.com:generateAccessToken\"",
        "service_account_impersonation_url | \"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/../../x@b.iam.gserviceaccount.com:generateAccessToken\"",
        "service_account_impersonation_url | \"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/a@b.iam.gserviceaccount.com:signBlob\"",
        "service_account_impersonation_url | \"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/a@evil.example:generateAccessToken\"",
        "service_account_impersonation_url | null",
        "service_account_impersonation | {\"token_lifetime_seconds\":43200}",
        // what the token is for
        "audience | \"//iam.googleapis.com/locations/global/workforcePools/p/providers/q\"",
        "audience | \"//evil.example/projects/1/locations/global/workloadIdentityPools/p/providers/q\"",
        "audience | 7",
        "subject_token_type | \"urn:ietf:params:aws:token-type:aws4_request\"",
        "subject_token_type | [\"urn:ietf:params:oauth:token-type:jwt\"]",
        "universe_domain | \"evil.example\"",
        "client_secret | \"canary-41cc\"",
        "workforce_pool_user_project | \"canary-41cc\""
      })
  void refusesEverythingElse(String field, String value) {
    String hostile =
        with(
            field,
            value
                .replace("FOLDER", folder.toString())
                .replace("%PORT%", Integer.toString(attacker.getLocalPort())));

    assertRefused(hostile);
    assertThat(folder.resolve("ran")).doesNotExist();
  }

  @Test
  void refusesAFieldThatStandsTwice() {
    String evil = "\"token_url\":\"http://127.0.0.1:" + attacker.getLocalPort() + "/\",";
    assertRefused(document().replace("\"token_url\"", evil + "\"token_url\""));
    assertRefused(document().replace("\"file\"", "\"file\":\"/etc/passwd\",\"file\""));
  }

  private void assertRefused(String hostile) {
    assertThatThrownBy(() -> load(hostile))
        .isInstanceOfSatisfying(
            SinkException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.CREDENTIALS_REFUSED))
        .hasMessageNotContainingAny(CANARY, "root:", "evil.example", "127.0.0.1", folder.toString())
        .hasNoCause();
  }

  @Test
  void staysWhatItIsForAQuotaProject() {
    GoogleCredentials billed = load(document()).createWithQuotaProject("other-project");

    assertThat(own(billed)).isInstanceOf(IdentityPoolCredentials.class);
    assertThat(billed.getQuotaProjectId()).isEqualTo("other-project");
  }

  private static GoogleCredentials own(GoogleCredentials account) {
    return ((TokenExchange) account).own();
  }

  private static GoogleCredentials load(String json) {
    return CredentialLoader.load(
            new ServiceSettings(
                "p",
                "d",
                "d",
                Optional.empty(),
                "p",
                Optional.empty(),
                new CredentialSettings(new Source.KeyJson(new Secret(json)), Optional.empty()),
                new Endpoints(Optional.empty(), Optional.empty(), false)))
        .orElseThrow();
  }

  /** A right document with a field of this value instead, or beside its own. */
  private String with(String field, String value) {
    String json = document();
    String name = "\"" + field + "\":";
    int at = json.indexOf(name);
    if (at < 0) {
      return json.replaceFirst("\\{", "{" + Matcher.quoteReplacement(name + value) + ",");
    }
    int end = json.indexOf("\n", at);
    boolean last = json.charAt(end - 1) != ',';
    return json.substring(0, at) + name + value + (last ? "" : ",") + json.substring(end);
  }

  /** One field on each line. */
  private String document() {
    return """
        {
        "type":"external_account",
        "universe_domain":"googleapis.com",
        "audience":"//iam.googleapis.com/projects/12/locations/global/workloadIdentityPools/p/providers/q",
        "subject_token_type":"urn:ietf:params:oauth:token-type:jwt",
        "token_url":"https://sts.googleapis.com/v1/token",
        "credential_source":{"file":"FOLDER/tokens/token"}
        }
        """
        .replace("FOLDER", folder.toString());
  }
}
