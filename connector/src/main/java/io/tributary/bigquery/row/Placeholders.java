package io.tributary.bigquery.row;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Recognises what Debezium sends in the place of a value that it does not know, in each of the
 * forms that it takes by the type of the column.
 */
final class Placeholders {
  private static final String HEX = "hex:";

  private record Placeholder(byte[] bytes, String text, String base64, String uuid, String hstore) {
    static Placeholder of(String setting) {
      byte[] bytes =
          setting.startsWith(HEX)
              ? HexFormat.of().parseHex(setting.substring(HEX.length()))
              : setting.getBytes(StandardCharsets.UTF_8);
      String text = new String(bytes, StandardCharsets.UTF_8);
      return new Placeholder(
          bytes,
          text,
          Base64.getEncoder().encodeToString(bytes),
          UUID.nameUUIDFromBytes(bytes).toString(),
          "{\"" + text + "\":\"" + text + "\"}");
    }
  }

  private final List<Placeholder> placeholders;

  Placeholders(List<String> settings) {
    placeholders = settings.stream().map(Placeholder::of).toList();
  }

  /** Whether a value with a schema is a placeholder. */
  boolean matches(Object value) {
    for (Placeholder placeholder : placeholders) {
      if (matches(placeholder, value)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a value without a schema is a placeholder; bytes arrive in base64 there. */
  boolean matchesLoose(Object value) {
    for (Placeholder placeholder : placeholders) {
      if (matches(placeholder, value) || placeholder.base64().equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(Placeholder placeholder, Object value) {
    if (value instanceof String text) {
      return placeholder.text().equals(text) || placeholder.hstore().equals(text);
    }
    if (value instanceof byte[] bytes) {
      return Arrays.equals(placeholder.bytes(), bytes);
    }
    if (value instanceof ByteBuffer buffer) {
      return ByteBuffer.wrap(placeholder.bytes()).equals(buffer);
    }
    if (value instanceof List<?> list) {
      return matchesList(placeholder, list);
    }
    return value instanceof Map<?, ?> map
        && map.size() == 1
        && placeholder.text().equals(map.get(placeholder.text()));
  }

  private static boolean matchesList(Placeholder placeholder, List<?> list) {
    if (list.size() == 1) {
      Object only = list.get(0);
      return placeholder.uuid().equals(only)
          || (!(only instanceof List) && matches(placeholder, only));
    }
    byte[] bytes = placeholder.bytes();
    if (list.size() != bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      boolean equal =
          list.get(i) instanceof Number number
              && !(number instanceof Double || number instanceof Float)
              && number.longValue() == bytes[i];
      if (!equal) {
        return false;
      }
    }
    return true;
  }
}
