package io.tributary.bigquery.bigquery;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ImpersonatedCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import io.tributary.bigquery.config.CredentialSettings;
import io.tributary.bigquery.config.CredentialSettings.Source;
import io.tributary.bigquery.config.Secret;
import io.tributary.bigquery.config.ServiceSettings;
import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
  private static final int MAX_KEY_BYTES = 65_536;
  private static final int TOKEN_LIFE_SECONDS = 3600;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

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
    String scope = wanted.impersonate().isPresent() ? IMPERSONATION_SCOPE : SCOPE;
    GoogleCredentials credentials = source(wanted.source(), scope);
    if (wanted.impersonate().isPresent()) {
      credentials =
          ImpersonatedCredentials.create(
              credentials,
              wanted.impersonate().get(),
              List.of(),
              List.of(SCOPE),
              TOKEN_LIFE_SECONDS);
    }
    if (settings.quotaProject().isPresent()) {
      credentials = credentials.createWithQuotaProject(settings.quotaProject().get());
    }
    return Optional.of(credentials);
  }

  private static GoogleCredentials source(Source source, String scope) {
    if (source instanceof Source.KeyFile file) {
      return serviceAccount("credentials.file", read(file.path()), scope);
    }
    if (source instanceof Source.KeyJson inline) {
      return serviceAccount("credentials.json", inline.json(), scope);
    }
    try {
      return GoogleCredentials.getApplicationDefault().createScoped(List.of(scope));
    } catch (IOException absent) {
      throw refused("The worker has no readable application default credentials.");
    }
  }

  private static GoogleCredentials serviceAccount(String key, Secret json, String scope) {
    JsonNode node = parse(key, json);
    if (!"service_account".equals(field(node, "type"))) {
      throw refused(key + " is not a service-account key: its \"type\" is another.");
    }
    String endpoint = field(node, "token_uri");
    if (node.has("token_uri") && !TOKEN_ENDPOINT.equals(endpoint)) {
      throw refused(key + " names a token endpoint (\"token_uri\") that is not Google's.");
    }
    if (node.has("universe_domain") && !UNIVERSE.equals(field(node, "universe_domain"))) {
      throw refused(key + " belongs to another universe (\"universe_domain\").");
    }
    String email = field(node, "client_email");
    String privateKey = field(node, "private_key");
    if (email == null || privateKey == null) {
      throw refused(key + " lacks \"client_email\" or \"private_key\".");
    }
    try {
      // The library's own default for the token endpoint applies: nothing of it is taken from here.
      return ServiceAccountCredentials.fromPkcs8(
          field(node, "client_id"),
          email,
          privateKey,
          field(node, "private_key_id"),
          List.of(scope));
    } catch (IOException | RuntimeException unusable) {
      throw refused(key + " holds a \"private_key\" that cannot be read.");
    }
  }

  private static JsonNode parse(String key, Secret json) {
    try {
      JsonNode node = JSON.readTree(json.reveal());
      if (node == null || !node.isObject()) {
        throw refused(key + " is not a JSON object.");
      }
      return node;
    } catch (JsonProcessingException unreadable) {
      throw refused(key + " is not readable as JSON.");
    }
  }

  private static String field(JsonNode node, String name) {
    JsonNode value = node.get(name);
    return value != null && value.isTextual() ? value.textValue() : null;
  }

  private static Secret read(String text) {
    try {
      Path file = Path.of(text).toRealPath();
      String allowed = System.getProperty(DIRECTORY_PROPERTY, "");
      if (!allowed.isEmpty() && !file.startsWith(Path.of(allowed).toRealPath())) {
        throw refused("credentials.file lies outside of the directory that the worker allows.");
      }
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_KEY_BYTES) {
        throw refused("credentials.file is not a key file.");
      }
      return new Secret(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (IOException | InvalidPathException unreadable) {
      throw refused("credentials.file cannot be read by the worker.");
    }
  }

  private static SinkException refused(String detail) {
    return new SinkException(ErrorCode.CREDENTIALS_REFUSED, detail);
  }
}
