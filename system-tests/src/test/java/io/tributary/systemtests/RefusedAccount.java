package io.tributary.systemtests;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A service account that nobody knows, with the token endpoint that says so; all on loopback. */
final class RefusedAccount implements AutoCloseable {
  private static final byte[] REFUSAL =
      "{\"error\": \"invalid_grant\", \"error_description\": \"Invalid grant: account not found\"}"
          .getBytes(StandardCharsets.UTF_8);

  private final HttpServer tokens;
  private final AtomicInteger asked = new AtomicInteger();

  private RefusedAccount(HttpServer tokens) {
    this.tokens = tokens;
  }

  static RefusedAccount start() throws IOException {
    RefusedAccount account =
        new RefusedAccount(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    account.tokens.createContext(
        "/token",
        call -> {
          account.asked.incrementAndGet();
          call.getResponseHeaders().add("Content-Type", "application/json");
          call.sendResponseHeaders(400, REFUSAL.length);
          call.getResponseBody().write(REFUSAL);
          call.close();
        });
    account.tokens.start();
    return account;
  }

  /** Writes the account's key file as Google would hand it out. */
  Path writeKey(Path file) throws IOException, NoSuchAlgorithmException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    String key =
        Base64.getMimeEncoder()
            .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
    Map<String, String> content =
        Map.of(
            "type", "service_account",
            "project_id", "my-project",
            "private_key_id", "1",
            "private_key", "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n",
            "client_email", "nobody@my-project.iam.gserviceaccount.com",
            "client_id", "1",
            "token_uri", "http://127.0.0.1:" + tokens.getAddress().getPort() + "/token");
    return Files.write(file, new ObjectMapper().writeValueAsBytes(content));
  }

  /** How often a token was asked for. */
  int asked() {
    return asked.get();
  }

  @Override
  public void close() {
    tokens.stop(0);
  }
}
