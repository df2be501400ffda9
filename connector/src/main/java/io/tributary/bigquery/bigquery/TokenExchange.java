package io.tributary.bigquery.bigquery;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.util.Collection;

/**
 * Credentials whose tokens are exchanged, and whose failures are those of a call. Google's library
 * stumbles over an answer that is not of OAuth's form, such as an empty one, and tells no status:
 * what such an answer refuses is asked for again until the deadline.
 */
final class TokenExchange extends GoogleCredentials {
  private static final long serialVersionUID = 1L;

  private final GoogleCredentials own;

  TokenExchange(GoogleCredentials own) {
    super(GoogleCredentials.newBuilder().setQuotaProjectId(own.getQuotaProjectId()));
    this.own = own;
  }

  GoogleCredentials own() {
    return own;
  }

  @Override
  public AccessToken refreshAccessToken() throws IOException {
    try {
      return own.refreshAccessToken();
    } catch (RuntimeException unreadable) {
      throw new IOException("The answer to an exchange of tokens cannot be read.", unreadable);
    }
  }

  @Override
  public GoogleCredentials createScoped(Collection<String> wider) {
    return this;
  }

  @Override
  public GoogleCredentials createWithQuotaProject(String project) {
    return new TokenExchange(own.createWithQuotaProject(project));
  }
}
