package io.tributary.bigquery.row;

import java.math.BigDecimal;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads shapes in the well-known binary form and writes them in the well-known text form. */
final class Wkb {
  private static final int SRID_FLAG = 0x2000_0000;
  private static final int DEEPEST = 32;
  private static final String[] NAMES = {
    "POINT",
    "LINESTRING",
    "POLYGON",
    "MULTIPOINT",
    "MULTILINESTRING",
    "MULTIPOLYGON",
    "GEOMETRYCOLLECTION"
  };

  private final ByteBuffer in;
  private final StringBuilder out = new StringBuilder();

  private Wkb(byte[] bytes) {
    in = ByteBuffer.wrap(bytes);
  }

  /** The shape's text, with longitude and latitude as they came. */
  static String text(byte[] bytes) {
    Wkb wkb = new Wkb(bytes);
    try {
      wkb.shape(0);
    } catch (BufferUnderflowException e) {
      throw malformed();
    }
    if (wkb.in.hasRemaining()) {
      throw malformed();
    }
    return wkb.out.toString();
  }

  /** The text of a point. */
  static String point(double longitude, double latitude) {
    Wkb wkb = new Wkb(new byte[0]);
    wkb.out.append("POINT(");
    wkb.coordinates(longitude, latitude);
    return wkb.out.append(')').toString();
  }

  private void shape(int depth) {
    int type = header();
    out.append(NAMES[type - 1]);
    body(type, depth);
  }

  /** The next shape's type, 1 to 7; leaves the buffer in the shape's byte order. */
  private int header() {
    byte order = in.get();
    if (order != 0 && order != 1) {
      throw malformed();
    }
    in.order(order == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int type = in.getInt();
    if ((type & SRID_FLAG) != 0) {
      type &= ~SRID_FLAG;
      Spatial.requireEarth(in.getInt());
    }
    if (type < 1 || type > NAMES.length) {
      throw Unfit.value("its shape is none of BigQuery's: it has a third coordinate or is curved");
    }
    return type;
  }

  private void body(int type, int depth) {
    if (depth > DEEPEST) {
      throw Unfit.value("its shapes are nested too deeply");
    }
    switch (type) {
      case 1 -> point();
      case 2 -> points();
      case 3 -> rings();
      case 7 -> list(0, depth);
      default -> list(type - 3, depth);
    }
  }

  private void point() {
    double x = in.getDouble();
    double y = in.getDouble();
    if (Double.isNaN(x) && Double.isNaN(y)) {
      out.append(" EMPTY");
      return;
    }
    out.append('(');
    coordinates(x, y);
    out.append(')');
  }

  private void points() {
    int count = count();
    for (int i = 0; i < count; i++) {
      out.append(i == 0 ? "(" : ", ");
      coordinates(in.getDouble(), in.getDouble());
    }
    out.append(count == 0 ? " EMPTY" : ")");
  }

  private void rings() {
    int count = count();
    for (int i = 0; i < count; i++) {
      out.append(i == 0 ? "(" : ", ");
      points();
    }
    out.append(count == 0 ? " EMPTY" : ")");
  }

  /** Shapes of one type, which then go without its name, or of any (0). */
  private void list(int type, int depth) {
    int count = count();
    for (int i = 0; i < count; i++) {
      out.append(i == 0 ? "(" : ", ");
      if (type == 0) {
        shape(depth + 1);
      } else if (header() == type) {
        body(type, depth + 1);
      } else {
        throw malformed();
      }
    }
    out.append(count == 0 ? " EMPTY" : ")");
  }

  /** Every counted thing takes four bytes at least. */
  private int count() {
    int count = in.getInt();
    if (count < 0 || count > in.remaining() / 4) {
      throw malformed();
    }
    return count;
  }

  private void coordinates(double longitude, double latitude) {
    boolean onEarth = Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;
    if (!onEarth) {
      throw Unfit.value("its coordinates are no longitude and latitude");
    }
    out.append(plain(longitude)).append(' ').append(plain(latitude));
  }

  private static String plain(double number) {
    return number == Math.rint(number)
        ? Long.toString((long) number)
        : new BigDecimal(Double.toString(number)).toPlainString();
  }

  private static Unfit malformed() {
    return Unfit.value("its bytes are no well-known binary of a shape");
  }
}
