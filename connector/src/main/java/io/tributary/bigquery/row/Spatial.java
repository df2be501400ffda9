package io.tributary.bigquery.row;

import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import io.tributary.bigquery.table.Details;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * The form of shapes: points on the Earth for GEOGRAPHY, or else what they arrive as. A column of
 * planar shapes stays a STRUCT unless the configuration says otherwise.
 */
final class Spatial implements Form {
  /** The only coordinates that BigQuery knows: longitude and latitude of WGS 84. */
  private static final int WGS_84 = 4326;

  /** PostgreSQL's own shapes, which lie in a plane; MySQL has a POLYGON, too. */
  private static final Set<String> PLANAR = Set.of("BOX", "LSEG", "PATH", "POLYGON");

  private final StructForm parts;
  private final boolean planar;

  private Spatial(Schema schema, boolean planar) {
    parts = new StructForm(schema);
    this.planar = planar;
  }

  /** Shapes that may lie on the Earth, each with a reference system of its own. */
  static Form geometry(Schema schema, SourceType source) {
    return new Spatial(schema, PLANAR.contains(source.name()));
  }

  static Form geography(Schema schema, SourceType source) {
    return new Spatial(schema, false);
  }

  /** Points, of which no schema tells where they lie. */
  static Form point(Schema schema, SourceType source) {
    return new Spatial(schema, true);
  }

  @Override
  public Column column(String name) {
    Column struct = parts.column(name);
    return planar
        ? struct.withDetails(struct.details().withAlternatives(Set.of(ColumnType.GEOGRAPHY)))
        : Column.nullable(name, ColumnType.GEOGRAPHY)
            .withDetails(Details.NONE.withAlternatives(Set.of(ColumnType.STRING)));
  }

  @Override
  public ValueWriter into(Target target) {
    Column column = target.column();
    if (column.mode() == Column.Mode.REPEATED) {
      return null;
    }
    return switch (column.type()) {
      case GEOGRAPHY -> (out, number, value) -> out.string(number, onEarth((Struct) value));
      case STRING -> Text.into(this::text).writer(target);
      default -> parts.into(target);
    };
  }

  @Override
  public String text(Object value) {
    return parts.text(value);
  }

  private String onEarth(Struct shape) {
    Object srid = member(shape, "srid");
    if (srid != null) {
      requireEarth(((Number) srid).intValue());
    }
    if (!planar
        && member(shape, "extensions") instanceof Map<?, ?> map
        && map.containsKey("type")) {
      throw Unfit.value("it is a shape of a plane and not of the Earth");
    }
    Object wkb = member(shape, "wkb");
    if (wkb != null) {
      return Wkb.text(Binary.array(wkb));
    }
    Object x = member(shape, "x");
    Object y = member(shape, "y");
    if (x == null || y == null) {
      throw Unfit.value("it has no coordinates");
    }
    return Wkb.point((Double) x, (Double) y);
  }

  /** Shapes without a reference system are taken for longitude and latitude. */
  static void requireEarth(int srid) {
    if (srid != 0 && srid != WGS_84) {
      throw Unfit.value("its coordinates are not longitude and latitude (SRID 4326)");
    }
  }

  private static Object member(Struct struct, String name) {
    Field field = struct.schema().field(name);
    return field == null ? null : struct.getWithoutDefault(name);
  }
}
