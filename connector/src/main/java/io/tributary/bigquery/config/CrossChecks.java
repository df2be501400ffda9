package io.tributary.bigquery.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Checks that need more than one key. */
final class CrossChecks {
  private static final String GOOGLE = "googleapis.com";

  private final Values values;
  private final List<Problem> problems = new ArrayList<>();

  private CrossChecks(Values values) {
    this.values = values;
  }

  static List<Problem> of(Values values, List<Wish> wishes) {
    CrossChecks checks = new CrossChecks(values);
    checks.credentials();
    checks.plaintext();
    checks.rest();
    checks.grpc();
    checks.regional();
    checks.sizes();
    checks.salt(wishes);
    checks.order();
    checks.problems.addAll(CdcChecks.of(values, wishes));
    return List.copyOf(checks.problems);
  }

  private void credentials() {
    String mode = values.text(Keys.CREDENTIALS_MODE);
    boolean file = !values.text(Keys.CREDENTIALS_FILE).isEmpty();
    boolean json = !values.secret(Keys.CREDENTIALS_JSON).isEmpty();
    if (mode.equals(Keys.MODE_FILE) && !file) {
      add(Keys.CREDENTIALS_FILE, "is empty.", "Name the key file that credentials.mode asks for.");
    }
    if (!mode.equals(Keys.MODE_FILE) && file) {
      add(
          Keys.CREDENTIALS_FILE,
          "is set, but credentials.mode does not read it.",
          "Set credentials.mode=service-account-file, or remove the key.");
    }
    if (mode.equals(Keys.MODE_JSON) && !json) {
      add(Keys.CREDENTIALS_JSON, "is empty.", "Give the key that credentials.mode asks for.");
    }
    if (!mode.equals(Keys.MODE_JSON) && json) {
      add(
          Keys.CREDENTIALS_JSON,
          "is set, but credentials.mode does not read it.",
          "Set credentials.mode=service-account-json, or remove the key.");
    }
    if (mode.equals(Keys.MODE_NONE) && !values.text(Keys.CREDENTIALS_IMPERSONATE).isEmpty()) {
      add(
          Keys.CREDENTIALS_IMPERSONATE,
          "needs credentials to start from, and credentials.mode is none.",
          "Choose another credentials.mode, or remove the key.");
    }
  }

  private void plaintext() {
    boolean none = values.text(Keys.CREDENTIALS_MODE).equals(Keys.MODE_NONE);
    boolean plaintext = values.flag(Keys.ENDPOINT_PLAINTEXT);
    if (plaintext && !none) {
      add(
          Keys.ENDPOINT_PLAINTEXT,
          "would send credentials without TLS.",
          "Set credentials.mode=none, or endpoint.plaintext=false.");
    }
    if (none && !plaintext) {
      add(
          Keys.CREDENTIALS_MODE,
          "none is for an emulator, which is spoken to in plaintext.",
          "Set endpoint.plaintext=true with both endpoints, or choose another mode.");
    }
    if (plaintext) {
      for (String key : List.of(Keys.ENDPOINT_REST, Keys.ENDPOINT_GRPC)) {
        if (values.text(key).isEmpty()) {
          add(key, "is empty, and endpoint.plaintext is true.", "Name the emulator's address.");
        }
      }
    }
  }

  private void rest() {
    String rest = values.text(Keys.ENDPOINT_REST);
    if (rest.isEmpty()) {
      return;
    }
    String scheme = values.flag(Keys.ENDPOINT_PLAINTEXT) ? "http" : "https";
    URI uri = uri(rest);
    if (uri == null
        || uri.getHost() == null
        || !scheme.equals(uri.getScheme())
        || uri.getUserInfo() != null
        || uri.getQuery() != null
        || uri.getFragment() != null
        || !(uri.getPath().isEmpty() || uri.getPath().equals("/"))) {
      add(
          Keys.ENDPOINT_REST,
          "is not " + scheme + "://host or " + scheme + "://host:port.",
          "Correct it; http goes with endpoint.plaintext=true, https without.");
    } else {
      trusted(Keys.ENDPOINT_REST, uri.getHost());
    }
  }

  private void grpc() {
    String grpc = values.text(Keys.ENDPOINT_GRPC);
    if (grpc.isEmpty()) {
      return;
    }
    URI uri = uri("grpc://" + grpc);
    if (uri == null
        || uri.getHost() == null
        || uri.getPort() < 1
        || uri.getPort() > 65_535
        || uri.getUserInfo() != null
        || !uri.getPath().isEmpty()) {
      add(Keys.ENDPOINT_GRPC, "is not host:port.", "Write it without a scheme, with a port.");
    } else {
      trusted(Keys.ENDPOINT_GRPC, uri.getHost());
    }
  }

  /** A token sent to a stranger is a token given away. */
  private void trusted(String key, String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (!values.flag(Keys.ENDPOINT_PLAINTEXT)
        && !name.equals(GOOGLE)
        && !name.endsWith("." + GOOGLE)) {
      add(
          key,
          "would receive credentials, and its host is not under googleapis.com.",
          "Use a host under googleapis.com, or endpoint.plaintext=true with credentials.mode=none"
              + " for an emulator.");
    }
  }

  private void regional() {
    if (!values.flag(Keys.ENDPOINT_REGIONAL)) {
      return;
    }
    if (values.text(Keys.LOCATION).isEmpty()) {
      add(Keys.LOCATION, "is empty, and endpoint.regional is true.", "Name the location.");
    }
    if (!values.text(Keys.ENDPOINT_REST).isEmpty() || !values.text(Keys.ENDPOINT_GRPC).isEmpty()) {
      add(
          Keys.ENDPOINT_REGIONAL,
          "derives the endpoints, and they are given as well.",
          "Remove endpoint.rest and endpoint.grpc, or set endpoint.regional=false.");
    }
  }

  private void sizes() {
    if (values.number(Keys.APPEND_BYTES) > values.number(Keys.BUFFER_BYTES)) {
      add(Keys.APPEND_BYTES, "is larger than buffer.bytes.", "Lower it, or raise buffer.bytes.");
    }
    if (values.number(Keys.FLUSH_BYTES) > values.number(Keys.BUFFER_BYTES)) {
      add(
          Keys.FLUSH_BYTES,
          "is larger than buffer.bytes, so it would never be reached.",
          "Lower it, or raise buffer.bytes.");
    }
  }

  private void salt(List<Wish> wishes) {
    boolean hashed =
        wishes.stream()
            .anyMatch(
                wish ->
                    wish instanceof Wish.OfColumn column
                        && column.option() == ColumnOption.HASH
                        && OptionValues.flag(column.value()));
    if (hashed && values.secret(Keys.HASH_SALT).isBlank()) {
      add(
          Keys.HASH_SALT,
          "is empty, and there are columns to be hashed.",
          "Give a secret text of your own, by a config provider.");
    }
  }

  private void order() {
    boolean field = values.text(Keys.ORDER_BY).equals("field");
    boolean named = !values.text(Keys.ORDER_FIELD).isEmpty();
    if (field && !named) {
      add(Keys.ORDER_FIELD, "is empty, and order.by is field.", "Name the field.");
    }
    if (!field && named) {
      add(
          Keys.ORDER_FIELD,
          "is set, but order.by is not field.",
          "Set order.by=field, or remove the key.");
    }
  }

  private void add(String key, String reason, String remedy) {
    problems.add(new Problem(key, reason, remedy));
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException unreadable) {
      return null;
    }
  }
}
