package io.tributary.emulator.sql;

import com.google.zetasql.Type;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.sql.Functions.Form;
import java.util.Locale;
import java.util.Map;

/** Hashes and encodings. */
final class BytesFunctions {
  private BytesFunctions() {}

  static void addTo(Map<String, Form> forms) {
    forms.put("to_hex", Functions.template("lower(hex($1))"));
    forms.put("from_hex", Functions.template("unhex(by_decode($1, 'HEX'))"));
    forms.put("to_base64", Functions.template("to_base64($1)"));
    forms.put("from_base64", Functions.template("unhex(by_decode($1, 'BASE64'))"));
    forms.put("to_base32", Functions.template("by_encode(hex($1), 'BASE32')"));
    forms.put("from_base32", Functions.template("unhex(by_decode($1, 'BASE32'))"));
    forms.put("md5", Functions.template("unhex(md5($1))"));
    forms.put("sha1", Functions.template("unhex(sha1($1))"));
    forms.put("sha256", Functions.template("unhex(sha256($1))"));
    forms.put("sha512", Functions.template("unhex(by_sha512(hex($1)))"));
    forms.put("farm_fingerprint", Functions.template("by_fingerprint(hex($1))"));
    forms.put("safe_convert_bytes_to_string", Functions.template("bytes_safe_text(hex($1))"));
  }

  /** CAST between STRING and BYTES with a FORMAT. */
  static String cast(String text, Type to, String format) {
    String name = format.toUpperCase(Locale.ROOT);
    return switch (name) {
      case "UTF8", "UTF-8" ->
          to.isBytes() ? "encode(" + text + ")" : "bytes_text(hex(" + text + "))";
      case "HEX", "BASE16", "BASE32", "BASE64" ->
          to.isBytes()
              ? "unhex(by_decode(" + text + ", '" + name + "'))"
              : "by_encode(hex(" + text + "), '" + name + "')";
      default -> throw BigQueryError.notImplemented("FORMAT '" + format + "' is not supported");
    };
  }
}
