package io.tributary.bigquery.row;

import io.tributary.bigquery.config.Encoding;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import java.util.Base64;
import java.util.HexFormat;
import org.apache.kafka.connect.data.Schema;

/** Bytes that the source sends as text. */
final class EncodedBytes {
  private EncodedBytes() {}

  /** The form of texts, or lists of them, that are bytes at the source; null for any other. */
  static Form form(Schema schema, SourceType source, Encoding encoding) {
    if (schema.name() != null) {
      return null;
    }
    if (schema.type() == Schema.Type.ARRAY) {
      Form item = form(schema.valueSchema(), source.item(), encoding);
      return item == null ? null : new ListForm(item);
    }
    return schema.type() == Schema.Type.STRING && source.isBytes() ? text(encoding) : null;
  }

  /** The same form for what the configuration calls encoded, if it arrives as text. */
  static Form declared(Form arrival, Encoding encoding) {
    Column column = arrival.column("");
    boolean text = column.type() == ColumnType.STRING && column.mode() != Column.Mode.REPEATED;
    return text && encoding != Encoding.BYTES ? text(encoding) : arrival;
  }

  private static ScalarForm text(Encoding encoding) {
    return new ScalarForm(
            ColumnType.BYTES,
            String::valueOf,
            Binary.into(value -> decoded((String) value, encoding)))
        .or(ColumnType.STRING, Text.into(String::valueOf));
  }

  private static byte[] decoded(String text, Encoding encoding) {
    try {
      return switch (encoding) {
        case BASE64 -> base64(text, Base64.getDecoder(), Base64.getEncoder());
        case BASE64_URL_SAFE -> base64(text, Base64.getUrlDecoder(), Base64.getUrlEncoder());
        case HEX -> HexFormat.of().parseHex(text);
        case BYTES -> throw new IllegalArgumentException("Bytes are not decoded.");
      };
    } catch (IllegalArgumentException e) {
      throw Unfit.value("the text is not what its encoding would be");
    }
  }

  /** Java reads text with bits left over, which nobody has written. */
  private static byte[] base64(String text, Base64.Decoder decoder, Base64.Encoder encoder) {
    byte[] bytes = decoder.decode(text);
    boolean exact =
        encoder.encodeToString(bytes).equals(text)
            || encoder.withoutPadding().encodeToString(bytes).equals(text);
    if (!exact) {
      throw new IllegalArgumentException("Another text encodes these bytes.");
    }
    return bytes;
  }
}
