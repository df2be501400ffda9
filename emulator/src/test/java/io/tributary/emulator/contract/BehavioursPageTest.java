package io.tributary.emulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** The table of {@code docs/emulator.md} says what the tests assert, and nothing else. */
class BehavioursPageTest {
  private static final Path PAGE = Path.of("..", "docs", "emulator.md");
  private static final String NOTICE =
      "<!-- From here on written by BehavioursPageTest with -Dtributary.docs.write=true. -->\n";

  /** A line of the table; the test is empty where nothing can be shown. */
  private record Row(Area area, String says, String source, Standing standing, String test) {
    private static final Comparator<Row> ORDER =
        Comparator.comparing((Row row) -> row.standing != Standing.NOT_SUPPORTED)
            .thenComparing(Row::area)
            .thenComparing(Row::test)
            .thenComparing(Row::says);

    String line() {
      String link = source.isEmpty() ? "" : " ([source](%s))".formatted(source);
      String shown = test.isEmpty() ? "" : "`%s`".formatted(test);
      return "| %s | %s%s | %s | %s |\n"
          .formatted(area.title(), says.replace("|", "\\|"), link, standing.title(), shown);
    }
  }

  @Test
  void thePageListsWhatTheTestsAssert() throws Exception {
    String expected = table(rows());
    String page = Files.readString(PAGE);
    int start = page.indexOf(NOTICE);
    assertThat(start).as("the notice in %s", PAGE).isNotNegative();
    if (Boolean.getBoolean("tributary.docs.write")) {
      page = page.substring(0, start) + NOTICE + expected;
      Files.writeString(PAGE, page);
    }
    assertThat(page.substring(start + NOTICE.length()))
        .as("renew it with -Dtributary.docs.write=true")
        .isEqualTo(expected);
  }

  @Test
  void everyRowIsASentenceSaidOnce() throws Exception {
    List<Row> rows = rows();
    assertThat(rows).extracting(Row::says).doesNotHaveDuplicates();
    assertThat(rows).allSatisfy(row -> assertThat(row.says()).matches("\\S[^\\n]*\\."));
    assertThat(rows)
        .filteredOn(row -> row.standing() != Standing.NOT_SUPPORTED)
        .allSatisfy(row -> assertThat(row.source()).startsWith("https://"));
  }

  private static String table(List<Row> rows) {
    String counts =
        Arrays.stream(Standing.values())
            .map(
                standing ->
                    "%d %s"
                        .formatted(
                            rows.stream().filter(row -> row.standing() == standing).count(),
                            standing.title()))
            .collect(Collectors.joining(", "));
    return "\n"
        + counts
        + ".\n\n| area | behaviour | same / switch / not supported | test |\n|---|---|---|---|\n"
        + rows.stream().sorted(Row.ORDER).map(Row::line).collect(Collectors.joining());
  }

  private static List<Row> rows() throws Exception {
    Path classes =
        Path.of(
            BehavioursPageTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(classes)) {
      List<String> names =
          files
              .map(file -> classes.relativize(file).toString())
              .filter(name -> name.endsWith(".class"))
              .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
              .toList();
      return Stream.concat(names.stream().flatMap(BehavioursPageTest::asserted), missing())
          .toList();
    }
  }

  private static Stream<Row> asserted(String className) {
    try {
      Class<?> type = Class.forName(className, false, BehavioursPageTest.class.getClassLoader());
      return Arrays.stream(type.getDeclaredMethods()).flatMap(BehavioursPageTest::asserted);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Stream<Row> asserted(Method method) {
    List<Behaviour> behaviours =
        AnnotationSupport.findRepeatableAnnotations(method, Behaviour.class);
    if (!behaviours.isEmpty()) {
      assertThat(AnnotationSupport.isAnnotated(method, Testable.class))
          .as("%s is a test", method)
          .isTrue();
    }
    String test = method.getDeclaringClass().getSimpleName() + "." + method.getName();
    return behaviours.stream()
        .map(one -> new Row(one.area(), one.says(), one.source(), one.standing(), test));
  }

  /** What is missing without a test: lines of an area's name, a bar, and the sentence. */
  private static Stream<Row> missing() throws IOException, URISyntaxException {
    try (var lines = BehavioursPageTest.class.getResourceAsStream("/not-supported.txt")) {
      return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("\\|", 2))
          .map(
              cells ->
                  new Row(
                      Area.valueOf(cells[0].strip()),
                      cells[1].strip(),
                      "",
                      Standing.NOT_SUPPORTED,
                      ""));
    }
  }
}
