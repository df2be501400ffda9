package io.tributary.bigquery.bigquery;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ImpersonatedCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import io.tributary.bigquery.config.CredentialSettings;
import io.tributary.bigquery.config.CredentialSettings.Source;
import io.tributary.bigquery.config.ServiceSettings;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Loads credentials by their declared kind. A configuration is untrusted input: a key is read field
 * by field, so that nothing in it can name a file to open or an address to call.
 */
final class CredentialLoader {
  /** Worker property: the directory in which key files must lie. */
  static final String DIRECTORY_PROPERTY = "tributary.credentials.directory";

  private static final String SCOPE = "https://www.googleapis.com/auth/bigquery";
  private static final String IMPERSONATION_SCOPE = "https://www.googleapis.com/auth/iam";
  private static final String TOKEN_ENDPOINT = "https://oauth2.googleapis.com/token";
  private static final String UNIVERSE = "googleapis.com";
  private static final int TOKEN_LIFE_SECONDS = 3600;
  private static final AllowedDirectory ALLOWED = new AllowedDirectory(DIRECTORY_PROPERTY);

  private CredentialLoader() {}

  /**
   * The credentials, or empty for an emulator.
   *
   * @throws SinkException with {@link ErrorCode#CREDENTIALS_REFUSED}, free of the key's content
   */
  static Optional<GoogleCredentials> load(ServiceSettings settings) {
    CredentialSettings wanted = settings.credentials();
    if (wanted.source() instanceof Source.None) {
      return Optional.empty();
    }
    GoogleCredentials credentials =
        actingAs(
            wanted.impersonate(),
            source(wanted.source(), scope(wanted.impersonate(), SCOPE)),
            SCOPE);
    if (settings.quotaProject().isPresent()) {
      credentials = credentials.createWithQuotaProject(settings.quotaProject().get());
    }
    return Optional.of(credentials);
  }

  /** What to ask for, to act as an account or oneself. */
  static String scope(Optional<String> account, String wanted) {
    return account.isPresent() ? IMPERSONATION_SCOPE : wanted;
  }

  /** Credentials that act as an account, if one is named. */
  static GoogleCredentials actingAs(Optional<String> account, GoogleCredentials own, String scope) {
    return account.isEmpty()
        ? own
        : ImpersonatedCredentials.create(
            new FixedScope(own), account.get(), List.of(), List.of(scope), TOKEN_LIFE_SECONDS);
  }

  private static GoogleCredentials source(Source source, String scope) {
    if (source instanceof Source.KeyFile file) {
      return byType(KeyDocument.parse("credentials.file", read(file.path())), scope);
    }
    if (source instanceof Source.KeyJson inline) {
      return byType(KeyDocument.parse("credentials.json", inline.json().reveal()), scope);
    }
    try {
      return GoogleCredentials.getApplicationDefault().createScoped(List.of(scope));
    } catch (IOException absent) {
      throw KeyDocument.refused("The worker has no readable application default credentials.");
    }
  }

  private static GoogleCredentials byType(KeyDocument document, String scope) {
    String type = document.text("type");
    if (ExternalAccount.TYPE.equals(type)) {
      return ExternalAccount.load(document, scope);
    }
    if (!"service_account".equals(type)) {
      throw document.refusal("is not a service-account key: its \"type\" is another.");
    }
    return serviceAccount(document, scope);
  }

  static void checkUniverse(KeyDocument document) {
    if (document.has("universe_domain") && !UNIVERSE.equals(document.text("universe_domain"))) {
      throw document.refusal("belongs to another universe (\"universe_domain\").");
    }
  }

  private static GoogleCredentials serviceAccount(KeyDocument key, String scope) {
    if (key.has("token_uri") && !TOKEN_ENDPOINT.equals(key.text("token_uri"))) {
      throw key.refusal("names a token endpoint (\"token_uri\") that is not Google's.");
    }
    checkUniverse(key);
    String email = key.text("client_email");
    String privateKey = key.text("private_key");
    if (email == null || privateKey == null) {
      throw key.refusal("lacks \"client_email\" or \"private_key\".");
    }
    try {
      // The library's own default for the token endpoint applies: nothing of it is taken from here.
      return ServiceAccountCredentials.fromPkcs8(
          key.text("client_id"), email, privateKey, key.text("private_key_id"), List.of(scope));
    } catch (IOException | RuntimeException unusable) {
      throw key.refusal("holds a \"private_key\" that cannot be read.");
    }
  }

  private static String read(String text) {
    try {
      Path file = Path.of(text).toRealPath();
      if (ALLOWED.named() && !ALLOWED.holds(file)) {
        throw KeyDocument.refused(
            "credentials.file lies outside of the directory that the worker allows.");
      }
      return AllowedDirectory.read(file)
          .orElseThrow(() -> KeyDocument.refused("credentials.file is not a key file."));
    } catch (IOException | InvalidPathException unreadable) {
      throw KeyDocument.refused("credentials.file cannot be read by the worker.");
    }
  }
}
