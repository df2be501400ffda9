package io.tributary.systemtests;

import static io.tributary.systemtests.Loss.DECIMALS;
import static io.tributary.systemtests.SourceType.type;

import java.util.List;
import java.util.stream.Stream;

/** PostgreSQL's truth values, numbers and money. */
final class PostgresNumbers {
  private PostgresNumbers() {}

  static List<SourceType> all() {
    return Stream.of(numbers(), decimals()).flatMap(List::stream).toList();
  }

  private static List<SourceType> numbers() {
    return List.of(
        type("boolean").typical("true", "false"),
        type("smallint").typical("7", "-7").least("-32768").most("32767").zero("0"),
        type("integer").typical("7", "-7").least("-2147483648").most("2147483647").zero("0"),
        type("bigint")
            .typical("9007199254740993", "-7")
            .least("-9223372036854775808")
            .most("9223372036854775807")
            .zero("0"),
        type("smallserial").typical("3").withoutArrays(),
        type("serial").typical("3").withoutArrays(),
        type("bigserial").typical("3").withoutArrays(),
        type("oid").typical("16384").most("4294967295").zero("0"),
        type("real")
            .typical("1.1", "-2.5e-5")
            .least("-3.4028235e38")
            .most("3.4028235e38")
            .zero("0")
            .special("NaN", "Infinity", "-Infinity", "-0", "1e-45", "16777217")
            .written("%s::float8::text"),
        type("double precision")
            .typical("1.1", "-2.5e-5")
            .least("-1.7976931348623157e308")
            .most("1.7976931348623157e308")
            .zero("0")
            .special("NaN", "Infinity", "-Infinity", "-0", "5e-324", "9007199254740993", "0.1"));
  }

  private static List<SourceType> decimals() {
    String[] none = {"NaN"};
    return List.of(
        type("numeric(p,s)", "numeric(10,2)")
            .typical("123.45", "-1.50")
            .least("-99999999.99")
            .most("99999999.99")
            .zero("0.00")
            .special(none)
            .losing(DECIMALS),
        type("numeric(p,s)", "numeric(38,9)")
            .typical("12345678901234567890123456789.123456789", "1.100000000")
            .least("-99999999999999999999999999999.999999999")
            .most("99999999999999999999999999999.999999999")
            .zero("0")
            .special(none)
            .losing(DECIMALS),
        type("numeric(p,s)", "numeric(50,20)")
            .typical("123456789012345678901234567890.12345678901234567890")
            .least("-999999999999999999999999999999.99999999999999999999")
            .most("999999999999999999999999999999.99999999999999999999")
            .zero("0")
            .special(none)
            .losing(DECIMALS),
        type("numeric(p,s)", "numeric(90,45)")
            .typical("1.5")
            .zero("0")
            .special(
                "0.000000000000000000000000000000000000000000001",
                "578960446186580977117854925043439539267",
                "-578960446186580977117854925043439539267",
                "1.00000000000000000000000000000000000000",
                "NaN")
            .losing(DECIMALS),
        type("numeric(p,-s)", "numeric(5,-2)")
            .typical("12300", "-100")
            .least("-9999900")
            .most("9999900")
            .zero("0")
            .losing(DECIMALS),
        type("numeric")
            .typical("1234.5", "-0.001", "1.500000000000")
            .least("-99999999999999999999999999999999999999")
            .most("99999999999999999999999999999999999999.99999999999999999999999999999999999999")
            .zero("0")
            .special(
                "NaN",
                "Infinity",
                "-Infinity",
                "1.50000000000000000000000000000000000000000000000000",
                "0.000000000000000000000000000000000000001",
                "578960446186580977117854925043439539266.34992332820282019728792003956564819967",
                "578960446186580977117854925043439539266.34992332820282019728792003956564819968",
                "-578960446186580977117854925043439539266.34992332820282019728792003956564819968",
                "1e300",
                "-1e1000",
                "1e-1000")
            .losing(DECIMALS),
        type("money")
            .typical("12.34", "-0.99")
            .least("-92233720368547758.08")
            .most("92233720368547758.07")
            .zero("0")
            .written("%s::numeric::text")
            .losing(DECIMALS)
            .withoutArrays());
  }
}
