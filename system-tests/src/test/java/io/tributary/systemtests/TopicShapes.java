package io.tributary.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.systemtests.TopicRule.Misfit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The rule of shapes that lie on the Earth: well-known binary becomes well-known text. */
final class TopicShapes {
  private static final List<String> NAMES =
      List.of(
          "",
          "POINT",
          "LINESTRING",
          "POLYGON",
          "MULTIPOINT",
          "MULTILINESTRING",
          "MULTIPOLYGON",
          "GEOMETRYCOLLECTION");

  private TopicShapes() {}

  static String onEarth(JsonNode shape) {
    requireEarth(shape.path("srid").asInt(0));
    try {
      return Canonical.of("GEOGRAPHY", shape(ByteBuffer.wrap(shape.path("wkb").binaryValue())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireEarth(int srid) {
    if (srid != 0 && srid != 4326) {
      throw new Misfit("SRID " + srid);
    }
  }

  private static String shape(ByteBuffer wkb) {
    int type = head(wkb);
    return NAMES.get(type) + inside(type, wkb);
  }

  private static String inside(int type, ByteBuffer wkb) {
    return switch (type) {
      case 1 -> point(wkb);
      case 2 -> list(wkb, TopicShapes::coordinates);
      case 3 -> list(wkb, rings -> list(rings, TopicShapes::coordinates));
      case 7 -> list(wkb, TopicShapes::shape);
      default -> list(wkb, parts -> inside(head(parts), parts));
    };
  }

  private static int head(ByteBuffer wkb) {
    wkb.order(wkb.get() == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int type = wkb.getInt();
    if ((type & 0x2000_0000) != 0) {
      requireEarth(wkb.getInt());
    }
    int shape = type & ~0x2000_0000;
    if (shape < 1 || shape > 7) {
      throw new Misfit("a third coordinate, or no shape of BigQuery's");
    }
    return shape;
  }

  private static String list(ByteBuffer wkb, Function<ByteBuffer, String> item) {
    List<String> items = new ArrayList<>();
    for (int count = wkb.getInt(); count > 0; count--) {
      items.add(item.apply(wkb));
    }
    return items.isEmpty() ? " EMPTY" : "(" + String.join(",", items) + ")";
  }

  private static String point(ByteBuffer wkb) {
    wkb.mark();
    double x = wkb.getDouble();
    double y = wkb.getDouble();
    if (Double.isNaN(x) && Double.isNaN(y)) {
      return " EMPTY";
    }
    wkb.reset();
    return "(" + coordinates(wkb) + ")";
  }

  private static String coordinates(ByteBuffer wkb) {
    double x = wkb.getDouble();
    double y = wkb.getDouble();
    if (Math.abs(x) > 180 || Math.abs(y) > 90) {
      throw new Misfit("no longitude and latitude");
    }
    return x + " " + y;
  }
}
