package io.tributary.systemtests;

import static io.tributary.systemtests.Loss.ALWAYS;
import static io.tributary.systemtests.Loss.DECIMALS;
import static io.tributary.systemtests.SourceType.type;

import java.util.List;
import java.util.stream.Stream;

/**
 * Every type of PostgreSQL that Debezium sends, but for those of PostGIS and pgvector, which are
 * {@link ExtensionTypes}.
 */
final class PostgresTypes {
  /** Types that the other ones need; run once. */
  static final String PREPARATION =
      """
      CREATE EXTENSION IF NOT EXISTS hstore;
      CREATE EXTENSION IF NOT EXISTS citext;
      CREATE EXTENSION IF NOT EXISTS ltree;
      CREATE TYPE mood AS ENUM ('sad', 'ok, so so', 'happy');
      CREATE TYPE address AS (street text, number int);
      CREATE DOMAIN age AS int CHECK (VALUE >= 0);
      CREATE DOMAIN price AS numeric(12, 2);
      CREATE DOMAIN label AS varchar(20);
      """;

  private PostgresTypes() {}

  static List<SourceType> all() {
    return Stream.of(PostgresNumbers.all(), PostgresTexts.all(), PostgresTimes.all(), structured())
        .flatMap(List::stream)
        .toList();
  }

  private static List<SourceType> structured() {
    return List.of(
        range("int4range").typical("[1,10)").empty("empty").special("(,5)", "[1,)", "(,)"),
        range("int8range").typical("[1,10)").empty("empty").special("(,9007199254740993)"),
        range("numrange").typical("[1.5,10.25)").empty("empty").special("(1,2]", "[1,1]", "(,)"),
        range("tsrange")
            .typical("[2020-01-01 00:00:00,2020-02-01 12:34:56.789123)")
            .special("empty", "(,2020-01-01 00:00:00)", "[2020-01-01 00:00:00,)", "(,)")
            .special("(2020-01-01 00:00:00,2020-01-02 00:00:00]", "[2020-01-01,infinity)"),
        range("tstzrange")
            .typical("[2020-01-01 00:00:00+00,2020-02-01 12:34:56.789123+02)")
            .special("empty", "(,2020-01-01 00:00:00+00)", "[2020-01-01 00:00:00+00,)", "(,)")
            .special("[2020-01-01 00:00:00+00,2020-01-02 00:00:00+00]"),
        range("daterange")
            .typical("[2020-01-01,2020-02-01)")
            .special("empty", "(,2020-01-01)", "[2020-01-01,)", "(,)", "[2020-01-01,2020-01-01]")
            .special("[0044-03-15 BC,2020-01-01)", "[2020-01-01,10000-01-01)"),
        range("int4multirange").typical("{[1,3),[5,7)}").empty("{}").withoutArrays(),
        range("int8multirange").typical("{[1,3),[5,7)}").withoutArrays(),
        range("nummultirange").typical("{[1.5,3)}").withoutArrays(),
        range("datemultirange").typical("{[2020-01-01,2020-02-01)}").withoutArrays(),
        range("tsmultirange").typical("{[2020-01-01,2020-02-01)}").withoutArrays(),
        range("tstzmultirange").typical("{[2020-01-01,2020-02-01)}").withoutArrays(),
        type("tsquery").typical("'fat' & 'rat'").losing(ALWAYS).withoutArrays(),
        type("pg_lsn").typical("16/B374D848").losing(ALWAYS).withoutArrays(),
        type("regclass").typical("pg_class").losing(ALWAYS).withoutArrays(),
        type("txid_snapshot").typical("10:20:10,14,15").losing(ALWAYS).withoutArrays(),
        type("composite types", "address")
            .typical("(\"Main St\",5)")
            .losing(ALWAYS)
            .withoutArrays(),
        type("point")
            .typical("(1.5,-2)", "(13.4,52.5)")
            .zero("(0,0)")
            .special("(NaN,1)", "(Infinity,0)", "(181,91)")
            .losing(ALWAYS)
            .withoutArrays(),
        type("line").typical("{1,2,3}").losing(ALWAYS).withoutArrays(),
        type("lseg").typical("[(0,0),(1,1)]").losing(ALWAYS).withoutArrays(),
        type("box").typical("(2,2),(0,0)").losing(ALWAYS).withoutArrays(),
        type("path")
            .typical("[(0,0),(1,1),(2,0)]", "((0,0),(1,1),(2,0))")
            .losing(ALWAYS)
            .withoutArrays(),
        type("polygon").typical("((0,0),(1,1),(2,0))").losing(ALWAYS).withoutArrays(),
        type("circle").typical("<(1,2),3>").zero("<(0,0),0>").losing(ALWAYS).withoutArrays(),
        type("domain", "age").typical("42").zero("0").withoutArrays(),
        type("domain", "price").typical("12.50").losing(DECIMALS).withoutArrays(),
        type("domain", "label").typical("word").empty("").withoutArrays());
  }

  private static SourceType range(String sql) {
    return type(sql).losing(ALWAYS);
  }
}
