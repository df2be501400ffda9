package io.tributary.bigquery.bigquery;

import com.google.auth.oauth2.ExternalAccountSupplierContext;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.IdentityPoolCredentials;
import com.google.auth.oauth2.IdentityPoolSubjectTokenSupplier;
import io.tributary.bigquery.error.SinkException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Accounts of another identity provider, whose tokens Google exchanges for its own (workload
 * identity federation). Such a document may tell Google's library to read any file, call any
 * address or run any program. So it is off unless the worker's operator names a directory; then the
 * token's file must lie there, and nothing else of the document is followed: the addresses must be
 * Google's, and the file is read here.
 */
final class ExternalAccount {
  static final String TYPE = "external_account";

  /** Worker property: the directory in which token files must lie. */
  static final String DIRECTORY_PROPERTY = "tributary.credentials.external.directory";

  private static final AllowedDirectory ALLOWED = new AllowedDirectory(DIRECTORY_PROPERTY);
  private static final String TOKEN_URL = "https://sts.googleapis.com/v1/token";
  private static final String TOKEN_INFO_URL = "https://sts.googleapis.com/v1/introspect";
  private static final Set<String> FIELDS =
      Set.of(
          "type",
          "audience",
          "subject_token_type",
          "token_url",
          "token_info_url",
          "universe_domain",
          "service_account_impersonation_url",
          "credential_source");
  private static final Set<String> TOKEN_TYPES =
      Set.of(
          "urn:ietf:params:oauth:token-type:jwt",
          "urn:ietf:params:oauth:token-type:id_token",
          "urn:ietf:params:oauth:token-type:saml2");
  private static final Pattern AUDIENCE =
      Pattern.compile(
          "//iam\\.googleapis\\.com/projects/[0-9]{1,20}/locations/global"
              + "/workloadIdentityPools/[a-z0-9-]{1,64}/providers/[a-z0-9-]{1,64}");
  private static final Pattern IMPERSONATION =
      Pattern.compile(
          "https://iamcredentials\\.googleapis\\.com/v1/projects/-/serviceAccounts"
              + "/([a-z0-9-]{1,64}@[a-z0-9.-]{1,128}\\.gserviceaccount\\.com):generateAccessToken");

  private ExternalAccount() {}

  /** The credentials of a document of this type, once every field of it is checked. */
  static GoogleCredentials load(KeyDocument document, String scope) {
    if (!ALLOWED.named()) {
      throw document.refusal(
          "is an external account, which this worker does not allow. Its operator allows them with"
              + " the system property "
              + DIRECTORY_PROPERTY
              + ".");
    }
    if (!document.holdsOnly(FIELDS)) {
      throw document.refusal("has a field that no external account with a token file needs.");
    }
    if (!TOKEN_URL.equals(document.text("token_url"))) {
      throw document.refusal("names a \"token_url\" that is not Google's.");
    }
    if (document.has("token_info_url") && !TOKEN_INFO_URL.equals(document.text("token_info_url"))) {
      throw document.refusal("names a \"token_info_url\" that is not Google's.");
    }
    CredentialLoader.checkUniverse(document);
    String audience = matching(document, "audience", AUDIENCE).group();
    String tokenType = document.text("subject_token_type");
    if (tokenType == null || !TOKEN_TYPES.contains(tokenType)) {
      throw document.refusal("names a \"subject_token_type\" that is not supported.");
    }
    Optional<String> account =
        document.has("service_account_impersonation_url")
            ? Optional.of(
                matching(document, "service_account_impersonation_url", IMPERSONATION).group(1))
            : Optional.empty();
    GoogleCredentials federated =
        IdentityPoolCredentials.newBuilder()
            .setAudience(audience)
            .setSubjectTokenType(tokenType)
            .setTokenUrl(TOKEN_URL)
            .setSubjectTokenSupplier(source(document))
            .setScopes(List.of(CredentialLoader.scope(account, scope)))
            .build();
    return CredentialLoader.actingAs(account, new TokenExchange(federated), scope);
  }

  private static Matcher matching(KeyDocument document, String name, Pattern form) {
    String text = document.text(name);
    Matcher matcher = form.matcher(text == null ? "" : text);
    if (!matcher.matches()) {
      throw document.refusal("has an \"" + name + "\" that is not Google's.");
    }
    return matcher;
  }

  private static TokenFile source(KeyDocument document) {
    KeyDocument source = document.object("credential_source");
    KeyDocument format = source.object("format");
    boolean json = "json".equals(format.text("type"));
    String field = format.text("subject_token_field_name");
    if (!source.holdsOnly(Set.of("file", "format"))
        || !format.holdsOnly(Set.of("type", "subject_token_field_name"))
        || source.text("file") == null
        || (source.has("format") && !json && !"text".equals(format.text("type")))
        || json == (field == null)) {
      throw document.refusal("has a \"credential_source\" that is not just a file.");
    }
    TokenFile file = new TokenFile(source.text("file"), field);
    try {
      file.read();
      return file;
    } catch (IOException unreadable) {
      throw document.refusal("names no token file in the directory that the worker allows.");
    }
  }

  /**
   * Reads the token anew for each exchange, since it is renewed, and checks each time where it
   * lies.
   *
   * @param field of the JSON object in the file; null where the file is the token
   */
  record TokenFile(String path, String field) implements IdentityPoolSubjectTokenSupplier {
    @Override
    public String getSubjectToken(ExternalAccountSupplierContext context) throws IOException {
      return read();
    }

    private String read() throws IOException {
      try {
        Path file = Path.of(path).toRealPath();
        Optional<String> content =
            ALLOWED.holds(file) ? AllowedDirectory.read(file) : Optional.empty();
        if (content.isEmpty()) {
          throw unusable();
        }
        String token =
            field == null
                ? content.get().strip()
                : KeyDocument.parse("The token file", content.get()).text(field);
        if (token == null || token.isEmpty()) {
          throw unusable();
        }
        return token;
      } catch (InvalidPathException | SinkException unreadable) {
        throw unusable();
      }
    }

    private static IOException unusable() {
      return new IOException("The token file of the external account cannot be used.");
    }
  }
}
