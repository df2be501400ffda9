package io.tributary.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bigquery.table.Sql;
import io.tributary.bigquery.table.TableId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names get into statements in one place. */
final class SqlQuotingTest {
  private static final Path SOURCES = Path.of("src/main/java/io/tributary/bigquery");

  /** A text that ends or begins in a quote where something else is put beside it. */
  private static final Pattern QUOTING = Pattern.compile("`\"\\s*\\+|\\+\\s*\"`|`%[0-9$]*s`");

  @Test
  void noOtherClassQuotesNames() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> quoting =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.endsWith("table/Sql.java"))
              .filter(file -> !file.startsWith(SOURCES.resolve("config")))
              .filter(SqlQuotingTest::quotes)
              .toList();
      assertThat(quoting).isEmpty();
    }
    assertThat(quotes(SOURCES.resolve("table/Sql.java"))).as("it is noticed").isTrue();
  }

  private static boolean quotes(Path file) {
    try {
      return QUOTING.matcher(Files.readString(file)).find();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "id, `id`",
    "größe, `größe`",
    "a b, `a b`",
    "a`b, `a\\u0060b`",
    "a\\b, `a\\u005cb`",
    "it's, `it's`"
  })
  void quotesNames(String name, String quoted) {
    assertThat(Sql.name(name)).isEqualTo(quoted);
  }

  @Test
  void quotesTextsAndTables() {
    assertThat(Sql.text("it's\na")).isEqualTo("'it\\u0027s\\u000aa'");
    assertThat(Sql.name(new TableId("p", "d", "t"))).isEqualTo("`p.d.t`");
  }
}
