package io.tributary.bigquery.row;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.Sql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Reads the columns of an encoded key, and spells their values as GoogleSQL does. */
public final class KeyLiterals {
  private static final int NUMERIC_SCALE = 9;
  private static final int BIGNUMERIC_SCALE = 38;

  private KeyLiterals() {}

  /** The key's columns with their values, in the order of the layout. */
  public static Map<String, String> of(byte[] key, RowLayout layout) {
    CodedInputStream in = CodedInputStream.newInstance(key);
    Map<String, String> literals = new LinkedHashMap<>();
    try {
      while (!in.isAtEnd()) {
        int number = WireFormat.getTagFieldNumber(in.readTag());
        Column column =
            layout.columns().stream()
                .filter(one -> layout.fieldNumber(one.name()) == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No column has number " + number));
        literals.put(column.name(), literal(column, in));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return literals;
  }

  private static String literal(Column column, CodedInputStream in) throws IOException {
    return switch (column.type()) {
      case INT64 -> Long.toString(in.readInt64());
      case BOOL -> Boolean.toString(in.readBool());
      case STRING -> Sql.text(in.readString());
      case BYTES -> "FROM_HEX('" + HexFormat.of().formatHex(in.readByteArray()) + "')";
      case NUMERIC -> "NUMERIC '" + decimal(in.readByteArray(), NUMERIC_SCALE) + "'";
      case BIGNUMERIC -> "BIGNUMERIC '" + decimal(in.readByteArray(), BIGNUMERIC_SCALE) + "'";
      case DATE -> "DATE '" + LocalDate.ofEpochDay(in.readInt32()) + "'";
      case TIMESTAMP -> "TIMESTAMP_MICROS(" + in.readInt64() + ")";
      case DATETIME -> "DATETIME '" + datetime(in.readInt64()) + "'";
      default -> throw new IllegalArgumentException("No key has type " + column.type());
    };
  }

  private static String decimal(byte[] littleEndian, int scale) {
    byte[] bytes = new byte[littleEndian.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = littleEndian[bytes.length - 1 - i];
    }
    BigInteger unscaled = bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes);
    return new BigDecimal(unscaled, scale).stripTrailingZeros().toPlainString();
  }

  private static String datetime(long packed) {
    long micros = packed & 0xFFFFF;
    long civil = packed >> 20;
    return String.format(
        Locale.ROOT,
        "%04d-%02d-%02dT%02d:%02d:%02d.%06d",
        civil >> 26,
        (civil >> 22) & 0xF,
        (civil >> 17) & 0x1F,
        (civil >> 12) & 0x1F,
        (civil >> 6) & 0x3F,
        civil & 0x3F,
        micros);
  }
}
