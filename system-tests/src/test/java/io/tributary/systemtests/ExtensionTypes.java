package io.tributary.systemtests;

import static io.tributary.systemtests.SourceType.type;

import java.util.List;

/** The types of PostGIS and pgvector. */
final class ExtensionTypes {
  private static final String SPARSE =
      "'[dimensions=' || split_part(%1$s::text, '/', 2) || ', vector=[' || regexp_replace("
          + "replace(btrim(split_part(%1$s::text, '/', 1), '{}'), ',', ', '),"
          + " '(\\d+):([^, ]+)', '[index=\\1, value=\\2]', 'g') || ']]'";

  private ExtensionTypes() {}

  static List<SourceType> all() {
    return List.of(
        shape("geometry", "geometry")
            .typical("POINT(13.4 52.5)", "SRID=4326;POINT(-1.5 2)", "LINESTRING(0 0,1 1.5,2 0)")
            .typical("POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,1 2,2 2,2 1,1 1))")
            .typical("MULTIPOINT((1 2),(3 4))", "MULTILINESTRING((0 0,1 1),(2 2,3 3))")
            .typical("MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5)))")
            .typical("SRID=4326;GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 1))")
            .least("POINT(-180 -90)")
            .most("POINT(180 90)")
            .zero("POINT(0 0)")
            .empty("POINT EMPTY", "LINESTRING EMPTY", "GEOMETRYCOLLECTION EMPTY")
            .special("SRID=3857;POINT(1 2)", "SRID=4258;POINT(1 2)", "POINT(181 0)", "POINT(0 91)")
            .special("POINT Z(1 2 3)", "POINT M(1 2 3)", "POINT ZM(1 2 3 4)")
            .special("CIRCULARSTRING(0 0,1 1,2 0)", "TRIANGLE((0 0,1 0,1 1,0 0))")
            .special("MULTIPOINT(EMPTY,(1 2))", "SRID=3857;GEOMETRYCOLLECTION(POINT(1 2))"),
        shape("geometry", "geometry(Point,4326)").typical("SRID=4326;POINT(0.1 -0.2)"),
        shape("geometry", "geometry(Polygon,4326)").typical("SRID=4326;POLYGON((0 0,4 0,4 4,0 0))"),
        shape("geometry", "geometry(Point,3857)")
            .special("SRID=3857;POINT(1491636.5 6894616.25)", "SRID=3857;POINT(1 2)")
            .withoutArrays(),
        shape("geography", "geography")
            .typical("POINT(13.4 52.5)", "LINESTRING(0 0,1 1)", "POLYGON((0 0,4 0,4 4,0 0))")
            .zero("POINT(0 0)")
            .empty("POINT EMPTY")
            .special("POINT Z(1 2 3)"),
        shape("geography", "geography(Point,4326)").typical("POINT(13.4 52.5)"),
        shape("geography", "geography(Point,4267)").special("SRID=4267;POINT(1 2)").withoutArrays(),
        type("vector").typical("[1.1,-2.5,3]", "[1]").least("[-3.4028235e38]").zero("[0,0]"),
        type("vector", "vector(3)").typical("[1,2,3]").most("[3.4028235e38,1e-45,0.1]"),
        type("halfvec", "halfvec(3)")
            .typical("[1.1,-2.5,3]")
            .least("[-65504,0,0]")
            .most("[65504,6e-08,0.1]")
            .zero("[0,0,0]")
            .written("to_json(%s::real[]::float8[])::text"),
        type("halfvec").typical("[0.5]").written("to_json(%s::real[]::float8[])::text"),
        type("sparsevec", "sparsevec(5)")
            .typical("{1:1.5,3:-2.5}/5", "{5:0.25}/5")
            .zero("{}/5")
            .written(SPARSE),
        type("sparsevec")
            .typical("{1:1.5}/100")
            .most("{32767:1.5}/32767")
            .special("{40000:1.5}/40000", "{1:1.5}/1000000000")
            .written(SPARSE));
  }

  /** Arrays of vectors are JSON, of which the topic alone can say what is in them. */
  static List<SourceType> inArrays() {
    return all().stream()
        .map(type -> type.listed().contains("vec") ? type.losing(Loss.ALWAYS) : type)
        .toList();
  }

  private static SourceType shape(String listed, String sql) {
    return type(listed, sql).written("ST_AsText(%s)");
  }
}
