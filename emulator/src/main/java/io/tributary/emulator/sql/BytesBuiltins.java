package io.tributary.emulator.sql;

import static io.tributary.emulator.sql.Builtins.Kind.TEXT;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import io.tributary.emulator.catalog.BigQueryError;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Functions of BYTES, which travel as hexadecimal text or with one character for each byte. */
final class BytesBuiltins {
  private BytesBuiltins() {}

  static void register(Connection c) throws SQLException {
    Builtins.function(
        c,
        "by_chars",
        TEXT,
        List.of(TEXT),
        a -> new String(bytes(a[0]), StandardCharsets.ISO_8859_1));
    Builtins.function(
        c,
        "by_of_chars",
        TEXT,
        List.of(TEXT),
        a -> hex(((String) a[0]).getBytes(StandardCharsets.ISO_8859_1)));
    Builtins.function(
        c, "by_upper", TEXT, List.of(TEXT), a -> ascii((String) a[0], 'a', 'z', 'A' - 'a'));
    Builtins.function(
        c, "by_lower", TEXT, List.of(TEXT), a -> ascii((String) a[0], 'A', 'Z', 'a' - 'A'));
    Builtins.function(c, "by_escaped", TEXT, List.of(TEXT), a -> escaped(bytes(a[0])));
    Builtins.function(
        c,
        "by_sha512",
        TEXT,
        List.of(TEXT),
        a -> Hashing.sha512().hashBytes(bytes(a[0])).toString());
    Builtins.function(
        c,
        "by_fingerprint",
        Builtins.Kind.LONG,
        List.of(TEXT),
        a -> Hashing.farmHashFingerprint64().hashBytes(bytes(a[0])).asLong());
    Builtins.function(
        c,
        "by_encode",
        TEXT,
        List.of(TEXT, TEXT),
        a -> encoding((String) a[1]).encode(bytes(a[0])));
    Builtins.function(
        c, "by_decode", TEXT, List.of(TEXT, TEXT), a -> decode((String) a[0], (String) a[1]));
  }

  private static byte[] bytes(Object hex) {
    return HexFormat.of().parseHex((String) hex);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String escaped(byte[] bytes) {
    StringBuilder out = new StringBuilder();
    for (byte b : bytes) {
      boolean plain = b >= ' ' && b < 0x7f && b != '\\';
      out.append(plain ? Character.toString(b) : String.format("\\x%02x", b & 0xff));
    }
    return out.toString();
  }

  private static String ascii(String text, char first, char last, int shift) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(c >= first && c <= last ? (char) (c + shift) : c);
    }
    return out.toString();
  }

  private static BaseEncoding encoding(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "BASE32" -> BaseEncoding.base32();
      case "BASE64" -> BaseEncoding.base64();
      case "HEX", "BASE16" -> BaseEncoding.base16().lowerCase();
      default -> throw BigQueryError.notImplemented("FORMAT '" + name + "' is not supported");
    };
  }

  private static String decode(String text, String name) {
    try {
      String even = name.equalsIgnoreCase("HEX") && text.length() % 2 == 1 ? "0" + text : text;
      boolean folds = encoding(name).equals(BaseEncoding.base16().lowerCase());
      return hex(encoding(name).decode(folds ? even.toLowerCase(Locale.ROOT) : even));
    } catch (IllegalArgumentException e) {
      throw BigQueryError.invalidQuery("Failed to decode invalid " + name + " string");
    }
  }
}
