package io.tributary.emulator.rest;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.tributary.emulator.catalog.BigQueryError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page for people: one file, which asks the same calls as any client. */
final class Console {
  private static final Pattern SCRIPT = Pattern.compile("(?s)<script>(.*?)</script>");

  private final byte[] page;
  private final String policy;

  Console() {
    try (InputStream in = Console.class.getResourceAsStream("console.html")) {
      page = Objects.requireNonNull(in, "console.html").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    policy =
        "default-src 'none'; connect-src 'self'; img-src data:; style-src 'unsafe-inline';"
            + " script-src 'sha256-"
            + hash(script(new String(page, StandardCharsets.UTF_8)))
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }

  /** Sends the page if it is asked for. */
  boolean answers(HttpExchange exchange) throws IOException {
    boolean asked =
        exchange.getRequestURI().getPath().equals("/") && exchange.getRequestMethod().equals("GET");
    if (asked) {
      Headers headers = exchange.getResponseHeaders();
      headers.set("Content-Type", "text/html; charset=UTF-8");
      headers.set("Content-Security-Policy", policy);
      headers.set("X-Content-Type-Options", "nosniff");
      headers.set("Cache-Control", "no-cache");
      exchange.sendResponseHeaders(200, page.length);
      exchange.getResponseBody().write(page);
    }
    return asked;
  }

  private static String script(String html) {
    Matcher script = SCRIPT.matcher(html);
    if (!script.find()) {
      throw new IllegalStateException("console.html has no script");
    }
    return script.group(1);
  }

  private static String hash(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw BigQueryError.internal("This JVM has no SHA-256", e);
    }
  }
}
