package io.tributary.emulator.rest;

import com.sun.net.httpserver.Headers;
import io.tributary.emulator.catalog.BigQueryError;
import java.util.regex.Pattern;

/**
 * Refuses what a web page of another host makes a browser on this machine send: neither its own
 * origin, nor a name of its own that it lets point at 127.0.0.1, may reach the emulator.
 */
final class LocalCallers {
  private static final String NAMES =
      "(?:(?:[a-z0-9-]+\\.)*localhost|127(?:\\.\\d{1,3}){3}|\\[::1])(?::\\d+)?";
  private static final Pattern HOST = Pattern.compile(NAMES, Pattern.CASE_INSENSITIVE);
  private static final Pattern ORIGIN =
      Pattern.compile("https?://" + NAMES, Pattern.CASE_INSENSITIVE);

  private LocalCallers() {}

  /** Throws unless the request names this machine, and comes from a page of it if of a page. */
  static void check(Headers headers) {
    check("Host", headers.getFirst("Host"), HOST);
    check("Origin", headers.getFirst("Origin"), ORIGIN);
  }

  private static void check(String header, String value, Pattern local) {
    if (value != null && !local.matcher(value).matches()) {
      throw BigQueryError.accessDenied(
          "Access Denied: this BigQuery is for callers on its own machine, by the name localhost or"
              + " 127.0.0.1; the request's "
              + header
              + " is "
              + value);
    }
  }
}
