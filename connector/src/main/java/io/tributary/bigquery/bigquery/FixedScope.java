package io.tributary.bigquery.bigquery;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.util.Collection;

/**
 * Credentials that keep their scope. Google's library asks for the scope of the whole platform for
 * an account that only is to act as another one.
 */
final class FixedScope extends GoogleCredentials {
  private static final long serialVersionUID = 1L;

  private final GoogleCredentials own;

  FixedScope(GoogleCredentials own) {
    super(GoogleCredentials.newBuilder());
    this.own = own;
  }

  GoogleCredentials own() {
    return own;
  }

  @Override
  public AccessToken refreshAccessToken() throws IOException {
    return own.refreshAccessToken();
  }

  @Override
  public GoogleCredentials createScoped(Collection<String> wider) {
    return this;
  }
}
